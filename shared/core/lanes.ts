/**
 * Composes the functions that run the consumers of all contracts: two that read the table's stream, one for the heavy work that
 * they hand over, and `parked`, which tries failed changes again.
 */
import type { Consumer, Lane } from './consumer.ts';
import { type Feature, type PlacedFeature, placed, type Trigger, type Tuning } from './contract.ts';
import { type Rights, unionOf } from './rights.ts';

/** When a change is tried again, its item is read again, unless the item is deleted. */
const readsAgain = ({ entity, on, rights }: Consumer): Rights =>
  on.some((event) => event !== 'REMOVE') ? unionOf([rights, { read: [entity] }]) : rights;

interface Composed {
  readonly name: Lane | 'parked';
  readonly trigger: 'stream' | 'queue';
  readonly summary: string;
  /** The lanes whose changes it gets. */
  readonly gets: readonly Lane[];
  /** The lanes whose consumers it runs. */
  readonly runs: readonly Lane[];
  readonly tuning?: Tuning;
}
const functions: readonly Composed[] = [
  { name: 'live', trigger: 'stream', summary: 'Follows changes that people wait for', gets: ['live'], runs: ['live'] },
  {
    ...{ name: 'background', trigger: 'stream', summary: 'Follows changes that nobody waits for' },
    ...{ gets: ['background', 'heavy'], runs: ['background'] },
  },
  {
    ...{ name: 'parked', trigger: 'queue', summary: 'Tries parked changes again' },
    ...{ gets: ['live', 'background'], runs: ['live', 'background'] },
  },
  {
    ...{ name: 'heavy', trigger: 'queue', summary: 'Does work that takes a whole processor' },
    ...{ gets: ['heavy'], runs: ['heavy'] },
    // Memory is CPU on Lambda: 1,769 MB are one processor. The time is the limit of the lane and a margin.
    tuning: { memory: 1769, timeout: 180 },
  },
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
  return functions.flatMap(({ name, trigger, summary, gets, runs, tuning }) => {
    const own = all.filter(([, { lane }]) => gets.includes(lane));
    if (own.length === 0) return [];
    const run = own.filter(([, { lane }]) => runs.includes(lane));
    const rights = unionOf(run.map(([, consumer]) => (trigger === 'queue' ? readsAgain(consumer) : consumer.rights)));
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
      tuning: tuning ? { [trigger]: tuning } : {},
      part: undefined,
    };
    return [{ feature: placed('operations', feature), trigger }];
  });
}

/** Whether the functions of a trigger are composed of consumers. */
export const isComposed = (trigger: Trigger) => trigger === 'stream' || trigger === 'queue';

/** Whether a function hands changes over instead of following them. */
export const handsOver = ({ name, consumers }: Feature) =>
  name !== 'heavy' && Object.values(consumers).some(({ lane }) => lane === 'heavy');

/**
 * Milliseconds that a consumer may take in the function of this name, unless its contract says otherwise. People wait for
 * `live`. Nothing waits behind what is `parked`.
 */
export const laneLimits: Readonly<Record<Composed['name'], number>> = {
  live: 2000,
  background: 5000,
  parked: 25_000,
  heavy: 160_000,
};

/** The declarations that a composed function needs at run time, by feature. */
export function declaredIn({ consumers }: Feature): [feature: string, declared: Record<string, Declared>][] {
  const byFeature = new Map<string, Record<string, Declared>>();
  for (const [name, { entity, on, lane, within, keeps, having, onlyLast }] of Object.entries(consumers)) {
    const [of, consumer] = name.split('.') as [string, string];
    const heavy = lane === 'heavy' || undefined;
    const declared = { entity, on, within, keeps, having, onlyLast, heavy } as Declared;
    byFeature.set(of, { ...byFeature.get(of), [consumer]: declared });
  }
  return [...byFeature];
}

/** The part of a consumer's declaration that its function knows at run time. */
export type Declared = Pick<Consumer, 'entity' | 'on' | 'within' | 'onlyLast'> & {
  readonly keeps?: readonly string[];
  readonly having?: string;
  /** Its changes are handed over to the function for heavy work. */
  readonly heavy?: true;
};
