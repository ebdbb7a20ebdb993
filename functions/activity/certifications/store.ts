import { dayMs, fromIso, iso, isoWeek, ttl, weekStart } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, atMost, below, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { create, patch, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { addBricks } from '../../accounts/accounts/people.ts';
import type { MissionItem } from '../missions/items.ts';
import type { CertificationItem, OwnWeekItem } from './items.ts';
import { brickChange } from './rules.ts';
import type { Status } from './values.ts';

/** The attributes of an account's week that count a mission. The one of a day begins with a 2 until the year 3000. */
export const countsOf = (missionId: string, day: string) => ({
  ofDay: `${day} ${missionId}` as `2${string} ${string}`,
  ofWeek: `total ${missionId}` as const,
});

/** When an account's week is of no use any more: nobody certifies for it, and nobody looks at it. */
const endOfWeek = (day: string) => ttl(fromIso(weekStart(day)) + limits.certification.weekKeptDays * dayMs);

/**
 * Takes one of the member's certifications of the day and the week (row 53). Refused as CERTIFICATION_LIMIT at a limit.
 */
export function takeDay(mission: MissionItem, accountId: string, day: string): Write[] {
  const { missionId, perDayLimit, timesPerWeek } = mission;
  const { ofDay, ofWeek } = countsOf(missionId, day);
  const underDay = anyOf(absent(ofDay), below(ofDay, perDayLimit));
  const underWeek = anyOf(absent(ofWeek), below(ofWeek, timesPerWeek));
  const changes = { add: { [ofDay]: 1, [ofWeek]: 1 }, set: { expiresAt: endOfWeek(day) } };
  return or(
    'CERTIFICATION_LIMIT',
    upsert('OwnWeek', { accountId, week: isoWeek(day) }, changes, allOf(underDay, underWeek)),
  );
}

/** Whether a member has used up the day or the week of a mission, as `takeDay` finds it. */
export function isFull(
  { missionId, perDayLimit, timesPerWeek }: MissionItem,
  week: OwnWeekItem | undefined,
  day: string,
): boolean {
  const { ofDay, ofWeek } = countsOf(missionId, day);
  return (week?.[ofDay] ?? 0) >= perDayLimit || (week?.[ofWeek] ?? 0) >= timesPerWeek;
}

/** Gives back one that `takeDay` took; a broken one has given it back before. A week that is over limits nothing, so its counts stay as they are. */
export function freeDay({ missionId, accountId, day, broken }: CertificationItem, today: string): Write[] {
  const week = isoWeek(day);
  if (broken || week !== isoWeek(today)) return [];
  const { ofDay, ofWeek } = countsOf(missionId, day);
  return or(overtaken, patch('OwnWeek', { accountId, week }, { add: { [ofDay]: -1, [ofWeek]: -1 } }));
}

/** Refused as TOO_MANY_REQUESTS if the account submitted within the last five seconds (row 53). */
export function throttled(accountId: string, now: number): Write[] {
  const { throttleSeconds, throttleKeptSeconds } = limits.certification;
  const earliest = now - throttleSeconds * 1000;
  return or(
    new Problem('TOO_MANY_REQUESTS', { retryAfter: throttleSeconds }),
    create(
      'Throttle',
      { accountId, action: 'certification', at: iso(now) },
      { expiresAt: ttl(now) + throttleKeptSeconds, orWhen: atMost('at', iso(earliest)) },
    ),
  );
}

/** Deletes a certification, unless it has changed since it was read. */
export const deleted = ({ groupId, certificationId, version }: CertificationItem): Write[] =>
  or(
    (item) => (item ? overtaken : 'NOT_FOUND'),
    remove('Certification', { groupId, certificationId }, is('version', version)),
  );

/**
 * Adds or removes a brick's ledger row, moves its counter and lays it into the wall, if the change of state asks for it. The
 * row exists exactly while the certification is approved (row 67). So neither write is refused if the certification is unchanged.
 *
 * @param from the state before; undefined: the certification did not exist
 * @param to the state after; undefined: the certification is deleted
 */
export function bricks(
  { accountId, certificationId, groupId, day }: CertificationItem,
  from: Status | undefined,
  to: Status | undefined,
  now: number,
): Write[] {
  const change = brickChange(from, to);
  if (change === 0) return [];
  const row =
    change > 0
      ? create('Brick', { accountId, certificationId, groupId, earnedAt: iso(now) })
      : remove('Brick', { accountId, certificationId });
  const wall = upsert(
    'WallWeek',
    { groupId, accountId, week: isoWeek(day) },
    { add: { [day as `2${string}`]: change } },
  );
  return [row, addBricks(accountId, change), wall];
}
