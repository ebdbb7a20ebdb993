/** Midnight and Monday on the clocks of groups, also in nights on which these are changed. */
import { addDays, instantOf, iso, isoWeek, startOfDay } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

/** Each with a Sunday: of 23 hours; that has no midnight; of 24 hours and a half; and a plain one. */
test.each([
  ['America/New_York', '2026-03-08', 23],
  ['Asia/Beirut', '2026-03-29', 23],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['Asia/Seoul', '2026-04-12', 24],
])('rows 51-61: in %s a day ends at its midnight and a week on its Sunday night (%s)', async (zone, sunday, hours) => {
  const [saturday, monday] = [addDays(sunday, -1), addDays(sunday, 1)];
  await at(moim, iso(instantOf(saturday, '12:00', zone)));
  const [leader, a, b, c] = (await crowd(moim, 4)) as [Person, Person, Person, Person];
  const days = { startDate: saturday, endDate: addDays(sunday, 60), timeZone: zone, approval: 'AUTO' };
  const group = await found(leader, days, a, b, c);
  const wish = { kind: 'REPEAT', title: 'Read', way: 'TEXT', frequency: { every: 'DAY' } };
  const { body } = await leader.post(`${group.path}/missions`, wish);
  const one = `${group.path}/missions/${body.id}`;
  const certify = async (who: Person) => {
    const reply = await who.post(`${one}/certifications`, { text: 'Done' });
    return reply.status === 201 ? reply.body.day : outcome(reply);
  };
  const [begin, end] = [startOfDay(sunday, zone), startOfDay(monday, zone)];
  const now = (ms: number) => at(moim, iso(ms), leader, a, b, c);

  await moim.settle();
  await now(instantOf(saturday, '20:00', zone));
  await tick(moim);
  await now(begin - 1000);
  const came = [await certify(a)];
  await now(begin);
  came.push(await certify(b));
  // What was done a second ago was for yesterday.
  const mine = (await a.get(one)).body.mine;
  await now(instantOf(sunday, '20:00', zone));
  await moim.settle();
  await tick(moim);
  await now(end - 9000);
  came.push(await certify(a));
  await now(end - 1000);
  came.push(await certify(b));
  const nudge = outcome(await leader.post(`${one}/nudges`, { to: c.id }));
  const skip = outcome(await c.post(`${one}/skips`, { reason: 'Ill' }));
  await now(end);
  came.push(await certify(b));
  const after = [(await c.get(one)).body.mine, (await a.get(one)).body.mine];
  await moim.settle();
  const { series } = (await b.get(`${group.path}/progress/${b.id}`)).body;
  const reminded = (await itemsOf(moim, 'Notification', { accountId: c.id })).filter(
    ({ notice }) => notice === 'REMIND_DAILY',
  );
  const weeks = await itemsOf(moim, 'MissionWeek', { accountId: b.id, missionId: body.id });

  expect((end - begin) / 3_600_000).toBe(hours);
  expect(came).toEqual([saturday, sunday, sunday, 'CERTIFICATION_LIMIT', monday]);
  expect([mine, nudge, skip, ...after]).toEqual(['TODO', 201, 201, 'TODO', 'TODO']);
  expect(weeks.map(({ week, total }) => [week, total]).toSorted()).toEqual([
    [isoWeek(sunday), 1],
    [isoWeek(monday), 1],
  ]);
  expect(series.map(({ week }: { week: string }) => week)).toEqual([isoWeek(sunday), isoWeek(monday)]);
  expect(reminded.map(({ createdAt }) => createdAt).toSorted()).toEqual(
    [saturday, sunday].map((day) => iso(instantOf(day, '20:00', zone))),
  );
});
