/** Lists that move while somebody pages through them: whatever is there all the time comes once. */
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import type { GroupItem } from '../../../functions/groups/core/items.ts';
import { standingOf } from '../../../functions/groups/core/listing.ts';
import { type Filters, isFound } from '../../../functions/groups/discovery/rules.ts';
import { keyOf } from '../../../shared/data/keys.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { runs } from '../../support/runs.ts';
import { found } from '../../support/scene.ts';
import { askTable, put, tableName } from '../../support/table.ts';

const moim = useMoim({ lists: true });
const size = 10;
let leader: Person;
let people: Person[];

/** Changes that may happen to one of the groups between two pages. */
const events = [
  'join',
  'leave',
  'like',
  'unlike',
  'title',
  'category',
  'tags',
  'end',
  'deadline',
  'shrink',
  'widen',
] as const;
const event = fc.record({
  what: fc.constantFrom(...events),
  group: fc.nat({ max: size - 1 }),
  person: fc.nat({ max: 3 }),
  /** Until the next one: the clock may stand, or go on by less or more than a move takes to show. */
  wait: fc.constantFrom(0, 0, 1, 700, 4_999, 5_000, 7_000),
});
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;
const filters: fc.Arbitrary<Filters> = fc.constantFrom<Filters>(
  {},
  { kind: 'CHALLENGE' },
  { category: 'READING' },
  { tag: 'BOOKS' },
  { status: 'IN_PROGRESS' },
  { text: 'reading' },
  { category: 'READING', tag: 'BOOKS' },
  { text: 'club', tag: 'BOOKS' },
);
const sort = fc.constantFrom('LATEST', 'DEADLINE', 'POPULAR', 'LIKES');

const calls: Record<(typeof events)[number], (path: string, person: Person, nth: number) => Promise<unknown>> = {
  join: (path, person) => person.post(`${path}/members`),
  leave: (path, person) => person.delete(`${path}/members/me`),
  like: (path, person) => person.put(`${path}/like`),
  unlike: (path, person) => person.delete(`${path}/like`),
  title: (path, _, nth) => leader.patch(path, { title: nth % 2 ? 'Reading club' : 'Writing circle' }),
  category: (path, _, nth) => leader.patch(path, { category: nth % 2 ? 'READING' : 'TEST' }),
  tags: (path, _, nth) => leader.patch(path, { tags: nth % 2 ? ['BOOKS'] : ['GAME', 'BOOKS'] }),
  end: (path, _, nth) => leader.patch(path, { endDate: `2026-05-${10 + (nth % 20)}` }),
  deadline: (path, _, nth) => leader.patch(path, { recruitUntil: nth % 2 ? '2026-03-05' : null }),
  shrink: (path) => leader.patch(path, { capacity: 2 }),
  widen: (path) => leader.patch(path, { capacity: 10 }),
};

interface Made {
  readonly groupId: string;
  readonly path: string;
}

/** Groups of a new leader, liked and old enough for all that to show. */
async function prepare(): Promise<Made[]> {
  [leader, ...people] = (await crowd(moim, 5)) as [Person, ...Person[]];
  const groups: Made[] = [];
  for (let i = 0; i < size; i++) {
    const face = { title: i % 3 ? 'Reading club' : 'Writing club', category: i % 4 ? 'READING' : 'TEST' };
    const tags = i % 5 ? ['BOOKS'] : [];
    const period = { startDate: i % 2 ? '2026-03-10' : '2026-03-02', endDate: `2026-04-${10 + i}` };
    groups.push(await found(leader, { ...face, tags, ...period, capacity: i % 6 ? 10 : 3 }));
    await calls.like(groups[i]!.path, people[i % 4]!, 0);
    await moim.clock.advance(i % 3);
  }
  await moim.settle();
  await moim.clock.advance(10_000);
  return groups;
}

async function groupsNow(ids: readonly string[]): Promise<GroupItem[]> {
  const name = tableName(moim);
  const Keys = ids.map((groupId) => marshall(keyOf('Group', { groupId })));
  const { Responses } = await askTable(moim, 'BatchGetItem', {
    RequestItems: { [name]: { Keys, ConsistentRead: true } },
  });
  return Responses[name].map((item: never) => unmarshall(item) as GroupItem);
}

async function there(ids: readonly string[], asked: Filters): Promise<string[]> {
  const now = moim.clock.now();
  const groups = await groupsNow(ids);
  return groups.filter((group) => isFound(group, standingOf(group, now), asked)).map(({ groupId }) => groupId);
}

async function readPage(asked: Filters, more: Record<string, string>) {
  const { status, body } = await moim.guest.get(`/v1/groups?${new URLSearchParams({ ...(asked as object), ...more })}`);
  expect(status).toBe(200);
  return { ids: body.items.map(({ id }: { id: string }) => id) as string[], next: body.nextCursor as string | null };
}

async function run(asked: Filters, by: string, limit: number, between: readonly Event[]): Promise<void> {
  const groups = await prepare();
  const ids = groups.map(({ groupId }) => groupId);
  let always = await there(ids, asked);
  const seen: string[] = [];
  for (let cursor: string | null | undefined, nth = 0; cursor !== null; nth++) {
    const page = await readPage(asked, { sort: by, limit: String(limit), ...(cursor ? { cursor } : {}) });
    seen.push(...page.ids);
    cursor = page.next;
    for (const [i, { what, group, person, wait }] of between.slice(4 * nth, 4 * nth + 4).entries()) {
      await calls[what](groups[group]!.path, people[person]!, i + nth);
      if (i % 2) await moim.settle();
      await moim.clock.advance(wait);
      const present = await there(ids, asked);
      if (cursor) always = always.filter((id) => present.includes(id));
    }
  }
  await moim.settle();

  expect(seen).toHaveLength(new Set(seen).size);
  expect(always.filter((id) => !seen.includes(id))).toEqual([]);
  // Out of the way of the next run.
  for (const group of await groupsNow(ids))
    await put(moim, 'Group', { ...group, deletedAt: '2026-03-02T03:00:00.000Z' });
}

test('row 33: however groups move between pages, who is in a list all the time comes once and nobody twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      filters,
      sort,
      fc.integer({ min: 1, max: 5 }),
      fc.array(event, { minLength: 24, maxLength: 40 }),
      run,
    ),
    { numRuns: Number(process.env.PAGING_RUNS ?? runs(2)), endOnFailure: true },
  );
});
