import { idAt } from '../../../shared/core/ids.ts';
import { fromIso, iso, isoWeek, ttl } from '../../../shared/core/time.ts';
import { atMost, is } from '../../../shared/data/conditions.ts';
import { Overtaken, overtaken } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { create, patch, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { addBricks } from '../../accounts/accounts/people.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import type { MissionItem, MissionWeekItem } from '../missions/items.ts';
import { type Counted, daysIn, laidBefore, type Place, weekMove } from '../missions/week-rules.ts';
import { movedWeek, weekAsRead } from '../missions/weeks.ts';
import type { BrickItem, CertificationItem } from './items.ts';
import { brickChange } from './rules.ts';
import type { Status } from './values.ts';

/** The state in which a week counts a certification. */
export const countedAs = ({ status, broken }: Pick<CertificationItem, 'status' | 'broken'>): Counted =>
  broken ? 'BROKEN' : status;

/**
 * Takes the day of a certification that had none (row 53), if its week is as it was read, where there was room.
 *
 * @param week the week as it was read
 */
export function takeDay(certification: CertificationItem, week: MissionWeekItem | undefined, from?: Counted): Write[] {
  const skip = certification.status === 'SKIPPED' ? undefined : skipOn(certification, week);
  const moves = skip === undefined ? {} : weekMove({ day: skip }, 'SKIPPED', undefined);
  const laid = from === undefined && certification.laidAt !== undefined ? laidBefore(week) : undefined;
  const also = { moves, remove: laid ? [laid.name] : [] };
  return [
    ...or(overtaken, movedWeek(certification, from, countedAs(certification), weekAsRead(week), also)),
    ...(skip === undefined ? [] : or(overtaken, remove('Certification', skipKeyOf({ ...certification, day: skip })))),
  ];
}

/** The day of the skip that a certification takes the place of (row 58); of a mission that is done once any. */
function skipOn({ once, day }: Pick<Place, 'once' | 'day'>, week: MissionWeekItem | undefined): string | undefined {
  const skips = daysIn(week, 'skip ').map((each) => each.day);
  return once ? skips[0] : skips.find((each) => each === day);
}

/** The key of a skip: there is one of a day. */
export const skipKeyOf = ({ groupId, accountId, missionId, day }: Place) => ({
  groupId,
  certificationId: idAt(fromIso(`${day}T00:00:00.000Z`), 'skip', groupId, accountId, missionId),
});

/**
 * Marks a mission as certified, so that what it asks for stays. It is written before the first certification, and apart from
 * it: all members who begin at once would wait for each other.
 */
export async function markBegun(table: Table, mission: MissionItem): Promise<void> {
  if (mission.begun) return;
  const marked = await table.change(
    patch('Mission', mission, { set: { begun: true } }, is('version', mission.version)),
  );
  if (!marked) throw new Overtaken();
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
 * @param group what the row says of the group as it is now (row 161); not asked for where a brick can only go
 */
export function bricks(
  { accountId, certificationId, groupId, day, laidAt }: CertificationItem,
  from: Status | undefined,
  to: Status | undefined,
  now: number,
  group?: Pick<GroupItem, 'category' | 'audience'>,
): Write[] {
  const change = brickChange(from, to);
  if (change === 0) return [];
  const row =
    change > 0
      ? create('Brick', { accountId, certificationId, groupId, earnedAt: laidAt ?? iso(now), ...laidIn(group) })
      : remove('Brick', { accountId, certificationId });
  const wall = upsert(
    'WallWeek',
    { groupId, accountId, week: isoWeek(day) },
    { add: { [day as `2${string}`]: change } },
  );
  return [row, addBricks(accountId, change), wall];
}

const laidIn = (
  group: Pick<GroupItem, 'category' | 'audience'> | undefined,
): Pick<BrickItem, 'category' | 'audience'> => ({
  ...(group ? { category: group.category } : {}),
  ...(group?.audience ? { audience: group.audience } : {}),
});
