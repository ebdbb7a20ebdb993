/** Row 103: when a group meets, and its holidays. */
import { changedSince, memberOf, memberWho, requireVersion, stillMay } from '../../../shared/access/access.ts';
import { localDay } from '../../../shared/core/time.ts';
import { rescheduled } from '../../../shared/data/due.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, type Reference, ref } from '../../../shared/data/table.ts';
import { create, patch } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { newTotpSecret } from '../../../shared/product/totp.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { type People, rosterOf } from '../../groups/core/roster.ts';
import { asRead, lastClosed, nextRun, runDue } from './arming.ts';
import type { contract } from './contract.ts';
import type { AttendancePlanItem, Meeting } from './items.ts';
import { heldOn } from './night-rules.ts';
import { calendarRefs, planRef } from './store.ts';
import { staffOf } from './view.ts';

type Routes = typeof contract.routes;

function viewOf(plan: Pick<AttendancePlanItem, 'meetings' | 'holidays' | 'version'>, roster: People) {
  const meetings = plan.meetings.map((meeting) => ({
    ...{ weekday: meeting.weekday, start: meeting.start, graceMinutes: meeting.graceMinutes },
    place: meeting.place ?? null,
    position: meeting.position ?? null,
    staff: staffOf(meeting, roster),
  }));
  return { meetings, holidays: [...plan.holidays], version: plan.version };
}

const nothingPlanned = { meetings: [], holidays: [], version: 0 } as const;

export async function getAttendancePlan(
  { params: { groupId }, account: { accountId } }: RouteRequest<Routes['getAttendancePlan']>,
  { table }: Kernel,
): Promise<Answer<Routes['getAttendancePlan']>> {
  const [{ plan = nothingPlanned }, roster] = await Promise.all([
    memberOf(table, groupId, accountId, { plan: planRef(groupId) }),
    rosterOf(table, groupId),
  ]);
  return { body: viewOf(plan, roster), version: plan.version };
}

/**
 * The run that is due stays due, also on a day that has no meeting any more: somebody may have asked for attendance. A meeting is
 * from today on, so that nobody is absent from one of a day before it was planned. One that has begun by the plan before is noted, unless
 * its day is a holiday now, so that its week closes with absences.
 */
export async function setAttendancePlan(
  {
    params: { groupId },
    body,
    account: { accountId },
    locale,
    now,
    ifMatch,
  }: RouteRequest<Routes['setAttendancePlan']>,
  { table }: Kernel,
): Promise<Answer<Routes['setAttendancePlan']>> {
  const staff = staffRefs(groupId, body.meetings);
  const [found, roster] = await Promise.all([
    memberWho(table, 'planMeetings', groupId, accountId, { ...calendarRefs(groupId), ...staff }),
    rosterOf(table, groupId),
  ]);
  const { group, plan: before, seasons } = found;
  requireVersion(before ?? nothingPlanned, ifMatch);
  body.meetings.forEach(({ staffId }, i) => {
    if (staffId && (found as FoundStaff)[`staff ${staffId}`]?.state !== 'ACTIVE')
      throw new Problem('INVALID_REQUEST', {
        errors: [{ pointer: `/meetings/${i}/staffId`, reason: catalogOf(locale).fields.meetingStaff }],
      });
  });
  const today = localDay(now, group.timeZone);
  const meetings = body.meetings
    .map((meeting): Meeting => ({ ...meeting, since: sinceOf(before, meeting.weekday) ?? today }))
    .toSorted((a, b) => a.weekday - b.weekday);
  const holidays = body.holidays.toSorted();
  const closedUntil = before?.dueAt === undefined ? lastClosed(group.timeZone, now) : before.closedUntil;
  const all = { group, seasons: seasons?.list ?? [] };
  const was = before && { ...before, holidays: [...before.holidays, ...holidays] };
  const held = heldOn({ ...all, plan: was }, before?.closedUntil ?? closedUntil, now);
  const next = nextRun({ ...all, plan: { meetings, holidays, heldOn: held } }, closedUntil);
  const dueAt = earlier(before?.dueAt, next);
  const version = (before?.version ?? 0) + 1;
  const codeSecret = before?.codeSecret ?? newTotpSecret();
  const changes = { meetings, holidays, closedUntil, heldOn: held, dueAt, codeSecret, version };
  const write = before
    ? patch('AttendancePlan', { groupId }, { set: changes }, asRead(before))
    : create('AttendancePlan', { groupId, ...changes });
  await table.commit([
    stillMay('planMeetings', groupId, accountId),
    or(changedSince(ifMatch) === overtaken ? overtaken : 'PRECONDITION_FAILED', write),
    rescheduled(entryOf(groupId, before?.dueAt), entryOf(groupId, dueAt)),
  ]);
  return { body: viewOf(changes, roster), version };
}

const entryOf = (groupId: string, at: string | undefined) => (at === undefined ? undefined : runDue(groupId, at));
const earlier = (a: string | undefined, b: string | undefined) =>
  a === undefined || (b !== undefined && b < a) ? b : a;

const sinceOf = (plan: AttendancePlanItem | undefined, weekday: number) =>
  plan?.meetings.find((meeting) => meeting.weekday === weekday)?.since;

type StaffRefs = { readonly [staff: `staff ${string}`]: Reference<MembershipItem> };
type FoundStaff = { readonly [staff: `staff ${string}`]: MembershipItem | undefined };

const staffRefs = (groupId: string, meetings: readonly { readonly staffId?: string | undefined }[]): StaffRefs =>
  Object.fromEntries(
    meetings.flatMap(({ staffId }) =>
      staffId ? [[`staff ${staffId}`, ref('Membership', { groupId, accountId: staffId })] as const] : [],
    ),
  );
