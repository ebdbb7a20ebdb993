/** The ranking of a group's members by their rates (row 62). */
import type { Share } from './rules.ts';

export interface Ranked extends Share {
  readonly accountId: string;
  readonly joinedAt: string;
  /** When the latest of their certifications was approved. */
  readonly lastApprovedAt?: string;
}

/**
 * Which of two shares is the higher rate: above zero if the second is. Fractions are compared, because 1/3 of one and 2/6
 * of another are the same rate, and floats may differ.
 */
export const compareRates = (a: Share, b: Share) => b.done * a.due - a.done * b.due;

/**
 * Members in the order of their rates, with ranks 1, 1, 3. Of equal rates, who has done more comes first, then who was
 * approved earlier, then who joined earlier. Members of whom nothing was due come last and have no rank.
 */
export function rankingOf<T extends Ranked>(members: readonly T[]): (T & { readonly rank: number | null })[] {
  const rated = members.filter(({ due }) => due > 0).toSorted((a, b) => compareRates(a, b) || withinTie(a, b));
  const others = members.filter(({ due }) => due === 0).toSorted(withinTie);
  let rank = 0;
  const ranked = rated.map((member, at) => {
    const before = rated[at - 1];
    if (!before || compareRates(before, member) !== 0) rank = at + 1;
    return { ...member, rank };
  });
  return [...ranked, ...others.map((member) => ({ ...member, rank: null }))];
}

/** After every instant that is written as a text. */
const never = '~';

const withinTie = (a: Ranked, b: Ranked) =>
  b.done - a.done ||
  order(a.lastApprovedAt ?? never, b.lastApprovedAt ?? never) ||
  order(a.joinedAt, b.joinedAt) ||
  order(a.accountId, b.accountId);

const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));
