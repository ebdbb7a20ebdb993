/** How often a week a member does missions by their own choice (row 144), as the membership keeps it: one text, as with excused days. */

/** From a day on. Null: as often as the mission asks again. */
export interface Quota {
  readonly missionId: string;
  readonly from: string;
  readonly timesPerWeek: number | null;
}

interface Kept {
  readonly quotas?: string | undefined;
}

/** Oldest first. */
export const quotasIn = ({ quotas }: Kept): Quota[] =>
  (quotas?.split(' ') ?? []).map((each) => {
    const [from = '', missionId = '', times = ''] = each.split('/');
    return { missionId, from, timesPerWeek: times === '' ? null : Number(times) };
  });

/** How many choices a membership keeps. There is one a week at most, and boards show 26 weeks. */
const kept = 30;

/** The text of some choices; undefined for none. Of two choices for a mission on one day, the later one holds. */
export const packedQuotas = (quotas: readonly Quota[]): string | undefined =>
  quotas
    .filter(
      ({ missionId, from }, at) => !quotas.slice(at + 1).some((l) => l.missionId === missionId && l.from === from),
    )
    .map(({ missionId, from, timesPerWeek }) => `${from}/${missionId}/${timesPerWeek ?? ''}`)
    .toSorted()
    .slice(-kept)
    .join(' ') || undefined;

/** How often a week a member does a mission on a day by their own choice; null if they do it as often as it asks. */
export const quotaOn = (member: Kept, missionId: string, day: string): number | null =>
  quotasIn(member).findLast((each) => each.missionId === missionId && each.from <= day)?.timesPerWeek ?? null;
