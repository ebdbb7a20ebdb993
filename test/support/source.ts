import { features } from '../../functions/features.ts';
import { functionsOf } from '../../lib/function-id.ts';
import type { Feature } from '../../shared/core/contract.ts';
import type { Deployable } from '../../shared/core/deployable.ts';
import { declaredIn, handsOver, isComposed, laneLimits } from '../../shared/core/lanes.ts';
import { parkedFunction } from '../../shared/events/parked.ts';
import { streamFunction } from '../../shared/events/stream.ts';

/** The handler of a function, from source instead of its bundle. */
export const sourceOf = (id: string) => sourceWithout([], id);

/** The same without some consumers: `feature.consumer`. */
export async function sourceWithout(consumers: readonly string[], id: string): Promise<Deployable<unknown, unknown>> {
  const name = functionsOf(features).find((each) => each.id === id);
  if (!name) throw new Error(`no contract has a function "${id}": declare work for its trigger, or \`answersFor\``);
  const { feature, trigger } = name;
  const folder = (of: string) => `../../functions/${features.find(({ name }) => name === of)!.area}/${of}`;
  if (!isComposed(trigger)) return (await import(`${folder(feature.name)}/handler.ts`))[trigger];
  const parts = await Promise.all(
    declaredIn(left(feature, consumers)).map(async ([of, declared]) => ({
      feature: of,
      declared,
      ...(handsOver(feature) && Object.values(declared).every(({ heavy }) => heavy)
        ? {}
        : { consumers: (await import(`${folder(of)}/consumers.ts`)).consumers }),
    })),
  );
  const within = laneLimits[feature.name as keyof typeof laneLimits];
  const composed = trigger === 'queue' ? parkedFunction(parts, within) : streamFunction({ within, features: parts });
  return composed as Deployable<unknown, unknown>;
}

const left = <F extends Feature>(feature: F, without: readonly string[]): F => ({
  ...feature,
  consumers: Object.fromEntries(Object.entries(feature.consumers).filter(([name]) => !without.includes(name))),
});
