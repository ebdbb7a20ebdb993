/** What somebody can certify in a group: what is open today, and missed days that can be made up for. */
import { limits } from '../../../../shared/product/limits.ts';
import type { TodayInGroup } from '../../app/data/account.ts';
import type { Certification, OwnGroup } from '../../app/data/groups.ts';
import { plusDays, today } from '../../app/days.ts';

export type Mission = TodayInGroup['missions'][number];
/** What moim says of a person's day in a group, with that of the group's page. */
type Day = Pick<TodayInGroup, 'day' | 'joinedAt' | 'excused' | 'missions'>;

/** An answer of another day, kept without a network, does not know what is left today. */
export function openToday({ day, missions }: Day, { timeZone, dayStart }: OwnGroup['group']): Mission[] {
  const isOld = day !== today(timeZone, new Date(), dayStart);
  return missions.filter(({ left, closed }) => isOld || (left > 0 && !closed));
}

/** Monday is 1, Sunday 7. */
const weekdayOf = (day: string) => new Date(`${day}T00:00Z`).getUTCDay() || 7;

/**
 * Days of the last ones on which a repeated mission asked for something and got nothing, the latest first. moim decides
 * what counts: a week that is full, or a month whose make-ups are used up, is refused when it is sent.
 */
export function missedDays(
  mission: Mission,
  entry: Day,
  about: OwnGroup['group'],
  own: readonly Certification[],
): string[] {
  if (mission.kind !== 'REPEAT' || about.makeUps === 0) return [];
  const began = [about.startDate, entry.joinedAt.slice(0, 10)].toSorted().at(-1)!;
  return Array.from({ length: limits.makeUps.days }, (_, at) => plusDays(entry.day, -1 - at)).filter(
    (day) =>
      day >= began &&
      mission.weekdays.includes(weekdayOf(day)) &&
      !(entry.excused && entry.excused.from <= day && day <= entry.excused.until) &&
      !own.some((each) => each.missionId === mission.id && each.day === day),
  );
}
