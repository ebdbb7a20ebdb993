/** What the requests for attendance name that must live, for `samples.ts`. */
import { newSecretId } from '../../shared/core/ids.ts';
import { iso, localDay, localTime, weekday } from '../../shared/core/time.ts';
import { codeOf, newTotpSecret, stepMs } from '../../shared/product/totp.ts';
import { put } from '../support/table.ts';
import { type Given, smallGroup, tokenOf } from './givens.ts';
import type { World } from './world.ts';

const codeSecret = newTotpSecret();

/** A group that meets today, and its member. */
async function meeting(world: World, start = '19:00') {
  const { token, ids, member } = await smallGroup(world);
  const { groupId } = ids as { groupId: string };
  const today = localDay(world.moim.clock.now(), 'Asia/Seoul');
  const meetings = [{ weekday: weekday(today), start, graceMinutes: 30, since: today }];
  const run = { closedUntil: today, dueAt: iso(world.moim.clock.now() + 86_400_000) };
  await put(world.moim, 'AttendancePlan', { groupId, meetings, holidays: [], codeSecret, ...run, version: 1 });
  return { token, ids: { ...ids, groupId, accountId: member.id }, member, today };
}

/** The same, with a request that waits. */
async function waiting(world: World) {
  const { ids, today, ...rest } = await meeting(world);
  const { groupId, accountId } = ids;
  const of = { groupId, accountId, seasonId: groupId, week: 1, weekId: `${groupId}:0001`, day: today };
  const asked = { requestedAt: iso(world.moim.clock.now()), waitingIn: groupId, version: 1 };
  await put(world.moim, 'Attendance', { ...of, ...asked, state: 'PENDING' });
  await put(world.moim, 'AttendanceCount', { groupId, accountId, seasonId: groupId });
  return { ...rest, ids, attendanceId: `${of.weekId}:${accountId}` };
}

const led = async (world: World): Promise<Given> => {
  const { token, ids } = await waiting(world);
  return { token, ids };
};
const own = async (world: World): Promise<Given> => {
  const { member, ids } = await waiting(world);
  return { token: tokenOf(member), ids };
};

export const ofAttendance: Readonly<Record<string, (world: World) => Promise<Given>>> = {
  getAttendancePlan: own,
  async setAttendancePlan(world) {
    const { token, ids } = await meeting(world);
    return { token, ids, body: { meetings: [{ weekday: 2, start: '19:00' }] } };
  },
  getAttendance: led,
  async requestAttendance(world) {
    const { member, ids } = await meeting(world);
    return { token: tokenOf(member), ids };
  },
  listAttendances: own,
  listAttendanceRates: led,
  listWaitingAttendances: led,
  async decideAttendances(world) {
    const { token, ids, attendanceId } = await waiting(world);
    return { token, ids, body: { ids: [attendanceId], decision: 'ACCEPTED' } };
  },
  async correctAttendance(world) {
    const { token, ids } = await meeting(world);
    const { accountId, groupId: seasonId } = ids;
    return { token, ids, body: { accountId, seasonId, week: 1, state: 'PRESENT', reason: 'Was there' } };
  },
  async showCodes(world) {
    const { token, ids } = await meeting(world, localTime(world.moim.clock.now(), 'Asia/Seoul'));
    return { token, ids };
  },
  async checkIn(world) {
    const now = world.moim.clock.now();
    const { member, ids } = await meeting(world, localTime(now, 'Asia/Seoul'));
    const code = codeOf(codeSecret, Math.floor(now / stepMs));
    return { token: tokenOf(member), ids, body: { code, device: newSecretId() } };
  },
};
