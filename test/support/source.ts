import { features } from '../../functions/features.ts';
import { functionId } from '../../lib/function-id.ts';
import { triggersOf } from '../../shared/core/contract.ts';
import type { Deployable } from '../../shared/core/deployable.ts';

/** The handler of a function, from source instead of its bundle. */
export async function sourceOf(id: string): Promise<Deployable<unknown, unknown>> {
  for (const feature of features)
    for (const trigger of triggersOf(feature))
      if (functionId(feature, trigger) === id)
        return (await import(`../../functions/${feature.area}/${feature.name}/handler.ts`))[trigger];
  throw new Error(`no contract has a function "${id}": declare work for its trigger, or \`answersFor\``);
}
