/** Row 146: own times of a mission, on one's own clock, and a sentence that comes with the reminder. */
import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, renew, someone, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { found, leave, team } from '../../support/scene.ts';
import { certified, firstLines, long, mission, nextLook, remindersOf, runAt, seoul } from './scene.ts';

const moim = useMoim();
const list = '/v1/accounts/me/reminders';
interface Here {
  readonly path: string;
  readonly missionId: string;
}
const choose = async (who: Person, { path, missionId }: Here, body: object, headers = {}) => {
  await renew(moim, who);
  return who.send('PUT', `${path}/missions/${missionId}/reminder`, { body, headers });
};
const clear = async (who: Person, { path, missionId }: Here) => {
  await renew(moim, who);
  return who.delete(`${path}/missions/${missionId}/reminder`);
};
const own = async (who: Person) => {
  await renew(moim, who);
  return (await who.get(list)).body.items;
};
interface Problem {
  readonly errors?: readonly { readonly pointer: string }[];
}
const everyDay = [1, 2, 3, 4, 5, 6, 7];

test('row 146: times are chosen, listed in order, replaced and cleared; all of it again changes nothing', async () => {
  const here = await team(moim, long(moim));
  const { member, groupId, missionId } = here;
  const wanted = { times: ['21:30', '07:10'], weekdays: [5, 1], sentence: '  아침 먹고 식탁에서 ' };
  const replies = [await choose(member, here, wanted), await choose(member, here, wanted)];
  const chosen = { groupId, missionId, times: ['07:10', '21:30'], weekdays: [1, 5], sentence: '아침 먹고 식탁에서' };

  expect(replies.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([200, chosen]));
  expect(await own(member)).toEqual([chosen]);
  expect(await own(here.leader)).toEqual([]);

  await choose(member, here, { times: ['08:00'] });
  expect(await own(member)).toEqual([{ ...chosen, times: ['08:00'], weekdays: everyDay, sentence: null }]);
  expect([await clear(member, here), await clear(member, here)].map(outcome)).toEqual([204, 204]);
  expect(await own(member)).toEqual([]);
  // Nothing chosen is nothing kept.
  expect(outcome(await choose(member, here, { times: [] }))).toBe(200);
  expect(await own(member)).toEqual([]);
});

test('others learn nothing, and bad input is refused with its field', async () => {
  const here = await team(moim, long(moim));
  const stranger = await someone(moim, 'stranger');
  const nowhere = { ...here, missionId: '0193f2a0-0000-7000-8000-000000000000' };
  const refused = [
    await choose(stranger, here, { times: ['07:10'] }),
    await clear(stranger, here),
    await choose(here.member, nowhere, { times: ['07:10'] }),
  ];
  expect(refused.map(outcome)).toEqual(Array(3).fill('NOT_FOUND'));

  const wrong: [object, string][] = [
    [{ times: ['7:10'] }, '/times/0'],
    [{ times: ['24:00'] }, '/times/0'],
    [{ times: ['07:10', '07:10'] }, '/times'],
    [{ times: ['01:00', '02:00', '03:00', '04:00'] }, '/times'],
    [{ times: [], weekdays: [] }, '/weekdays'],
    [{ times: [], weekdays: [8] }, '/weekdays/0'],
    [{ times: [], weekdays: [1, 1] }, '/weekdays'],
    [{ times: [], sentence: 'x'.repeat(101) }, '/sentence'],
    [{ times: [], sentence: 'a\nb' }, '/sentence'],
    [{}, '/times'],
  ];
  for (const [body, pointer] of wrong) {
    const reply = await choose(here.member, here, body);
    expect([body, outcome(reply), (reply.body as Problem).errors?.[0]?.pointer]).toEqual([
      body,
      'INVALID_REQUEST',
      pointer,
    ]);
  }
});

test('row 146: three reminders a day at most, also for requests at once; missions that one has left make room', async () => {
  const leader = await someone(moim, 'own leader');
  const member = await someone(moim, 'own member');
  const groups: Here[] = [];
  for (let n = 0; n < 5; n++) groups.push(await found(leader, { ...long(moim), title: `Own ${n}` }, member));
  await choose(member, groups[0]!, { times: ['07:00', '09:00'] });

  const replies = await Promise.all(
    [1, 2].map((n) => choose(member, groups[n]!, { times: [`1${n}:00`], weekdays: [1] })),
  );
  expect(replies.map(outcome).toSorted()).toEqual([200, 'REMINDER_LIMIT']);
  // Within ten minutes of another it is the same reminder, and on other days there is room.
  expect(outcome(await choose(member, groups[4]!, { times: ['07:10'] }))).toBe(200);
  expect(outcome(await choose(member, groups[3]!, { times: ['12:30'], weekdays: [2] }))).toBe(200);
  expect(outcome(await choose(member, groups[3]!, { times: ['12:30'], weekdays: [1] }))).toBe('REMINDER_LIMIT');

  await leave(member, groups[0]!);
  expect(outcome(await choose(member, groups[3]!, { times: ['12:30'], weekdays: [1] }))).toBe(200);
  await moim.settle();
  expect((await own(member)).map((each: Here) => each.missionId)).not.toContain(groups[0]!.missionId);
});

test('whoever leaves is forgotten; whoever is back before that is told keeps what they choose then', async () => {
  const here = await team(moim, { ...long(moim), allowRejoin: true });
  const { member, path, groupId } = here;
  await choose(member, here, { times: ['07:00'], sentence: 'at home' });
  await leave(member, here);
  await member.post(`${path}/members`);
  await choose(member, here, { times: ['08:00'] });
  await moim.settle();
  expect(await own(member)).toMatchObject([{ groupId, times: ['08:00'] }]);

  await leave(member, here);
  await moim.settle();
  expect(await own(member)).toEqual([]);
});

test('row 146: at 07:10 on the own clock, in place of 20:00, with the sentence; done at 07:05 is none', async () => {
  const leader = await someone(moim, 'morning leader');
  const [open, done] = (await crowd(moim, 2)) as [Person, Person];
  const here = await found(leader, { ...long(moim), title: 'Morning' }, open, done);
  for (const person of [open, done]) await choose(person, here, { times: ['07:10'], sentence: 'at the kitchen table' });
  await runAt(moim, '03-02 20:00');
  expect(await nextLook(moim, open)).toEqual(['2026-03-02T22:10:00.000Z']);
  await at(moim, seoul('03-03 07:05'));
  await certified(moim, done, here);
  await runAt(moim, '03-03 07:10');
  await runAt(moim, '03-03 20:00');

  expect((await remindersOf(moim, open)).map(({ text }) => text.split('\n').slice(0, 2))).toEqual([
    ['Left for today: Morning.', 'Morning: “at the kitchen table”'],
  ]);
  expect(await remindersOf(moim, done)).toEqual([]);
});

test('row 146: the own clock follows the person into another zone', async () => {
  const here = await team(moim, { ...long(moim), title: 'Travel' });
  const { member } = here;
  await choose(member, here, { times: ['21:00'] });
  await moim.settle();
  await member.patch('/v1/accounts/me', { timeZone: 'Europe/Berlin' });
  await moim.settle();
  await runAt(moim, '03-03 20:10');

  // 21:00 in Berlin is 05:00 of the next day in Seoul. It is still the same day there as for the group: none was missed.
  expect(await nextLook(moim, member)).toEqual(['2026-03-03T20:00:00.000Z']);
  await runAt(moim, '03-04 05:00');
  expect(await firstLines(moim, member)).toEqual(['Left for today: Travel.']);
});

test('rows 146, 137: a time before the day of the group begins belongs to the evening before', async () => {
  const leader = await someone(moim, 'night leader');
  const [night, slept] = (await crowd(moim, 2)) as [Person, Person];
  const here = await found(leader, { ...long(moim), title: 'Night', dayStart: '04:00' }, night, slept);
  // Wednesdays only: 01:30 on the clock of Thursday.
  for (const person of [night, slept]) await choose(person, here, { times: ['01:30'], weekdays: [3] });
  await runAt(moim, '03-11 01:30');
  await at(moim, seoul('03-12 01:00'));
  await certified(moim, slept, here);
  await runAt(moim, '03-12 01:30');

  expect(await firstLines(moim, night)).toEqual(['Left for today: Night.']);
  expect((await remindersOf(moim, night))[0]!.createdAt).toBe('2026-03-11T16:30:00.000Z');
  expect(await remindersOf(moim, slept)).toEqual([]);
});

test('row 146: two times within ten minutes are one notice, and a mission without own times comes along', async () => {
  const leader = await someone(moim, 'merging leader');
  const member = await someone(moim, 'merging');
  const first = await found(leader, { ...long(moim), title: 'First' }, member);
  const second = await mission(moim, leader, first, { kind: 'REPEAT', title: 'Second', frequency: { every: 'DAY' } });
  await choose(member, first, { times: ['20:05'] });
  await runAt(moim, '03-12 20:00');
  await runAt(moim, '03-12 20:05');
  await choose(member, { ...first, missionId: second }, { times: ['07:10'] });
  await choose(member, first, { times: ['07:17'] });
  await runAt(moim, '03-13 07:10');
  await runAt(moim, '03-13 07:17');
  await runAt(moim, '03-13 20:00');

  expect(await firstLines(moim, member)).toEqual([
    'Left for today: First, Second (First).',
    'Left for today: Second (First), First.',
  ]);
});

test('row 146: 02:30 on the night when the clocks of New York go back', async () => {
  const leader = await someone(moim, 'clock leader');
  const member = await someone(moim, 'clock');
  await member.patch('/v1/accounts/me', { timeZone: 'America/New_York' });
  const zone = { ...long(moim), timeZone: 'America/New_York', title: 'Clock' };
  const here = await found(leader, zone, member);
  await choose(member, here, { times: ['02:30'] });
  // By the clock of New York it is Friday the 13th: the clocks are set back on the first of November.
  await at(moim, '2026-10-31T12:00:00Z');
  await tick(moim);
  expect(await nextLook(moim, member)).toEqual(['2026-11-01T07:30:00.000Z']);
  await at(moim, '2026-11-01T07:30:00Z');
  await tick(moim);
  expect(await nextLook(moim, member)).toEqual(['2026-11-02T07:30:00.000Z']);
});

test('the same request with one key is answered once', async () => {
  const here = await team(moim, long(moim));
  const again = key();
  const replies = await Promise.all([1, 2].map(() => choose(here.member, here, { times: ['07:10'] }, again)));

  expect(replies.map(outcome)).toEqual([200, 200]);
  expect(await own(here.member)).toHaveLength(1);
});

test('row 146: a sentence alone comes with the reminder of 20:00', async () => {
  const here = await team(moim, { ...long(moim), title: 'Words' });
  await choose(here.member, here, { times: [], sentence: 'after dinner' });
  await runAt(moim, '11-03 20:00');

  expect((await remindersOf(moim, here.member)).map(({ text }) => text.split('\n').slice(0, 2))).toEqual([
    ['Left for today: Words.', 'Words: “after dinner”'],
  ]);
});

test('row 146: weekdays alone keep 20:00 for those days: they are listed, and no other day is reminded of', async () => {
  const here = await team(moim, { ...long(moim), title: 'Days' });
  const chosen = await choose(here.member, here, { times: [], weekdays: [4, 2] });
  const listed = await own(here.member);
  // From Monday to Thursday.
  for (const day of ['11-09', '11-10', '11-11', '11-12']) await runAt(moim, `${day} 20:00`);
  const days = (await remindersOf(moim, here.member)).map(({ createdAt }) => createdAt.slice(0, 10));

  expect(chosen.body).toMatchObject({ times: [], weekdays: [2, 4], sentence: null });
  expect(listed).toEqual([chosen.body]);
  expect(days).toEqual(['2026-11-10', '2026-11-12']);
});
