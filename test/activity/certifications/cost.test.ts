/**
 * What each use case of the journey costs at the table, exactly: requests, round trips, read units, write units. A change
 * here is a change of the bill; it is made on purpose or not at all.
 *
 * In brackets the lower bounds of the design (table 3.2 of the budgets: requests / round trips, units). Where moim is
 * above one, it pays for what the bound leaves out: a strongly consistent look through the access door (a request and
 * half a unit per KB and item, times two), and transactions (twice the units) that hold several items together.
 *
 * Each guarded request reads its session and its account, a unit each: along with its first read, or at the same time; where
 * it only writes, before that.
 */

import { key } from '../../support/actor.ts';
import type { Listener } from '../../support/listener.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, someone } from '../../support/people.ts';
import { costOf, followedSince } from '../../support/replies.ts';
import { certify, found, type Team } from '../../support/scene.ts';

const moim = useMoim({ lists: true });
let here: Team;
let socket: Listener;
let late: Person;
let one: string;
const cost = (route: string) => Object.values(costOf(moim, route));

beforeAll(async () => {
  const [leader, member] = [await someone(moim), await moim.person('member')];
  here = { leader, member, ...(await found(leader, {}, member)) };
});

test('signing up and in', async () => {
  // The code, and the counts of what the address gets and the place asks for it. Of a new address also what the place and all
  // together ask for such, and that too few of the place's have come back: six items of one transaction.
  expect(cost('requestEmailCode')).toEqual([1, 1, 0, 12]);
  // The code is read with the claim of the address: whether it has an account is told to who reads its mails. Then code and
  // ticket change places in one transaction.
  expect(cost('confirmEmailCode')).toEqual([2, 2, 2, 4]);
  // The ticket is read; account, authority, credential, nickname, session and ticket are six items of one transaction.
  expect(cost('signUp')).toEqual([2, 2, 1, 12]);
  await moim.signIn(here.member.email);
  // Credential and three counts in one read; the session, the account that may enter and one count in one transaction.
  expect(cost('signIn')).toEqual([3, 3, 6, 6]); // [3 / 3, 6 RRU + 6 WRU]

  await here.member.post('/v1/sessions/refresh', { refreshToken: here.member.tokens.refreshToken });
  expect(cost('refresh')).toEqual([1, 1, 0, 1]); // [1 / 1, 1 WRU]
  await here.member.get('/v1/accounts/me');
  // Then which mails the address takes, by the address that was read.
  expect(cost('getOwnAccount')).toEqual([2, 2, 3.5, 0]); // [dashboard 1 / 1, 0.5 RRU]
});

test('founding, finding and joining', async () => {
  late = await someone(moim);
  // Group, membership with two indexes, mission with one, quota and what is due of it: six items of one transaction. Lists follow.
  expect(cost('createGroup')).toEqual([2, 2, 2, 13]);
  // [1 / 1, 1 WRU with all members in one item; the form of two items: 4 WRU and a read before]
  expect(cost('joinGroup')).toEqual([2, 2, 4, 6]);
  // Beside missions and access door: what the member has done of them, strongly consistent.
  expect(cost('listMissions')).toEqual([3, 1, 5.5, 0]);

  const full = await found(here.leader, { capacity: 2 }, here.member);
  await late.post(`${full.path}/members`);
  expect(cost('joinGroup')).toEqual([1, 1, 4, 0]); // [refused: 1 / 1, 1-2 WRU]
  // Row 122: the stored answer rides in the same transaction: no request more, two units.
  await late.post(`${here.path}/members`, {}, key());
  expect(cost('joinGroup')).toEqual([2, 2, 4, 8]); // [+0 requests]

  await moim.guest.get(here.path);
  expect(cost('getGroup')).toEqual([1, 1, 1, 0]);
  await moim.settle();
  await moim.guest.get('/v1/groups');
  // Entries, then the one group that is offered, half a unit each.
  expect(cost('listGroups')).toEqual([2, 2, 1, 0]); // [feed 1 / 1, 1 RRU]
  await here.member.get('/v1/accounts/me/groups');
  expect(cost('listOwnGroups')).toEqual([2, 1, 2.5, 0]);
  await here.member.get(`${here.path}/members`);
  // The list, the roster with all names, the access door; then a presence for each of three, half a unit.
  expect(cost('listMembers')).toEqual([4, 2, 6.5, 0]);
});

test('opening a socket', async () => {
  socket = await here.member.socket();
  // It outlives the answer: session and account are checked in its transaction too.
  expect(cost('issueSocketTicket')).toEqual([2, 2, 2, 6]);
  // The item; and, beside it, what tells a list of people who is online. Then the session once more, as it may have ended
  // meanwhile, and beside it how many sockets are open.
  expect(cost('$connect')).toEqual([4, 2, 2.5, 2]); // [1 / 1, 1-2 WRU]
  await socket.ask({ id: 1, action: 'ping' });
  // The clock moves, as it does between two pings: no index holds when a socket was last heard of.
  await moim.clock.advance(300_000);
  await socket.ask({ id: 2, action: 'ping' });
  expect(cost('ping')).toEqual([2, 2, 2, 1]);
});

test('certifying and deciding', async () => {
  const { body } = await certify(here.member, here);
  one = `${here.path}/certifications/${body.id}`;
  // The count of the day's uploads alone: the ticket says what was allowed.
  expect(cost('allowUpload')).toEqual([2, 2, 4, 1]); // [0-1 / 0-1, 0-0.5 RRU]
  // With the access door: what is done of the mission, in the weeks that it may be and in all. Who was the first to show the
  // photo: a read. Membership checked, week with an index, throttle, certification with two indexes, outbox, and that it is the
  // first now: six items of one transaction. The first of a mission marks it before that: a request and two units more.
  expect(cost('submitCertification')).toEqual([4, 4, 10, 17]); // [1 / 1, 2 WRU; typical 3 requests, 8-10 WRU]

  await moim.settle();
  await here.leader.get(`${here.path}/certifications?status=WAITING`);
  // Beside the list and the access door: whom the viewer has blocked, and the roster with the authors' names. With the
  // door: what they have reported (row 83). Then how many comments each has (row 81).
  expect(cost('listCertifications')).toEqual([5, 2, 7, 0]); // [feed 1 / 1, 1 RRU]
  await here.member.get(one);
  expect(cost('getCertification')).toEqual([3, 2, 8, 0]);
  await here.leader.post(`${one}/deny`, { reason: 'Unreadable' });
  // What the member has done of the mission moves with every transition: three units with its index.
  // Rows 54, 125: that it is done for everybody who was asked is one outbox item more, two units.
  expect(cost('denyCertification')).toEqual([3, 2, 6.5, 16]); // [1 / 1, 2 WRU; typical 3-4 requests, 6-8 WRU]
  await here.member.patch(one, { text: 'Readable' });
  // The author's name comes with their account, in the request that reads the session.
  expect(cost('editCertification')).toEqual([2, 2, 7, 12]);
  await here.leader.post(`${one}/approve`);
  // With the brick: its ledger row, the account's counter and the group's wall are three items more.
  expect(cost('approveCertification')).toEqual([3, 2, 6.5, 22]); // [1 / 1, 2 WRU; typical 3-4 requests, 6-8 WRU]
  await here.leader.post(`${one}/approve`);
  expect(cost('approveCertification')).toEqual([2, 1, 6.5, 0]);
});

test('hearing of it', async () => {
  const comer = await someone(moim);
  await moim.settle();
  const before = moim.logs.length;
  await comer.post(`${here.path}/members`);
  await moim.settle();
  const deliveries = moim.logs
    .slice(before)
    .filter(({ functionId }) => functionId === 'live-stream')
    .map(({ line }) => JSON.parse(line))
    .map(({ records, requests, readUnits, writeUnits }) => [records, requests, readUnits, writeUnits]);
  const { body } = await here.member.get('/v1/notifications');

  // What the receiver has chosen, whom they have blocked and which language they speak, a unit each, for up to 32 people
  // in one request, and a unit for the name in the text; the entry, and its place among what is unread; the open sockets. Devices are looked for where there are any.
  // The counter of the group is a change too. Pages hear nothing of it, so nothing is read; it may come along or by itself.
  expect([0, 1, 2, 3].map((at) => deliveries.reduce((sum, each) => sum + each[at], 0))).toEqual([2, 4, 5.5, 2]);
  // The page is the whole inbox; beside it session, account and settings.
  expect(cost('listNotifications')).toEqual([2, 1, 3.5, 0]); // [1 / 1, 0.5 RRU]
  await here.member.post(`/v1/notifications/${body.items[0].id}/read`);
  expect(cost('readNotification')).toEqual([2, 2, 2, 2]);
});

test('rows 33-36: what follows a founding, a like and a join by the stream', async () => {
  const [leader, ...fans] = await crowd(moim, 4);
  const description = 'We solve one problem a day.\nBeginners are welcome.';
  const { path } = await found(leader!, { title: 'Algorithms', description, tags: ['PYTHON'] });
  expect(cost('createGroup')).toEqual([2, 2, 2, 13]);
  await moim.settle();
  const after = async (act: () => Promise<unknown>) => {
    const since = moim.logs.length;
    await act();
    await moim.settle();
    return followedSince(moim, since);
  };

  const likes = [];
  for (const fan of fans.slice(0, 2)) likes.push(await after(() => fan.put(`${path}/like`)));
  const joined = await after(() => fans[2]!.post(`${path}/members`));

  // The intent, an entry that goes and one that comes in five lists; and marks for the night, the first time of the day.
  expect(likes[0]).toBeLessThanOrEqual(12);
  expect(likes[1]).toBe(11);
  // Likewise; and the leader's notification, unread, the mark of who joined, the card in the agenda, and the row of boards.
  // The first group of somebody begins their reminders: what is kept of them, and when they are looked at.
  expect(joined).toBe(21);
});

test('taking back and leaving', async () => {
  await here.member.delete(one);
  // With its photo, which others may be the first to show now.
  expect(cost('deleteCertification')).toEqual([2, 2, 7, 17]);

  socket.close();
  await socket.closed;
  await moim.settle();
  expect(cost('$disconnect')).toEqual([2, 1, 0, 2]); // [1 / 1, 1 WRU]
});
