/** The acceptance list of reminders, each point as somebody outside sees it: by HTTP, with the clock of the door. */
import { addDays } from '../../shared/core/time.ts';
import { founded, said, useOutside, type Visitor } from './outside.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test names the fields it expects, and fails where they are not
type Json = any;

const moim = useOutside();
const newYork = 'America/New_York';
const daily = { kind: 'REPEAT', frequency: { every: 'DAY' } };

/** The next day in the morning, people of whom nobody has been reminded yet, and their groups. */
async function morning(people: number, titles: readonly string[], more: object = {}) {
  const day = await moim.day(1);
  await moim.at(day, '10:00');
  const [leader, ...members] = (await moim.crowd(people)) as [Visitor, ...Visitor[]];
  const groups = [];
  for (const title of titles) groups.push(await founded(moim, leader, members, { title, ...more }));
  return { day, leader, members, groups };
}
/** What somebody was reminded of: the first lines, oldest first. */
const reminders = async (who: Visitor, type = 'REMIND'): Promise<string[]> => {
  await moim.settled();
  const { items } = (await who.get('/v1/notifications?limit=50')).body;
  return items
    .filter((each: Json) => each.type.startsWith(type))
    .map(({ text }: Json) => text.split('\n')[0])
    .toReversed();
};
const fault = (more: object) => moim.ask('POST /faults', { kind: 'error500', times: 1000, ...more });

test('1: one reminder names both groups; what is done by the moment of sending is not named; all done is none', async () => {
  const { day, members, groups } = await morning(4, ['One', 'Two']);
  const [none, first, both] = members as [Visitor, Visitor, Visitor];
  const [a, b] = groups as [(typeof groups)[0], (typeof groups)[0]];
  const [ofA, ofB] = [await a.mission({ ...daily, title: 'Read' }), await b.mission({ ...daily, title: 'Run' })];
  await moim.at(day, '19:59');
  // The minute's run comes late, as it would after an outage.
  await fault({ operation: 'Query', entity: 'Due' });
  await moim.at(day, '20:03').catch(() => {});
  for (const [who, here, one] of [
    [first, a, ofA],
    [both, a, ofA],
    [both, b, ofB],
  ] as const)
    expect(said(await here.certify(who, one))).toBe(201);
  const before = await reminders(none);
  await moim.ask('DELETE /faults');
  await moim.at(day, '20:05');

  expect(before).toEqual([]);
  expect(await Promise.all([none, first, both].map((who) => reminders(who)))).toEqual([
    ['Left for today: Run (Two), Read (One).'],
    ['Left for today: Run (Two).'],
    [],
  ]);
});

test('2: the minute of 20:00 twice at once, with a commit whose answer is lost, and with a power cut after it: one reminder', async () => {
  const { day, leader, members, groups } = await morning(3, ['Faults']);
  await groups[0]!.mission({ ...daily, title: 'Read' });
  const people = [leader, ...members] as [Visitor, Visitor, Visitor];
  await moim.at(day, '19:59');
  await moim.ask('POST /faults', {
    kind: 'timeoutAfter',
    operation: 'TransactWriteItems',
    entity: 'Reminding',
    contains: people[0].id,
    times: 3,
  });
  await moim.ask('POST /faults', {
    kind: 'timeoutBefore',
    operation: 'TransactWriteItems',
    entity: 'Reminding',
    contains: people[1].id,
    times: 3,
  });
  await moim.ask('POST /power', {
    operation: 'TransactWriteItems',
    entity: 'Reminding',
    contains: people[2].id,
    when: 'after',
  });
  // The process ends on the way.
  await moim.at(day, '20:00').catch(() => {});
  await moim.restart();
  const at = new Date(await moim.now()).toISOString();
  await Promise.all([1, 2].map(() => moim.ask('POST /jobs', { feature: 'minute', job: 'tick', at })));
  for (const minute of ['20:02', '20:05', '20:10']) await moim.at(day, minute);
  await moim.ask('POST /streams', { redeliver: 100, shuffle: true });

  expect(await Promise.all(people.map((who) => reminders(who)))).toEqual(
    people.map(() => ['Left for today: Read (Faults).']),
  );
});

test('3: in quiet hours the reminder is in the inbox (that no device buzzes then: talking/notifications/gates.test.ts)', async () => {
  const { day, members, groups } = await morning(2, ['Quiet']);
  await groups[0]!.mission({ ...daily, title: 'Read' });
  const [who] = members as [Visitor];
  const set = await who.patch('/v1/accounts/me/notification-settings', { quietHours: { from: '19:00', to: '21:00' } });
  await moim.at(day, '20:00');

  expect(said(set)).toBe(200);
  expect(await reminders(who)).toEqual(['Left for today: Read (Quiet).']);
});

test('4: who lives in Seoul is reminded of a group in New York at 20:00 in New York', async () => {
  const { day, members, groups } = await morning(2, ['Far'], { timeZone: newYork });
  await groups[0]!.mission({ ...daily, title: 'Read' });
  const [who] = members as [Visitor];
  await moim.at(day, '20:01');
  const atHome = await reminders(who);
  // In the morning in Seoul it is the evening of the day before there.
  await moim.at(day, '19:59', newYork);
  const before = await reminders(who);
  await moim.at(day, '20:00', newYork);

  expect([atHome, before]).toEqual([[], []]);
  expect(await reminders(who)).toEqual(['Left for today: Read (Far).']);
});

test('5: who has skipped today, or is excused, is not reminded', async () => {
  const { day, members, groups } = await morning(4, ['Rest']);
  const [here] = groups;
  const one = await here!.mission({ ...daily, title: 'Read' });
  const [open, skips, rests] = members as [Visitor, Visitor, Visitor];
  expect(said(await skips.post(`${one}/skips`, { reason: 'Ill' }))).toBe(201);
  expect(said(await rests.post(`${here!.path}/excuses`, { from: day, until: day, reason: 'Travelling' }))).toBe(201);
  await moim.at(day, '20:00');

  expect((await Promise.all([open, skips, rests].map((who) => reminders(who)))).map(({ length }) => length)).toEqual([
    1, 0, 0,
  ]);
});

test('6: the day before and the day of the end only to who has not done it, once each though each minute looks', async () => {
  const { day, members, groups } = await morning(4, ['Once']);
  const [here] = groups;
  const one = await here!.mission({ title: 'Essay', dueAt: `${addDays(day, 2)}T13:00:00.000Z` });
  const [open, done, between] = members as [Visitor, Visitor, Visitor];
  expect(said(await here!.certify(done, one))).toBe(201);
  for (const at of ['05:59', '06:00', '06:01', '06:02']) await moim.at(addDays(day, 1), at);
  const eve = await Promise.all([open, done, between].map((who) => reminders(who, 'REMIND_D1')));
  expect(said(await here!.certify(between, one))).toBe(201);
  for (const at of ['11:59', '12:00', '12:01', '12:02']) await moim.at(addDays(day, 2), at);
  const last = await Promise.all([open, done, between].map((who) => reminders(who, 'REMIND_DDAY')));

  expect(eve).toEqual([['Due tomorrow: Essay (Once).'], [], ['Due tomorrow: Essay (Once).']]);
  expect(last).toEqual([['Due today: Essay (Once).'], [], []]);
});
