/** Row 161 from outside: a brick counts in one week, once for ever, whatever becomes of its certification. */
import { closingOf, nextWeek, weekOf } from '../../../functions/activity/leagues/rules.ts';
import { addDays, dayMs } from '../../../shared/core/time.ts';
import type { Person } from '../../support/moim.ts';
import { useMoim } from '../../support/moim.ts';
import { at, minute } from '../../support/people.ts';
import { itemsOf, put } from '../../support/table.ts';
import { join, lay, layers } from './support.ts';

const moim = useMoim();

/** The tests' clock begins on Monday 2026-03-02 at noon in Seoul. */
const weeks = ['2026-03-02', '2026-03-09', '2026-03-16'] as const;
const pointsOf = (who: Person) =>
  Promise.all(weeks.map(async (week) => (await who.get(`/v1/leagues/me?week=${week}`)).body.points ?? 0));

test('rows 54, 67, 161: edited, denied and approved again after its week, a brick counts in the week of the first time alone', async () => {
  const here = await layers(moim, 1);
  const [ann] = here.people as [Person];
  const all = [here.leader, ann];
  await join(ann);
  const judged = { kind: 'ONCE', title: 'Read', way: 'TEXT', approval: 'LEADER' };
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) {
    const mission = (await here.leader.post(`${here.path}/missions`, judged)).body.id;
    ids.push(await lay(moim, ann, `${here.path}/missions/${mission}/certifications`));
    await moim.clock.advance(5000);
  }
  const one = (n: number) => `${here.path}/certifications/${ids[n]}`;
  const act = async (what: Promise<{ status: number }>) => expect((await what).status).toBe(200);
  const edit = (n: number) => act(ann.patch(one(n), { text: `Again ${moim.clock.now()}` }));
  const approve = (n: number) => act(here.leader.post(`${one(n)}/approve`));
  const several = (...of: number[]) =>
    act(
      here.leader.post(`${here.path}/certifications/decisions`, {
        ids: of.map((n) => ids[n]),
        decision: 'APPROVED',
      }),
    );
  await approve(0);
  await approve(1);
  await several(2);
  // As it was written before certifications kept when their brick was first laid.
  const old = (await itemsOf(moim, 'Certification', { certificationId: ids[2]! }))[0]!;
  const { laidAt: _, ...before } = old;
  await put(moim, 'Certification', before as typeof old);
  // In the same week it counts again; the last one has waited all the time.
  await edit(0);
  await approve(0);
  await minute(moim);
  await at(moim, '2026-03-08T20:10:00.000Z', ...all);
  await minute(moim);
  const seen = [await pointsOf(ann)];

  await edit(0);
  await approve(0);
  await edit(1);
  await act(here.leader.post(`${one(1)}/deny`, { reason: 'Blurred' }));
  await minute(moim);
  await edit(2);
  await several(1, 2, 3);
  await minute(moim);
  seen.push(await pointsOf(ann));
  await at(moim, '2026-03-15T20:10:00.000Z', ...all);
  await minute(moim);
  for (const n of [0, 1, 2, 3]) {
    await edit(n);
    await approve(n);
  }
  await minute(moim);
  seen.push(await pointsOf(ann));

  expect(seen).toEqual([
    [3, 0, 0],
    [3, 1, 0],
    [3, 1, 0],
  ]);
  expect((await ann.get('/v1/accounts/me')).body.bricks).toBe(4);
});

test('rows 57, 137, 161: deleted and made up for in the next week, a brick of a repeated mission counts in no second week', async () => {
  const here = await layers(moim, 1, { makeUps: 3 });
  const [ann] = here.people as [Person];
  const all = [here.leader, ann];
  await join(ann);
  const madeUp = async (makeUpFor: string) => {
    const { status, body } = await ann.post(here.to, { text: 'Ran', makeUpFor });
    expect([status, body.code]).toEqual([201, undefined]);
    expect((await here.leader.post(`${here.path}/certifications/${body.id}/approve`)).status).toBe(200);
  };
  const week = weekOf(moim.clock.now());
  const [friday, saturday, sunday] = [addDays(week, 4), addDays(week, 5), addDays(week, 6)];
  const points = () =>
    Promise.all(
      [week, nextWeek(week)].map(async (of) => (await ann.get(`/v1/leagues/me?week=${of}`)).body.points ?? 0),
    );
  const laid: string[] = [];
  for (const day of [saturday, sunday]) {
    await at(moim, `${day}T03:00:00.000Z`, ...all);
    laid.push(await lay(moim, ann, here.to));
  }
  await at(moim, new Date(closingOf(week)).toISOString(), ...all);
  await minute(moim);
  const seen = [await points()];
  for (const id of laid) expect((await here.leader.delete(`${here.path}/certifications/${id}`)).status).toBe(204);
  // Friday had no brick: what is made up takes the place of a deleted one. The third one is new.
  for (const day of [sunday, friday, saturday]) {
    await madeUp(day);
    await moim.clock.advance(5000);
    await minute(moim);
    seen.push(await points());
  }

  expect(seen).toEqual([
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 1],
  ]);
  expect((await ann.get('/v1/accounts/me')).body.bricks).toBe(3);
});

test('row 161: deleted and sent again on the same day of a group in New York, a brick counts in no second week', async () => {
  const here = await layers(moim, 1, { timeZone: 'America/New_York' });
  const [ann] = here.people as [Person];
  const all = [here.leader, ann];
  await join(ann);
  const sunday = nextWeek(nextWeek(weekOf(moim.clock.now())));
  const turn = Date.parse(`${sunday}T20:00:00.000Z`) - dayMs;
  const points = async (week: string) => (await ann.get(`/v1/leagues/me?week=${week}`)).body.points ?? 0;
  const ids: string[] = [];
  await at(moim, new Date(turn - 20_000).toISOString(), ...all);
  for (let n = 0; n < 2; n++) {
    ids.push(await lay(moim, ann, here.to));
    await moim.clock.advance(5000);
  }
  await at(moim, new Date(turn + 10_000).toISOString(), ...all);
  for (const id of ids) expect((await ann.delete(`${here.path}/certifications/${id}`)).status).toBe(204);
  await lay(moim, ann, here.to, 3);
  await minute(moim);

  expect([await points(weekOf(turn - 1)), await points(weekOf(turn))]).toEqual([2, 1]);
});

test('rows 57, 161: deleted and sent again, the brick of a mission that is done once counts in the week of the first time alone', async () => {
  const here = await layers(moim, 1);
  const [ann] = here.people as [Person];
  await join(ann);
  const alone = { kind: 'ONCE', title: 'Sign up', way: 'TEXT', approval: 'AUTO' };
  const mission = (await here.leader.post(`${here.path}/missions`, alone)).body.id;
  const to = `${here.path}/missions/${mission}/certifications`;
  const start = weekOf(moim.clock.now());
  const points = async (week: string) => (await ann.get(`/v1/leagues/me?week=${week}`)).body.points ?? 0;
  let id = await lay(moim, ann, to);
  await minute(moim);
  const seen = [await points(start)];
  for (let n = 0, week = start; n < 2; n++) {
    week = nextWeek(week);
    await at(moim, new Date(closingOf(start) + n * 7 * dayMs).toISOString(), here.leader, ann);
    await minute(moim);
    expect((await ann.delete(`${here.path}/certifications/${id}`)).status).toBe(204);
    id = await lay(moim, ann, to);
    await minute(moim);
    seen.push(await points(week), await points(start));
  }

  expect(seen).toEqual([1, 0, 1, 0, 1]);
  expect((await ann.get('/v1/accounts/me')).body.bricks).toBe(1);
});
