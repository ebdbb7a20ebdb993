import { marshall } from '@aws-sdk/util-dynamodb';
import { keyOf } from '../../../shared/data/keys.ts';
import { useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { idsOf, outcome, pagesOf } from '../../support/replies.ts';
import { found, leave } from '../../support/scene.ts';
import { askTable, itemsOf, put, tableName } from '../../support/table.ts';

const moim = useMoim({ lists: true });
const sorts = ['LATEST', 'DEADLINE', 'POPULAR', 'LIKES'];
const queries = [
  '',
  'kind=CHALLENGE',
  'category=IT',
  'tag=PYTHON',
  'status=RECRUITING',
  'status=IN_PROGRESS',
  'text=secret',
];

/** Every list in every order, and whom a guest sees there. */
async function lists(): Promise<{ list: string; ids: string[] }[]> {
  const seen: { list: string; ids: string[] }[] = [];
  for (const query of queries)
    for (const sort of sorts) {
      const pages = await pagesOf(moim.guest, `/v1/groups?${query}&sort=${sort}`, 50);
      seen.push({ list: `${query} ${sort}`, ids: idsOf(pages) });
    }
  return seen;
}
/** The lists in which a guest sees a group. */
const whereSeen = async (groupId: string) =>
  (await lists()).filter(({ ids }) => ids.includes(groupId)).map(({ list }) => list);
/** All entries of a group, of lists and of words. */
const entriesOf = async (groupId: string) => [
  ...(await itemsOf(moim, 'Listing', { groupId })),
  ...(await itemsOf(moim, 'Word', { groupId })),
];
const secret = { title: 'Secret society', tags: ['PYTHON'] };

test('row 37: a private group is in no list and no search', async () => {
  const ari = await someone(moim);
  const { groupId, path } = await found(ari, { ...secret, visibility: 'PRIVATE' });
  await moim.settle();

  expect(await whereSeen(groupId)).toEqual([]);
  expect(outcome(await moim.guest.get(path))).toBe('NOT_FOUND');
  for (const kind of ['Listed', 'Indexed', 'Listing', 'Word'])
    expect(await itemsOf(moim, kind, { groupId })).toEqual([]);
});

test('row 37: one that is deleted, waits, was rejected or is private is seen nowhere, although the lists do not know yet, nor when they do', async () => {
  const ari = await someone(moim);
  const changes = [
    { deletedAt: '2026-03-02T03:00:00.000Z' },
    { approvalStatus: 'PENDING' },
    { approvalStatus: 'REJECTED' },
    { visibility: 'PRIVATE' },
  ];
  const ids: string[] = [];
  for (const _ of changes) ids.push((await found(ari, secret)).groupId);
  await moim.settle();
  const before = await lists();
  const settled: { until?: string; expiresAt?: number }[][] = [];
  for (const [i, change] of changes.entries()) {
    const groupId = ids[i]!;
    const [group] = await itemsOf(moim, 'Group', { groupId });
    const stale = await entriesOf(groupId);
    await put(moim, 'Group', { ...group, ...change });
    await moim.settle();
    settled.push(await entriesOf(groupId));
    // As if nothing had been told of the change.
    for (const { pk: _pk, sk: _sk, type, v: _v, ...entry } of stale) await put(moim, type, entry);
  }
  const after = await lists();

  for (const groupId of ids) expect(before.filter(({ ids: seen }) => seen.includes(groupId))).toHaveLength(4 * 6);
  expect(after.filter(({ ids: seen }) => ids.some((id) => seen.includes(id)))).toEqual([]);
  for (const entries of settled) {
    expect(entries.length).toBeGreaterThan(20);
    expect(entries.every(({ until, expiresAt }) => until && expiresAt)).toBe(true);
  }
});

test('rows 38, 39: a group that is approved, or comes back, is listed with all its words', async () => {
  const ari = await someone(moim);
  const { groupId } = await found(ari, secret);
  await moim.settle();
  const [group] = await itemsOf(moim, 'Group', { groupId });
  const change = async (more: object) => {
    await put(moim, 'Group', { ...group, ...more });
    await moim.settle();
    await moim.clock.advance(6000);
  };

  await change({ approvalStatus: 'PENDING' });
  const waiting = await whereSeen(groupId);
  await change({});
  const approved = await whereSeen(groupId);
  await change({ disbandsAt: '2026-03-05T03:00:00.000Z' });
  const disbanding = await whereSeen(groupId);
  await change({});

  expect(waiting).toEqual([]);
  expect(approved).toHaveLength(24);
  expect(disbanding.every((each) => each.startsWith('status='))).toBe(true);
  expect(await whereSeen(groupId)).toHaveLength(24);
});

test('rows 33, 41: one that is full is found by its status, and back in all lists when a seat is free', async () => {
  const [ari, bora] = [await someone(moim), await someone(moim)];
  const { groupId, path } = await found(ari, { ...secret, capacity: 2, startDate: '2026-03-10' });
  await moim.settle();
  const open = await whereSeen(groupId);
  await bora.post(`${path}/members`);
  const full = await whereSeen(groupId);
  await moim.settle();
  await moim.clock.advance(6000);
  const settled = await whereSeen(groupId);
  await leave(bora, { path });
  await moim.settle();
  await moim.clock.advance(6000);

  expect(open.filter((each) => each.startsWith('status='))).toEqual(sorts.map((sort) => `status=RECRUITING ${sort}`));
  expect(full.filter((each) => !each.startsWith('status=IN_PROGRESS'))).toEqual([]);
  expect(settled).toEqual(sorts.map((sort) => `status=IN_PROGRESS ${sort}`));
  expect(await whereSeen(groupId)).toHaveLength(24);
});

test('a change that comes twice, late or after the next one leaves the lists as the group is', async () => {
  const [ari, bora] = [await someone(moim), await someone(moim)];
  const { groupId, path } = await found(ari, secret);
  await moim.settle();
  const [old] = await itemsOf(moim, 'Group', { groupId });
  await bora.post(`${path}/members`);
  await bora.put(`${path}/like`);
  await ari.patch(path, { title: 'Open society', tags: [], endDate: '2026-05-01' });
  await moim.settle();
  const before = await entriesOf(groupId);
  const events = moim.logs.length;

  // The stream tells of changes of the group that change nothing, in whatever order.
  const [group] = await itemsOf(moim, 'Group', { groupId });
  for (const note of ['one', 'two', 'three']) await put(moim, 'Group', { ...group, note });
  await moim.settle();

  const consumed = moim.logs
    .slice(events)
    .map(({ line }) => JSON.parse(line))
    .filter(({ message }) => message === 'consumed');
  expect(old.title).toBe('Secret society');
  expect(await entriesOf(groupId)).toEqual(before);
  expect(consumed.length).toBeGreaterThan(0);
  expect(consumed.every(({ writeUnits, failed }) => writeUnits === 0 && failed === 0)).toBe(true);
});

test('a group that is gone for good leaves nothing behind in the lists', async () => {
  const ari = await someone(moim);
  const { groupId } = await found(ari, secret);
  await moim.settle();

  await askTable(moim, 'DeleteItem', { TableName: tableName(moim), Key: marshall(keyOf('Group', { groupId })) });
  await moim.settle();

  expect(await whereSeen(groupId)).toEqual([]);
  expect([...(await itemsOf(moim, 'Listed', { groupId })), ...(await itemsOf(moim, 'Indexed', { groupId }))]).toEqual(
    [],
  );
  const left = await entriesOf(groupId);
  expect(left.length).toBeGreaterThan(20);
  expect(left.every(({ until, expiresAt }) => until && expiresAt)).toBe(true);
});
