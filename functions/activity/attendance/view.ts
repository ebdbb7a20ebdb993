/** Attendance as clients see it. */
import { limits } from '../../../shared/product/limits.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import type { People } from '../../groups/core/roster.ts';
import { noEnd } from '../../groups/core/rules.ts';
import type { AttendanceItem, Meeting } from './items.ts';
import { type AnySeason, attendanceIdOf, type Counts, isOld, rateOf } from './rules.ts';

export const seasonView = ({ seasonId, name, startDate, endDate }: AnySeason) => ({
  ...{ id: seasonId, name: name ?? null, startDate },
  endDate: endDate === noEnd ? null : endDate,
});

/** Who looks after a meeting, while they are in the group. */
export function staffOf({ staffId }: Pick<Meeting, 'staffId'>, roster: People) {
  const nickname = staffId && roster.get(staffId)?.nickname;
  return staffId && nickname !== undefined ? { id: staffId, nickname } : null;
}

export const viewOf = (item: AttendanceItem) => ({
  id: attendanceIdOf(item),
  ...{ accountId: item.accountId, seasonId: item.seasonId, week: item.week, state: item.state, day: item.day },
  place: item.place ?? null,
  requestedAt: item.requestedAt ?? null,
  late: item.late ?? false,
  alternate: item.alternate !== undefined,
  sharedDevice: item.sharedDevice ?? false,
  reason: item.reason ?? null,
});

/** Row 100: the counts of a member in a season, and the rate. */
export function rateView(
  counts: Counts,
  season: AnySeason,
  { joinedAt }: Pick<MembershipItem, 'joinedAt'>,
  { seasons, timeZone }: { readonly seasons: readonly AnySeason[]; readonly timeZone: string },
) {
  return {
    ...counts,
    alternatesLeft: Math.max(0, limits.attendance.alternates - counts.alternates),
    rate: rateOf(counts, isOld(seasons, season.seasonId, joinedAt, timeZone)),
  };
}
