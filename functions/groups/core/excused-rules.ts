/** The days on which a member is excused (row 119), as the membership keeps them: one text, which a condition can compare. */

/** A range of days, both included. */
export interface Excused {
  readonly excuseId: string;
  readonly from: string;
  readonly until: string;
}

interface Kept {
  readonly excused?: string | undefined;
}

export const excusedIn = ({ excused }: Kept): Excused[] =>
  (excused?.split(' ') ?? []).map((each) => {
    const [from = '', until = '', excuseId = ''] = each.split('/');
    return { excuseId, from, until };
  });

/** The text of some ranges; undefined for none. */
export const packedExcused = (ranges: readonly Excused[]): string | undefined =>
  ranges
    .map(({ from, until, excuseId }) => `${from}/${until}/${excuseId}`)
    .toSorted()
    .join(' ') || undefined;

/** The range in which a member is excused on a day; null if they are not. */
export const excusedOn = (member: Kept, day: string): Pick<Excused, 'from' | 'until'> | null => {
  const range = excusedIn(member).find(({ from, until }) => from <= day && day <= until);
  return range ? { from: range.from, until: range.until } : null;
};
