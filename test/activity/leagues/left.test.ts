/** Row 161 from outside: what is shown of who has left or is suspended, and what still counts of them. */
import { type Person, useMoim } from '../../support/moim.ts';
import { administer, at, become, minute, renew, someone } from '../../support/people.ts';
import { itemsOf } from '../../support/table.ts';
import { join, lay, layers, league, leave } from './support.ts';

const moim = useMoim();

/** The tests' clock begins on Monday 2026-03-02 at noon in Seoul. */
test('row 161: in weeks that are over, who leaves or is suspended stays an animal; who leaves before the closing keeps the row', async () => {
  const here = await layers(moim, 5);
  const [ann, ben, cho, dan, eve] = here.people as [Person, Person, Person, Person, Person];
  const all = [here.leader, ...here.people];
  for (const who of [ann, cho, dan, eve]) await join(who, 'NICKNAME');
  await join(ben, 'ANIMAL');
  // Rows are told apart by their bricks.
  const last = await lay(moim, ann, here.to, 7);
  for (const [who, bricks] of [[ben, 5] as const, [cho, 4] as const, [dan, 3] as const, [eve, 2] as const])
    await lay(moim, who, here.to, bricks);
  await minute(moim);
  const rows = async (week = '&week=2026-03-02') => {
    const { items } = await league(here.leader, week);
    return items.map(({ points, name, animal }: { points: number; name: string; animal: string | null }) => ({
      ...{ points, name, animal },
    }));
  };
  const named = (points: number, { nickname }: Person) => ({ points, name: nickname, animal: null });
  const beast = (points: number) => ({ points, name: expect.stringContaining(' '), animal: expect.any(String) });
  const open = await rows();
  expect(open).toEqual([named(7, ann), beast(5), named(4, cho), named(3, dan), named(2, eve)]);

  // On Sunday dan leaves: he is off. On Monday, before the closing, ann leaves, and eve leaves and comes back.
  await leave(dan);
  await at(moim, '2026-03-08T20:00:30.000Z', ...all);
  for (const who of [ann, eve]) await leave(who);
  await minute(moim);
  await join(eve, 'NICKNAME');
  await join(dan, 'NICKNAME');
  await here.leader.delete(`${here.path}/certifications/${last}`);
  await minute(moim);
  expect(moim.clock.now()).toBeLessThan(Date.parse('2026-03-08T20:10:00Z'));
  await at(moim, '2026-03-08T20:10:00.000Z', ...all);
  await minute(moim);
  const closed = await rows();
  expect((await league(here.leader, '&week=2026-03-02')).state).toBe('FINAL');
  // Her nickname was shown in that week; what was struck before the closing does not count for her either.
  expect(closed).toEqual([beast(6), open[1], named(4, cho), beast(2)]);

  // In the next week: nothing counts of who is out, nobody's row of the last week tells more than before.
  await leave(ben);
  await become(moim, cho, 'SUSPENDED');
  const gone = [closed[0], closed[1], beast(4), closed[3]];
  expect(await rows()).toEqual(gone);
  await lay(moim, ben, here.to);
  await minute(moim);
  expect(await itemsOf(moim, 'ScoreMark')).toEqual([]);
  expect(await rows('')).toEqual([]);
  const { body } = await ben.get('/v1/accounts/me/league');
  expect([body.takesPart, (await league(ben)).me]).toEqual([false, { takesPart: false, rank: null, points: 0 }]);
  await become(moim, cho, 'ACTIVE');
  await renew(moim, cho);
  for (const who of [ann, ben]) await join(who, 'NICKNAME');
  await minute(moim);
  expect(await rows()).toEqual(closed);
  expect(await rows('')).toEqual([named(1, ben)]);
  // Who was out at the end of a week is counted from the week of coming back.
  const since = async (who: Person) => (await itemsOf(moim, 'LeagueMember', { accountId: who.id }))[0]?.since;
  expect([await since(ben), await since(dan)]).toEqual(['2026-03-02', '2026-03-09']);
});

test('rows 161, 162: who is suspended between the end of a week and its closing keeps the row of the week that is over', async () => {
  const here = await layers(moim, 2);
  const [ann, ben] = here.people as [Person, Person];
  const admin = await someone(moim);
  const all = [here.leader, ann, ben];
  for (const who of [ann, ben]) await join(who, 'NICKNAME');
  // A week of their own.
  await at(moim, (await league(here.leader)).endsAt, ...all, admin);
  const week = (await league(here.leader)).week as string;
  const end = Date.parse((await league(here.leader)).endsAt);
  await lay(moim, ann, here.to, 3);
  await lay(moim, ben, here.to, 2);
  await minute(moim);
  const points = async (of = `&week=${week}`) =>
    (await league(here.leader, of)).items.map((row: { points: number; animal: string | null }) => [
      row.points,
      row.animal !== null,
    ]);
  const suspend = async (who: Person, hours: number) => {
    const until = new Date(moim.clock.now() + hours * 3_600_000).toISOString();
    const path = `/v1/admin/accounts/${who.id}/suspension`;
    expect((await admin.send('PUT', path, { body: { reason: 'Spam', until } })).status).toBe(200);
  };
  // Ben is suspended before the week ends: he is on no board until he may go on.
  await administer(moim, admin);
  await suspend(ben, 240);
  await minute(moim);
  const before = await points();

  await at(moim, new Date(end + 30_000).toISOString(), here.leader, ann, admin);
  await lay(moim, ann, here.to);
  await minute(moim);
  await suspend(ann, 1);
  // Made longer, it began when it began.
  await suspend(ben, 300);
  await suspend(ann, 2);
  await minute(moim);
  expect(moim.clock.now()).toBeLessThan(end + 600_000);
  const counting = [await points(), await points('')];
  await at(moim, new Date(end + 600_000).toISOString(), here.leader);
  await minute(moim);
  const closed = await league(here.leader, `&week=${week}`);

  expect([before, counting]).toEqual([[[3, false]], [[[3, true]], []]]);
  expect([closed.state, await points()]).toEqual(['FINAL', [[3, true]]]);
  // Once it is lifted, this week counts what was laid in it.
  await at(moim, new Date(end + 3 * 3_600_000).toISOString(), ...all.filter((who) => who !== ben));
  for (let n = 0; n < 2; n++) await minute(moim);
  expect([await points(), await points('')]).toEqual([[[3, false]], [[1, false]]]);
});
