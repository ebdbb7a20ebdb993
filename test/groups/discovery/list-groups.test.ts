import { challenge, monday, useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { idsOf, outcome, pagesOf } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';

const moim = useMoim({ lists: true });

test('rows 33, 37: a guest pages through twenty-three groups, newest first, none twice and none skipped', async () => {
  const [ari] = await crowd(moim, 1);
  const founded: string[] = [];
  for (let i = 0; i < 23; i++) {
    // Groups of one millisecond have to be told apart as well.
    if (i % 5 === 0) await moim.clock.advance(1);
    founded.push((await ari!.post('/v1/groups', challenge())).body.id);
  }
  await moim.settle();

  const pages = await pagesOf(moim.guest, '/v1/groups', 10);
  const bySevens = await pagesOf(moim.guest, '/v1/groups', 7);

  const listed = idsOf(pages);
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 3]);
  expect(new Set(listed)).toEqual(new Set(founded));
  expect(listed).toHaveLength(23);
  expect(idsOf(bySevens)).toEqual(listed);
  // Ids of a later millisecond sort later: newest first is the reverse.
  expect(listed.map((id) => id.slice(0, 13))).toEqual(
    listed
      .map((id) => id.slice(0, 13))
      .sort()
      .reverse(),
  );
});

test('one founded while somebody pages changes nothing of what is still to come', async () => {
  const [ari] = await crowd(moim, 1);
  const first = await moim.guest.get('/v1/groups?limit=10');
  await moim.clock.advance(1);
  const { groupId } = await found(ari!);
  await moim.settle();

  const second = await moim.guest.get(`/v1/groups?limit=10&cursor=${first.body.nextCursor}`);

  const seen = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
  expect(seen).not.toContain(groupId);
  expect(new Set(seen).size).toBe(20);
});

test('a cursor that is broken, of another list or of another account is refused, as are wrong limits', async () => {
  const [ari, bora] = await crowd(moim, 2);
  await found(ari!);
  await found(ari!);
  await moim.settle();
  const { body: page } = await moim.guest.get('/v1/groups?limit=1');
  const { body: own } = await ari!.get('/v1/accounts/me/groups?limit=1');
  const list = (query: string) => moim.guest.get(`/v1/groups?${query}`);

  const refused = [
    await list(`cursor=${page.nextCursor.slice(0, -2)}`),
    await list('cursor=bm9uc2Vuc2U'),
    await list(`cursor=${own.nextCursor}`),
    await bora!.get(`/v1/accounts/me/groups?cursor=${own.nextCursor}`),
    await list(`cursor=${'A'.repeat(1025)}`),
    await list('limit=0'),
    await list('limit=51'),
    await list('limit=many'),
    await list('kind=GANG'),
    await list(`text=${'x'.repeat(51)}`),
    await list('text=%20'),
    await list('tag=WHATEVER'),
    await list(`cursor=${'A'.repeat(4097)}`),
    await list('sort=BEST'),
  ];

  expect(refused.map(outcome)).toEqual([...Array(5).fill('INVALID_CURSOR'), ...Array(9).fill('INVALID_REQUEST')]);
  expect(refused.at(-1)!.body.errors[0].pointer).toBe('query/sort');
});

test('row 37: nothing of a group in lists or alone tells who is in it', async () => {
  await moim.clock.advance(1);
  const ari = await someone(moim, 'ari');
  const { groupId, path } = await found(ari);
  await moim.settle();

  const [list, detail, members] = [
    await moim.guest.get('/v1/groups?limit=1'),
    await moim.guest.get(path),
    await moim.guest.get(`${path}/members`),
  ];

  // Its files come with it alone.
  expect({ ...list.body.items[0], files: [] }).toEqual(detail.body);
  expect(detail.body.id).toBe(groupId);
  expect(JSON.stringify(detail.body)).not.toContain(ari.id);
  expect(members.status).toBe(401);
});

test('rows 32, 41: a full group leaves the list at once and is in progress, one that is over leaves it next day', async () => {
  const [leader, member] = [await someone(moim, 'bora'), await someone(moim, 'chaewon')];
  const full = await found(leader, { capacity: 2, startDate: '2026-03-10' });
  const over = await found(leader, { startDate: '2026-03-02', endDate: '2026-03-02' });
  const later = await found(leader, { startDate: '2026-03-05' });
  await moim.settle();
  const offered = async () =>
    idsOf(await pagesOf(moim.guest, '/v1/groups', 50)).filter((id) =>
      [full, over, later].some((group) => group.groupId === id),
    );
  const statuses = async () =>
    Promise.all([full, over, later].map(async ({ path }) => (await moim.guest.get(path)).body.status));

  const before = [await statuses(), (await offered()).length];
  await member.post(`${full.path}/members`);
  const filled = [await statuses(), await offered()];
  await at(moim, '2026-03-02T15:00:00Z', leader);
  const nextDay = [await statuses(), await offered()];
  await at(moim, '2026-03-04T15:00:00Z', leader);
  const started = await statuses();

  expect(moim.clock.now()).toBeGreaterThan(monday);
  expect(before).toEqual([['RECRUITING', 'IN_PROGRESS', 'RECRUITING'], 3]);
  expect(filled).toEqual([
    ['IN_PROGRESS', 'IN_PROGRESS', 'RECRUITING'],
    // Founded in the same millisecond.
    [later.groupId, over.groupId].sort(),
  ]);
  expect(nextDay).toEqual([['IN_PROGRESS', 'FINISHED', 'RECRUITING'], [later.groupId]]);
  expect(started).toEqual(['IN_PROGRESS', 'FINISHED', 'IN_PROGRESS']);
});
