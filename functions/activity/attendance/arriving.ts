/** Rows 98, 99, 156: what a member asks for, and an attendance that needs no decision. */
import { stillMember, unchanged } from '../../../shared/access/access.ts';
import { iso } from '../../../shared/core/time.ts';
import { allOf, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { answered, ask } from '../../../shared/data/outbox.ts';
import { or, type Part, ref, type Table } from '../../../shared/data/table.ts';
import { check, create, revised } from '../../../shared/data/writes.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { ClubProfileItem } from '../../groups/clubs/items.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { judgesOf } from '../../groups/core/managers.ts';
import type { SeasonsItem } from '../seasons/items.ts';
import { armed } from './arming.ts';
import type { AttendanceItem, AttendancePlanItem } from './items.ts';
import { attendanceNews } from './news.ts';
import { type Day, dayAt, givesWay, isAlternate, isLate, isOld, needsDecision, seasonsIn, weekIdOf } from './rules.ts';
import { calendarRefs, countsMoved, made } from './store.ts';
import { viewOf } from './view.ts';

/** A member and the calendar of the group, as they were read in the same request. */
export interface Arriving {
  readonly group: GroupItem;
  readonly member: MembershipItem;
  readonly plan: AttendancePlanItem | undefined;
  readonly seasons: SeasonsItem | undefined;
  readonly profile: ClubProfileItem | undefined;
}

/** What decides whether a member can arrive: read it with the membership. */
export const arrivalRefs = (groupId: string, accountId: string) => ({
  ...calendarRefs(groupId),
  profile: ref('ClubProfile', { groupId, accountId }),
});

/** An attendance, the writes that make it, and how clients see it. */
interface Arrival {
  readonly after: AttendanceItem;
  readonly writes: readonly Part[];
  readonly view: ReturnType<typeof viewOf>;
}

type Wanted = Omit<AttendanceItem, 'state' | 'version'>;
type OpenDay = { readonly [Name in keyof Day]-?: NonNullable<Day[Name]> };

/**
 * The meeting of now.
 *
 * @throws Problem ATTENDANCE_CLOSED unless the group has a meeting today that is not closed yet
 */
function openDay({ group, plan, seasons }: Omit<Arriving, 'member' | 'profile'>, now: number): OpenDay {
  const day = dayAt({ group, plan, seasons: seasons?.list ?? [] }, now);
  if (day.state !== 'OPEN') throw new Problem('ATTENDANCE_CLOSED');
  return day as OpenDay;
}

/** What a member asks for now. Late and alternate are judged here, by the plan and the profile as they are. */
function asked(found: Arriving, now: number): Wanted {
  const { group, member, seasons, profile } = found;
  const { day, season, week, meeting, times } = openDay(found, now);
  const { groupId, timeZone } = group;
  const all = seasonsIn({ group, seasons: seasons?.list ?? [] });
  const old = isOld(all, season.seasonId, member.joinedAt, timeZone);
  return {
    ...{ groupId, accountId: member.accountId, seasonId: season.seasonId, week },
    ...{ weekId: weekIdOf(season.seasonId, week), day, requestedAt: iso(now) },
    ...(meeting.place === undefined ? {} : { place: meeting.place }),
    ...(profile?.homeGym === undefined ? {} : { homeGym: profile.homeGym }),
    ...(isLate(now, times) ? { late: true } : {}),
    ...(isAlternate(meeting.place, profile?.homeGym, old) ? { alternate: 'ASKED' } : {}),
  };
}

/**
 * A request that waits for a decision, and asks those who make it. It takes the place of a rejected one. Commit all of `writes`.
 *
 * @param more `sharedDevice`: what those who decide should know (row 156)
 * @throws Problem ATTENDANCE_CLOSED without a meeting that is open; ATTENDANCE_EXISTS if the week has an attendance or a request
 * already. The commit throws NOT_FOUND if the member has left meanwhile
 */
export async function requested(
  table: Table,
  found: Arriving,
  now: number,
  more: Pick<AttendanceItem, 'sharedDevice'> = {},
): Promise<Arrival> {
  const wanted = asked(found, now);
  return waiting(found, { ...wanted, ...more }, await table.get('Attendance', wanted), now);
}

function waiting(found: Arriving, wanted: Wanted, before: AttendanceItem | undefined, now: number): Arrival {
  if (before && !givesWay(before, wanted.day)) throw new Problem('ATTENDANCE_EXISTS');
  const { groupId, title } = found.group;
  const { accountId } = wanted;
  const telling = { to: judgesOf(found.group), by: accountId, title, groupId };
  const { asked: askedBy, write } = ask(attendanceNews.requested, now, telling);
  const isDoubted = before !== undefined && needsDecision(before, wanted.day);
  const after: AttendanceItem = {
    ...wanted,
    ...(isDoubted && { again: true }),
    ...(isDoubted && before.sharedDevice && { sharedDevice: true }),
    ...{ state: 'PENDING', waitingIn: groupId, askedBy, version: 1 },
  };
  const asRead = before && allOf<'state' | 'version'>(is('state', before.state), is('version', before.version));
  return {
    after,
    view: viewOf(after),
    writes: [
      stillMember(groupId, accountId),
      or(overtaken, create('Attendance', after, asRead && { orWhen: asRead })),
      countsMoved(before, after),
      armed(found, now),
      write,
    ],
  };
}

/**
 * Makes a member present at the meeting of now, without a decision: for whom something else has shown that they are there, such as
 * a check-in code (row 156). Read `arrivalRefs` with the membership, and commit `writes` with all that showed it: then both happen
 * or neither.
 *
 * - The result is PRESENT up to the start and its grace, LATE after that, by `now` alone. A caller with a window of its own checks it
 *   before.
 * - It takes the place of nothing, of a rejected request, of an absence that came too early, and of a request that waits. The
 *   question of that one to the managers is answered, and what was judged when it was made stays: who asked in time is not late.
 * - What somebody has doubted at the same meeting (`needsDecision`) is not settled so: a rejected one becomes a request that waits, and one
 *   that waits goes on waiting. A leader needs nobody.
 * - Role and membership are those that were read, else the request decides again.
 * - One a member and week, however many at once: the item is written as it was read, else the request decides again.
 * - The counts move in the same transaction. An alternate beyond those of a season is refused; a manager may still accept a request.
 * - Nobody is notified, and there is no record of a decision: the member did it.
 *
 * Rights: read Attendance; write Attendance, AttendanceCount, AttendancePlan, Due, Outbox; check Membership.
 *
 * @throws Problem ATTENDANCE_CLOSED without a meeting that is open; ATTENDANCE_EXISTS if the week has an attendance already. The
 * commit throws ALTERNATES_USED
 * @example
 * const found = await memberOf(table, groupId, me, arrivalRefs(groupId, me));
 * const { view, writes } = await arrive(table, found, now);
 * await table.commit([...writes, ...mine], { body: view });
 */
export async function arrive(table: Table, found: Arriving, now: number): Promise<Arrival> {
  const wanted = asked(found, now);
  const { groupId, accountId } = wanted;
  const before = await table.get('Attendance', wanted);
  if (before && before.state !== 'PENDING' && !givesWay(before, wanted.day)) throw new Problem('ATTENDANCE_EXISTS');
  const { member } = found;
  if (before && member.role !== 'LEADER' && needsDecision(before, wanted.day))
    return waiting(found, wanted, before, now);
  const { place, homeGym, requestedAt, late, alternate } =
    before?.state === 'PENDING' && before.day === wanted.day ? before : wanted;
  const changes = {
    ...wanted,
    state: late ? 'LATE' : 'PRESENT',
    alternate: alternate && 'COUNTED',
    ...{ place, homeGym, requestedAt, late, sharedDevice: undefined, again: undefined },
    ...{ reason: undefined, waitingIn: undefined, askedBy: undefined, decidedBy: undefined },
  } as const;
  const { after, write } = before ? revised('Attendance', before, changes, is('state', before.state)) : made(changes);
  return {
    after,
    view: viewOf(after),
    writes: [
      or(overtaken, check('Membership', { groupId, accountId }, unchanged(member))),
      or(overtaken, write),
      countsMoved(before, after, { limited: true }),
      armed(found, now),
      answered(before?.askedBy, now),
    ],
  };
}
