/** Rows 111, 112, 104: reminders of what is not done yet, decided at the moment of sending. */

import type { Person } from '../../support/moim.ts';
import { useMoim } from '../../support/moim.ts';
import { at, become, crowd, renew, someone, tick } from '../../support/people.ts';
import { found, kick, leave, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { certified, firstLines, long, nextLook, remindersOf, runAt, runOn, seoul } from './scene.ts';

const moim = useMoim();

test('5.6.1: two groups, one open mission each: one notice that names both; who certified at 20:03 is named the other; both done is none', async () => {
  const leader = await someone(moim, 'leader');
  const [both, one, none] = (await crowd(moim, 3)) as [Person, Person, Person];
  const first = await found(leader, { ...long(moim), title: 'Algorithms' }, both, one, none);
  await moim.clock.advance(1000);
  const second = await found(leader, { ...long(moim), title: 'Running' }, both, one, none);
  await certified(moim, none, first);
  await moim.clock.advance(10_000);
  await certified(moim, none, second);
  // The run of 20:00 comes late, and decides by what is then.
  await at(moim, seoul('03-02 20:03'));
  await certified(moim, one, first);
  await runAt(moim, '03-02 20:05');

  expect(await firstLines(moim, both)).toEqual(['Left for today: Running, Algorithms.']);
  expect(await firstLines(moim, one)).toEqual(['Left for today: Running.']);
  expect(await firstLines(moim, none)).toEqual([]);
  const [reminder] = await remindersOf(moim, both);
  expect(reminder).toMatchObject({ type: 'REMIND_DAILY', link: { screen: 'today' } });
});

test('row 112: it encourages in both languages, the same however often it is asked for', async () => {
  const { member } = await team(moim, { ...long(moim), title: '독서' });
  await runAt(moim, '03-03 20:00');
  const [english] = await remindersOf(moim, member);
  const [korean] = await remindersOf(moim, member, 'ko');
  const [again] = await remindersOf(moim, member, 'ko');

  expect(korean!.text).toMatch(/^오늘은 독서가 남아 있어요\.\n.*[가-힣]+.*요[.?!]$/);
  expect(english!.text).toMatch(/^Left for today: 독서\.\n[A-Z].*[.?!]$/);
  expect(again).toEqual(korean);
});

test('a tick that is doubled, overlaps, or comes again says nothing twice, and one look stays ahead', async () => {
  const { member, leader } = await team(moim, long(moim));
  await moim.settle();
  await at(moim, seoul('03-04 20:00'));
  await Promise.all([tick(moim), tick(moim), tick(moim)]);
  await moim.settle();
  await runAt(moim, '03-04 20:01');
  await tick(moim);

  for (const person of [member, leader]) {
    expect(await remindersOf(moim, person)).toHaveLength(1);
    expect(await nextLook(moim, person)).toEqual(['2026-03-05T11:00:00.000Z']);
  }
});

test('a tick that is away for two hours says nothing at night, and goes on the next day', async () => {
  const { member } = await team(moim, long(moim));
  await runAt(moim, '03-05 22:00');
  expect(await remindersOf(moim, member)).toEqual([]);

  await runAt(moim, '03-06 20:00');
  expect(await remindersOf(moim, member)).toHaveLength(1);
});

test('5.6.3: in quiet hours it is in the inbox and on no device; with the class off it is not sent either', async () => {
  const leader = await someone(moim, 'quiet leader');
  const [quiet, off] = (await crowd(moim, 2)) as [Person, Person];
  await found(leader, { ...long(moim), title: 'Quiet' }, quiet, off);
  const settings = '/v1/accounts/me/notification-settings';
  await quiet.patch(settings, { quietHours: { from: '19:00', to: '21:00' } });
  await off.patch(settings, { types: { remind: false } });
  await moim.settle();
  await at(moim, seoul('03-07 19:55'), quiet, off);
  const sockets = await Promise.all([quiet, off].map((person) => person.socket()));
  await runAt(moim, '03-07 20:00');

  expect(await firstLines(moim, quiet)).toEqual(['Left for today: Quiet.']);
  expect(await firstLines(moim, off)).toEqual(['Left for today: Quiet.']);
  const heard = sockets.map(({ events }) => events.filter(({ event }) => event === 'notification').length);
  expect(heard).toEqual([1, 0]);
  for (const socket of sockets) await socket.close();
});

test('5.6.4: a member in Seoul of a group in New York is reminded at 20:00 in New York', async () => {
  const leader = await someone(moim, 'new yorker');
  const member = await someone(moim, 'traveller');
  await found(
    leader,
    { ...long(moim), title: 'Manhattan', startDate: '2026-03-08', timeZone: 'America/New_York' },
    member,
  );

  // The clocks of New York went forward that night: 20:00 is 09:00 of the next day in Seoul.
  expect(await nextLook(moim, member)).toEqual(['2026-03-09T00:00:00.000Z']);
  await runAt(moim, '03-08 20:00');
  expect(await remindersOf(moim, member)).toEqual([]);
  await runAt(moim, '03-09 09:00');
  expect(await firstLines(moim, member)).toEqual(['Left for today: Manhattan.']);
});

test('left, removed, ended meanwhile: nobody is reminded of a group that they are not in', async () => {
  const leader = await someone(moim, 'left leader');
  const [left, removed, stays] = (await crowd(moim, 3)) as [Person, Person, Person];
  const gone = await found(leader, { ...long(moim), title: 'Gone' }, left, removed, stays);
  await moim.settle();
  await at(moim, seoul('03-10 19:59'));
  await renew(moim, leader, left, removed, stays);
  await leave(left, gone);
  await kick(leader, gone, removed);
  // The lists that lag are not asked: the run comes before the stream has delivered anything.
  await at(moim, seoul('03-10 20:00'));
  await tick(moim);
  await moim.settle();

  expect(await remindersOf(moim, left)).toEqual([]);
  expect(await remindersOf(moim, removed)).toEqual([]);
  expect(await remindersOf(moim, stays)).toHaveLength(1);
  expect(await nextLook(moim, left)).toEqual([]);
});

test('a group that is completed reminds nobody, and its members have no look ahead', async () => {
  const { leader, member, path } = await team(moim, { ...long(moim), title: 'Completed' });
  await at(moim, seoul('03-11 12:00'), leader);
  await leader.send('PUT', `${path}/status`, { body: { status: 'COMPLETED' } });
  await runAt(moim, '03-11 20:00');

  expect(await remindersOf(moim, member)).toEqual([]);
  expect(await nextLook(moim, member)).toEqual([]);
});

test('row 111: a group that ends in three days says so, once, along with what is open', async () => {
  const { member } = await team(moim, { startDate: '2026-03-13', endDate: '2026-03-17', title: 'Sprint' });
  await runOn(moim, '03-13');
  await runOn(moim, '03-14');
  await runOn(moim, '03-15');

  expect((await remindersOf(moim, member)).map(({ text }) => text.split('\n').slice(0, 2))).toMatchObject([
    ['Left for today: Sprint.', expect.not.stringContaining('Ends')],
    ['Left for today: Sprint.', 'Ends in 3 days: Sprint.'],
    ['Left for today: Sprint.', expect.not.stringContaining('Ends')],
  ]);
});

test('row 51: a mission for weekdays is not spoken of at the weekend, and the next look is on Monday', async () => {
  const { member } = await team(moim, {
    ...long(moim),
    startDate: '2026-03-20',
    frequency: { every: 'WEEKDAY' },
    title: 'Work',
  });
  await runAt(moim, '03-20 20:00');
  expect(await nextLook(moim, member)).toEqual(['2026-03-23T11:00:00.000Z']);
  await runAt(moim, '03-21 20:00');

  expect(await firstLines(moim, member)).toEqual(['Left for today: Work.']);
});

test('one person, one entry, whatever was caused before: many groups, many joinings', async () => {
  const leader = await someone(moim, 'many leader');
  const member = await someone(moim, 'many');
  for (let n = 0; n < 7; n++) {
    await moim.clock.advance(1000);
    await found(leader, { ...long(moim), startDate: '2026-03-22', title: `Group ${n}` }, member);
  }
  expect(await nextLook(moim, member)).toEqual(['2026-03-22T11:00:00.000Z']);
  await runAt(moim, '03-22 20:00');

  expect(await firstLines(moim, member)).toEqual([
    'Left for today: Group 6, Group 5, Group 4, Group 3, Group 2 and 2 more.',
  ]);
  expect(await itemsOf(moim, 'Reminding', { accountId: member.id })).toMatchObject([
    { dueAt: '2026-03-23T11:00:00.000Z', unanswered: ['2026-03-22'] },
  ]);
});

test('5.6.5: who has skipped today or is excused hears nothing; who is excused until yesterday does', async () => {
  const leader = await someone(moim, 'resting leader');
  const [skips, rests, rested, none] = (await crowd(moim, 4)) as [Person, Person, Person, Person];
  const { path, missionId } = await found(leader, { ...long(moim), title: 'Resting' }, skips, rests, rested, none);
  await runAt(moim, '03-25 09:00');
  await renew(moim, skips, rests, rested);
  const replies = [
    await skips.post(`${path}/missions/${missionId}/skips`, { reason: 'Ill' }),
    await rests.post(`${path}/excuses`, { from: '2026-03-25', until: '2026-03-26', reason: 'Away' }),
    await rested.post(`${path}/excuses`, { from: '2026-03-24', until: '2026-03-24', reason: 'Away' }),
  ];
  expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
  await runAt(moim, '03-25 20:00');
  const first = await Promise.all([skips, rests, rested, none].map((person) => firstLines(moim, person)));
  await runAt(moim, '03-26 20:00');
  await runAt(moim, '03-27 20:00');

  expect(first.map((all) => all.length)).toEqual([0, 0, 1, 1]);
  expect(await firstLines(moim, skips)).toHaveLength(2);
  expect(await firstLines(moim, rests)).toHaveLength(1);
});

test('nobody is reminded while they are suspended, and everybody is again afterwards', async () => {
  const { member, leader } = await team(moim, { ...long(moim), title: 'Suspended' });
  await moim.settle();
  await become(moim, member, 'SUSPENDED');
  await runAt(moim, '03-28 20:00');
  await become(moim, member, 'ACTIVE');
  expect(await remindersOf(moim, member)).toEqual([]);
  expect(await remindersOf(moim, leader)).toHaveLength(1);
  await runAt(moim, '03-29 20:00');

  expect(await firstLines(moim, member)).toEqual(['Left for today: Suspended.']);
});
