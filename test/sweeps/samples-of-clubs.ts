/** What the requests for records, seasons and rankings name that must live, for `samples.ts`. */
import { newId } from '../../shared/core/ids.ts';
import { addDays, fromIso, iso, localDay } from '../../shared/core/time.ts';
import { itemsOf, put } from '../support/table.ts';
import { type Given, inClub, smallGroup, tokenOf } from './givens.ts';
import { ofAttendance } from './samples-of-attendance.ts';
import type { World } from './world.ts';

/** A season that began yesterday and ends in a month; past every route, as none may begin in the past. */
async function withSeason(world: World): Promise<Given> {
  const given = await inClub(world);
  const { groupId } = given.ids as { groupId: string };
  const seasonId = newId(world.moim.clock.now());
  const today = localDay(world.moim.clock.now(), 'Asia/Seoul');
  const dates = { startDate: addDays(today, -1), endDate: addDays(today, 30) };
  await put(world.moim, 'Seasons', { groupId, version: 1, list: [{ seasonId, name: 'Spring', ...dates }] });
  return { ...given, ids: { ...given.ids, seasonId } };
}

/** What somebody climbed within the last minute, and the day of it. */
function lately(world: World) {
  const now = world.moim.clock.now();
  const times = { startedAt: iso(now - 60_000), endedAt: iso(now - 30_000) };
  return { ...times, gym: 'Rock Valley', problems: [{ level: 4, count: 1 }] };
}

/** A record of a member of a club, who asks. */
async function withRecord(world: World, more: object = {}) {
  const { ids, member, leader } = await smallGroup(world);
  const { groupId } = ids as { groupId: string };
  const [group] = await itemsOf(world.moim, 'Group', { groupId });
  await put(world.moim, 'Group', { ...group, kind: 'CLUB' });
  const accountId = member.id;
  const { problems, ...rest } = lately(world);
  const day = localDay(fromIso(rest.startedAt), 'Asia/Seoul');
  const recordId = newId(Date.parse(day));
  const counts = { solved: problems, minutes: 1, ownLevel: 4, points: 2, version: 1, createdAt: rest.endedAt };
  await put(world.moim, 'Record', { groupId, accountId, day, recordId, ...rest, ...counts, ...more });
  const sums = { records: 1, minutes: 1, solved: { '4': 1 }, standings: {}, version: 1 };
  await put(world.moim, 'RecordTotals', { groupId, accountId, ...sums });
  return { token: tokenOf(member), ids: { ...ids, accountId, recordId }, leader };
}

/** The same, and the leader asks. */
async function asLeader(world: World, more: object = {}): Promise<Given> {
  const { ids, leader } = await withRecord(world, more);
  return { token: tokenOf(leader), ids, body: { accountId: ids.accountId } };
}

export const ofClubs: Readonly<Record<string, (world: World) => Promise<Given>>> = {
  listSeasons: withSeason,
  async createSeason(world) {
    const today = localDay(world.moim.clock.now(), 'Asia/Seoul');
    const dates = { startDate: addDays(today, 60), endDate: addDays(today, 90) };
    return { ...(await withSeason(world)), body: { name: 'Summer', ...dates } };
  },
  editSeason: async (world) => ({ ...(await withSeason(world)), body: { name: 'Another name' } }),
  async createRecord(world) {
    const given = await withSeason(world);
    const { groupId } = given.ids as { groupId: string };
    const [{ leaderId: accountId }] = await itemsOf(world.moim, 'Group', { groupId });
    await put(world.moim, 'ClubProfile', { groupId, accountId, level: 4, modifiedAt: iso(world.moim.clock.now()) });
    return { ...given, body: lately(world) };
  },
  listRecords: (world) => withRecord(world),
  editRecord: async (world) => ({ ...(await withRecord(world)), body: { problems: [{ level: 5, count: 2 }] } }),
  deleteRecord: (world) => withRecord(world),
  async strikeRecord(world) {
    const given = await asLeader(world);
    return { ...given, body: { ...given.body, reason: 'A slip' } };
  },
  restoreRecord: (world) => asLeader(world, { struckAt: iso(world.moim.clock.now()), struckOff: [] }),
  getRecordTotals: (world) => withRecord(world),
  getRankingPage: withSeason,
  getRanking: withSeason,
  getOwnRank: withSeason,
  ...ofAttendance,
};
