/**
 * Composes the functions that run the consumers of all contracts: one for each lane, which reads the table's stream, and
 * `parked`, which tries failed changes again.
 */
import type { Consumer, Lane } from './consumer.ts';
import { type Feature, type PlacedFeature, placed, type Trigger } from './contract.ts';
import { type Rights, unionOf } from './rights.ts';

/** When a change is tried again, its item is read again, unless the item is deleted. */
const readsAgain = ({ entity, on, rights }: Consumer): Rights =>
  on.some((event) => event !== 'REMOVE') ? unionOf([rights, { read: [entity] }]) : rights;

interface Composed {
  readonly name: Lane | 'parked';
  readonly trigger: 'stream' | 'queue';
  readonly summary: string;
}
const functions: readonly Composed[] = [
  { name: 'live', trigger: 'stream', summary: 'Follows changes that people wait for' },
  { name: 'background', trigger: 'stream', summary: 'Follows changes that nobody waits for' },
  { name: 'parked', trigger: 'queue', summary: 'Tries parked changes again' },
];

/** A function with the consumers of several features, in the form of a feature. Its consumers are named `feature.consumer`. */
export interface ComposedFeature {
  readonly feature: PlacedFeature;
  readonly trigger: 'stream' | 'queue';
}

/** The functions that run the consumers of features. A lane without a consumer has no function. */
export function lanesOf(features: readonly PlacedFeature[]): ComposedFeature[] {
  const all = features.flatMap(({ name, consumers }) =>
    Object.entries(consumers).map(([consumer, declared]) => [`${name}.${consumer}`, declared] as const),
  );
  return functions.flatMap(({ name, trigger, summary }) => {
    const own = all.filter(([, { lane }]) => trigger === 'queue' || lane === name);
    if (own.length === 0) return [];
    const rights = unionOf(own.map(([, consumer]) => (trigger === 'queue' ? readsAgain(consumer) : consumer.rights)));
    const feature = {
      name,
      summary,
      routes: {},
      actions: {},
      events: {},
      jobs: {},
      due: {},
      consumers: Object.fromEntries(own),
      answersFor: [],
      rights: { [trigger]: rights },
      tuning: {},
      part: undefined,
    };
    return [{ feature: placed('operations', feature), trigger }];
  });
}

/** Whether the functions of a trigger are composed of consumers. */
export const isComposed = (trigger: Trigger) => trigger === 'stream' || trigger === 'queue';

/** Milliseconds that a consumer may take in its lane, unless its contract says otherwise. People wait for `live`. */
export const laneLimits: Readonly<Record<Lane, number>> = { live: 2000, background: 5000 };

/** The declarations that a composed function needs at run time, by feature. */
export function declaredIn({ consumers }: Feature): [feature: string, declared: Record<string, Declared>][] {
  const byFeature = new Map<string, Record<string, Declared>>();
  for (const [name, { entity, on, within, keeps, onlyLast }] of Object.entries(consumers)) {
    const [of, consumer] = name.split('.') as [string, string];
    const declared = { entity, on, within, keeps, onlyLast } as Declared;
    byFeature.set(of, { ...byFeature.get(of), [consumer]: declared });
  }
  return [...byFeature];
}

/** The part of a consumer's declaration that its function knows at run time. */
export type Declared = Pick<Consumer, 'entity' | 'on' | 'within' | 'onlyLast'> & {
  readonly keeps?: readonly string[];
};
