/**
 * Counters, as the rows declare them: which items keep them, which items they count, and which changes concern them.
 */
import { valueAt } from './conditions.ts';
import { placeholdersIn, templatesOf } from './keys.ts';
import type { AnyItem, Counter } from './kind.ts';
import { type EntityName, entities, type PatternName, patterns } from './registry.ts';

/** All counters of a kind that count the same items. */
export interface Counting {
  /** The kind that keeps them. */
  readonly entity: EntityName;
  readonly pattern: PatternName;
  /**
   * The attributes that both kinds have: they fill the partition of the pattern and the key of the item with the
   * counters.
   */
  readonly own: readonly string[];
  readonly counters: Readonly<Record<string, Counter>>;
  /** The attribute that marks an item as ended. The counters of an ended item are not kept. */
  readonly countsUntil: string | undefined;
}

/** Every way of counting, by the pattern that is counted. */
export const countings = new Map<string, Counting>();
for (const [entity, { counters = {}, countsUntil }] of Object.entries(entities))
  for (const [name, counter] of Object.entries(counters)) {
    const pattern = counter.counts as PatternName;
    const own = placeholdersIn(templatesOf(pattern).pk);
    const known = countings.get(pattern)?.counters;
    countings.set(pattern, {
      entity: entity as EntityName,
      pattern,
      own,
      counters: { ...known, [name]: counter },
      countsUntil,
    });
  }

/** The rights to compare all counters and to correct them. */
export const counterRights: {
  readonly read: readonly EntityName[];
  readonly query: readonly PatternName[];
  readonly write: readonly EntityName[];
} = {
  read: [...new Set([...countings.values()].map(({ entity }) => entity))],
  query: [...countings.values()].map(({ pattern }) => pattern),
  write: [...new Set([...countings.values()].map(({ entity }) => entity))],
};

/** One item with counters, and which of its counters are meant. */
export interface Subject {
  readonly counting: Counting;
  /** The values of `own`, in their order, with `#` between them. */
  readonly id: string;
}

/** The key of an item with counters, which is also that of the partition of what it counts. */
export const keyOfSubject = ({ counting: { own }, id }: Subject): Readonly<Record<string, string>> => {
  const values = id.split('#');
  return Object.fromEntries(own.map((name, i) => [name, values[i] ?? '']));
};

/** A subject as a mark names it: `membersOfGroup:{groupId}`. */
export const subjectText = ({ counting, id }: Subject) => `${counting.pattern}:${id}`;

/** The subject that a text names; undefined if the pattern is no longer counted. */
export function subjectOf(text: string): Subject | undefined {
  const end = text.indexOf(':');
  const [pattern, id] = [text.slice(0, end), text.slice(end + 1)];
  const counting = countings.get(pattern);
  return counting && { counting, id };
}

/**
 * The subjects that a change concerns: their counters moved, or the items that they count changed. Both leave a mark,
 * so no drift stays unseen.
 *
 * @param item the item after the change, undefined if it is deleted
 * @param old the item before it, undefined if it is new
 */
export function touched(item: AnyItem | undefined, old: AnyItem | undefined): Subject[] {
  const one = item ?? old ?? {};
  const differs = (path: string) => valueAt(item, path) !== valueAt(old, path);
  return [...countings.values()].flatMap((counting) => {
    const { entity, pattern, counters, own } = counting;
    // A counter begins and ends together with what it counts.
    const moved = one.type === entity && item && old && Object.keys(counters).some(differs);
    const counted =
      one.type === patterns[pattern].entity &&
      Object.values(counters).some(
        ({ where = {}, sums }) => !item || !old || Object.keys(where).some(differs) || (sums && differs(sums)),
      );
    return moved || counted ? [{ counting, id: own.map((name) => String(one[name])).join('#') }] : [];
  });
}
