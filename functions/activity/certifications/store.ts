import { iso, isoWeek, ttl } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, atMost, below, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { create, patch, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { addBricks } from '../../accounts/accounts/people.ts';
import type { MissionItem } from '../missions/items.ts';
import type { CertificationItem, MissionWeekItem } from './items.ts';
import { brickChange } from './rules.ts';
import type { Status } from './values.ts';

/** The attribute that counts a day is named by the day itself: until the year 3000 it begins with a 2. */
const countOf = (day: string) => day as `2${string}`;
export const weekOf = (missionId: string, accountId: string, day: string) => ({
  missionId,
  accountId,
  week: isoWeek(day),
});

/**
 * Takes one of the member's certifications of the day and the week (row 53). Refused as CERTIFICATION_LIMIT at a limit.
 */
export function takeDay(mission: MissionItem, accountId: string, day: string): Write[] {
  const { missionId, perDayLimit, timesPerWeek } = mission;
  const underDay = anyOf(absent(countOf(day)), below(countOf(day), perDayLimit));
  const underWeek = anyOf(absent('total'), below('total', timesPerWeek));
  return or(
    'CERTIFICATION_LIMIT',
    upsert(
      'MissionWeek',
      weekOf(missionId, accountId, day),
      { add: { [countOf(day)]: 1, total: 1 } },
      allOf(underDay, underWeek),
    ),
  );
}

/** Whether a member has used up the day or the week of a mission, as `takeDay` finds it. */
export function isFull({ perDayLimit, timesPerWeek }: MissionItem, week: MissionWeekItem | undefined, day: string) {
  return week !== undefined && ((week[countOf(day)] ?? 0) >= perDayLimit || week.total >= timesPerWeek);
}

/**
 * Gives back one that `takeDay` took; a broken one has given it back before. Overtaken if the group is purged meanwhile.
 */
export function freeDay({ missionId, accountId, day, broken }: CertificationItem): Write[] {
  if (broken) return [];
  const changes = { add: { [countOf(day)]: -1, total: -1 } };
  return or(overtaken, patch('MissionWeek', weekOf(missionId, accountId, day), changes));
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
 * Adds or removes a brick's ledger row and moves its counter, if the change of state asks for it. The row exists
 * exactly while the certification is approved (row 67). So neither write is refused if the certification is unchanged.
 *
 * @param from the state before; undefined: the certification did not exist
 * @param to the state after; undefined: the certification is deleted
 */
export function bricks(
  { accountId, certificationId, groupId }: CertificationItem,
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
  return [row, addBricks(accountId, change)];
}
