/** Row 96: seasons that never overlap, and their weeks. */
import { type Person, useMoim } from '../../support/moim.ts';
import { outcome, tally } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { climbers, on } from '../rankings/support.ts';

const moim = useMoim();

async function scene() {
  const club = await climbers(moim, 2);
  const [manager, member] = club.people as [Person, Person];
  await club.leader.send('PUT', `${club.path}/members/${manager.id}/role`, { body: { role: 'MANAGER' } });
  const make = (who: Person, startDate: string, endDate: string, name = 'Spring') =>
    who.post(`${club.path}/seasons`, { name, startDate, endDate });
  const list = async () => (await member.get(`${club.path}/seasons`)).body;
  return { ...club, manager, member, make, list };
}

test('row 96: leaders and managers make seasons without a shared day, also of several at once; weeks count from the first day', async () => {
  const { leader, manager, member, make, list, path } = await scene();

  const race = await Promise.all([
    make(leader, '2026-04-02', '2026-05-01'),
    make(manager, '2026-05-01', '2026-06-30'),
    make(leader, '2026-03-10', '2026-04-02'),
    make(member, '2026-08-01', '2026-08-31'),
  ]);
  const made = race.find(({ status }) => status === 201)!.body;
  const other = await make(manager, '2027-01-01', '2028-01-06', 'Year');
  const refused = [
    await make(leader, '2026-03-01', '2026-03-05'),
    await make(leader, '2026-09-02', '2026-09-01'),
    await make(leader, '2028-02-01', '2029-02-06'),
    await make(leader, made.startDate, made.startDate),
  ];
  const noClub = await found(leader);

  expect(tally(race)).toEqual({ 201: 1, SEASON_OVERLAP: 2, NOT_FOUND: 1 });
  expect([other.body.weeks, other.body.state]).toEqual([53, 'UPCOMING']);
  expect(refused.map(({ body }) => body.errors?.[0].pointer ?? body.code)).toEqual([
    ...['/startDate', '/endDate', '/endDate', 'SEASON_OVERLAP'],
  ]);
  expect((await list()).items.map(({ id }: { id: string }) => id)).toEqual([made.id, other.body.id]);
  expect((await list()).current).toBeNull();
  expect(outcome(await leader.get(`${noClub.path}/seasons`))).toBe('NOT_APPLICABLE');
  expect(
    outcome(await leader.patch(`${path}/seasons/${other.body.id}`, { startDate: made.endDate, endDate: '2026-12-31' })),
  ).toBe('SEASON_OVERLAP');
  await leader.patch(`${path}/seasons/${made.id}`, { name: 'Another name' });
  expect((await list()).items[0].name).toBe('Another name');
});

test('row 96: the current week is that of the day of the group; a zone never changes; the first day is fixed a day before', async () => {
  const { leader, member, make, list, path } = await scene();
  const { body } = await make(leader, '2026-03-19', '2026-04-11');
  const one = `${path}/seasons/${body.id}`;
  const edit = async (changes: object) => {
    const reply = await leader.patch(one, changes);
    return reply.body.errors?.[0].pointer ?? outcome(reply);
  };
  const current = async (instant: string) => {
    await on(moim, instant, leader, member);
    return (await list()).current?.week ?? null;
  };

  const days = await make(leader, '2026-03-18', '2026-03-18');
  expect(days.status).toBe(201);
  expect(await edit({ startDate: '2026-03-20' })).toBe(200);
  expect(await edit({ startDate: '2026-03-19' })).toBe(200);
  expect(await edit({ startDate: '2026-03-18' })).toBe('SEASON_OVERLAP');
  expect(outcome(await leader.patch(path, { timeZone: 'America/New_York' }))).toBe('INVALID_REQUEST');
  // From midnight in Seoul on: 15:00 in UTC.
  expect(await current('2026-03-18T14:59:59Z')).toBe(1);
  expect((await list()).current.seasonId).toBe(days.body.id);
  expect(await edit({ startDate: '2026-03-25' })).toBe('/startDate');
  expect(await current('2026-03-18T15:00:00Z')).toBe(1);
  expect((await list()).current.seasonId).toBe(body.id);
  expect(await current('2026-03-25T15:00:00Z')).toBe(2);
  expect(await edit({ endDate: '2026-03-26' })).toBe('/endDate');
  expect(await edit({ endDate: '2026-03-27' })).toBe(200);
  expect(await edit({ endDate: '2026-04-15' })).toBe(200);
  expect(await current('2026-04-15T14:59:59Z')).toBe(4);
  expect(await current('2026-04-15T15:00:00Z')).toBeNull();
  expect(await edit({ endDate: '2026-04-30' })).toBe('/endDate');
  expect(await edit({ name: 'Over' })).toBe(200);
  // A day that begins at 04:00 ends a season later.
  await make(leader, '2026-04-20', '2026-04-25');
  await leader.patch(path, { dayStart: '04:00' });
  expect(await current('2026-04-25T18:59:00Z')).toBe(1);
  expect(await current('2026-04-25T19:00:00Z')).toBeNull();
});
