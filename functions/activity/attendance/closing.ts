/** Row 101: the night's run of a group with attendance. */
import { inParallel } from '../../../shared/core/parallel.ts';
import { is } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { nothing, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { answered, byItself, tell } from '../../../shared/data/outbox.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { check, create, patch } from '../../../shared/data/writes.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { isOver } from '../../groups/core/rules.ts';
import { asRead, nextRun, runDue } from './arming.ts';
import { settled } from './deciding.ts';
import type { AttendanceItem, AttendancePlanItem } from './items.ts';
import { attendanceNews } from './news.ts';
import { daysToClose, hasNight, heldOn, missed, type Night, nightOf, wasThere } from './night-rules.ts';
import { type Calendar, closingOf, isOld, seasonsIn, settledFrom, weekIdOf } from './rules.ts';
import { calendarRefs, countsMoved } from './store.ts';
import { nobodyDecided } from './words.ts';

const atOnce = 10;
const pageSize = 500;

type Known = Calendar & { readonly group: GroupItem; readonly plan: AttendancePlanItem };

async function known(table: Table, groupId: string): Promise<Known | undefined> {
  const { group, plan, seasons } = await table.getAll({ group: ref('Group', { groupId }), ...calendarRefs(groupId) });
  return group && !group.deletedAt && plan ? { group, plan, seasons: seasons?.list ?? [] } : undefined;
}

/**
 * Closes the days that are over and not closed yet, in their order. A day is closed for good a minute after its end: until then a
 * request may be on its way, and the run of the next minute looks once more. Twice changes nothing, as items decide: a row that is
 * there is not made again.
 */
export async function closeAttendance({ subject: groupId, now }: DueRun, { table }: Kernel): Promise<DueResult> {
  const calendar = await known(table, groupId);
  if (!calendar) return 'done';
  const { group, plan } = calendar;
  const days = daysToClose(plan.closedUntil, group.timeZone, now);
  for (const day of days) if (hasNight(calendar, day) || day === days.at(-1)) await closeDay(table, calendar, day, now);
  const last = days.findLast((day) => settledFrom(day, group.timeZone) <= now);
  if (last !== undefined) await untilSettled(() => closed(table, groupId, last));
  return last === days.at(-1) ? 'done' : 'more';
}

/** Marks a day as closed, notes the last meeting, and makes the next run due. An edit of the plan in between is looked at. */
async function closed(table: Table, groupId: string, day: string): Promise<void> {
  const calendar = await known(table, groupId);
  if (!calendar || calendar.plan.closedUntil >= day) return;
  const { group, plan } = calendar;
  const held = heldOn(calendar, plan.closedUntil, closingOf(day, group.timeZone));
  const dueAt = nextRun({ ...calendar, plan: { ...plan, heldOn: held } }, day);
  const changes = dueAt === undefined ? { remove: ['dueAt' as const] } : {};
  await table.commit([
    or(
      overtaken,
      patch(
        'AttendancePlan',
        { groupId },
        { set: { closedUntil: day, heldOn: held, dueAt }, ...changes },
        asRead(plan),
      ),
    ),
    dueAt !== undefined && due(runDue(groupId, dueAt)),
  ]);
}

/** The steps of a day, in their order: what waits is rejected before anybody is absent. */
async function closeDay(table: Table, calendar: Known, day: string, now: number): Promise<void> {
  const night = nightOf(calendar, day);
  if (!night) return;
  const { group } = calendar;
  const weekId = weekIdOf(night.season.seasonId, night.week);
  const rows = await everyItem((cursor) =>
    table.query(
      'attendancesOfGroup',
      { groupId: group.groupId },
      { limit: pageSize, cursor, between: [weekId, weekId], consistent: true },
    ),
  );
  const waiting = rows.filter((row) => row.state === 'PENDING' && row.day <= day);
  await inParallel(atOnce, waiting, (row) => reject(table, group, row, now));
  if (isOver(day, group)) return;
  const kept = rows.filter(({ state }) => state !== 'PENDING' && state !== 'REJECTED');
  await markMissing(table, calendar, night, new Set(kept.map(({ accountId }) => accountId)));
}

async function reject(table: Table, { title }: GroupItem, before: AttendanceItem, now: number): Promise<void> {
  const { groupId, accountId } = before;
  const { write } = settled(before, { state: 'REJECTED' });
  await table.commit([
    or(nothing, write),
    tell(attendanceNews.rejected, now, { to: [accountId], by: byItself, title, reason: nobodyDecided, groupId }),
    answered(before.askedBy, now),
  ]);
}

/** Marks holidays and absences of the members who came to nothing. Members are looked at only in a night that may mark some. */
async function markMissing(table: Table, calendar: Known, night: Night, came: ReadonlySet<string>): Promise<void> {
  const { group } = calendar;
  const { groupId, timeZone } = group;
  const isHoliday = night.planned.some((each) => each.day === night.day && each.isHoliday);
  if (!isHoliday && !(night.isLastOfWeek && night.hasMeeting)) return;
  const [members, gyms] = await Promise.all([
    presentMembers(table, groupId),
    isHoliday && group.kind === 'CLUB' ? homeGyms(table, groupId) : new Map<string, string>(),
  ]);
  const seasons = seasonsIn(calendar);
  const missing = members.filter(
    (member) =>
      !came.has(member.accountId) &&
      wasThere(member, night, timeZone) &&
      !isOld(seasons, night.season.seasonId, member.joinedAt, timeZone),
  );
  await inParallel(atOnce, missing, async ({ accountId }: MembershipItem) => {
    const state = missed(night, gyms.get(accountId));
    if (state) await mark(table, { groupId, accountId }, night, state);
  });
}

async function homeGyms(table: Table, groupId: string): Promise<ReadonlyMap<string, string>> {
  const profiles = await everyItem((cursor) => table.query('profilesOfClub', { groupId }, { limit: pageSize, cursor }));
  return new Map(profiles.flatMap(({ accountId, homeGym }) => (homeGym === undefined ? [] : [[accountId, homeGym]])));
}

/** Nothing happens to somebody who has an attendance by now, or has left. */
async function mark(
  table: Table,
  key: Pick<AttendanceItem, 'groupId' | 'accountId'>,
  { season: { seasonId }, week, day }: Night,
  state: 'HOLIDAY' | 'ABSENT',
): Promise<void> {
  const row: AttendanceItem = { ...key, seasonId, week, weekId: weekIdOf(seasonId, week), state, day, version: 1 };
  await table.commit([
    or(nothing, create('Attendance', row, { orWhen: is('state', 'REJECTED') })),
    or(nothing, check('Membership', key, is('state', 'ACTIVE'))),
    countsMoved(undefined, row),
  ]);
}
