import type { GroupItem } from '../../../functions/groups/core/items.ts';
import { monday, useMoim } from '../../support/moim.ts';
import { costOf, idsOf, outcome, pagesOf } from '../../support/replies.ts';
import { nothingFollows, plant, studyOf } from './plant.ts';

const moim = useMoim({ edit: nothingFollows, lists: true });
const one = <T>(all: readonly T[], i: number) => all[i % all.length]!;
const groups: GroupItem[] = Array.from({ length: 160 }, (_, i) =>
  studyOf(monday - 1000 * (1 + ((i * 7) % 160)), {
    kind: one(['STUDY', 'CHALLENGE', 'OPEN_ROOM'], i),
    category: one(['IT', 'READING', 'SPORTS', 'ETC'], i >> 1),
    ...(i % 3 === 0 ? {} : { audience: one(['HIGH', 'UNIVERSITY'], i) }),
    tags: i % 10 === 0 ? ['PYTHON', 'REMOTE'] : i % 4 === 0 ? ['REMOTE'] : [],
    title: i % 20 === 0 ? `알고리즘 스터디 ${i}` : `Reading club ${i}`,
    description: i % 10 === 0 ? 'We read Dostoevsky' : '',
    memberCount: 1 + ((i * 13) % 49) + (i % 20 === 0 ? 49 - ((i * 13) % 49) : 0),
    startDate: i % 5 === 0 ? '2026-04-01' : '2026-03-01',
    ...(i % 6 === 0 ? { recruitUntil: `2026-03-${10 + (i % 15)}` } : {}),
    likes: (i * 31) % 200,
  }),
);
beforeAll(() => plant(moim, groups));

type Filters = Partial<Record<'kind' | 'category' | 'audience' | 'tag' | 'status' | 'text', string>>;
const orders = {
  LATEST: (group: GroupItem) => [-Date.parse(group.createdAt)],
  DEADLINE: (group: GroupItem) => [Date.parse(group.recruitUntil ?? group.endDate), -Date.parse(group.createdAt)],
  POPULAR: (group: GroupItem) => [-group.memberCount, -Date.parse(group.createdAt)],
  LIKES: (group: GroupItem) => [-group.likes, -Date.parse(group.createdAt)],
} as const;
type Sort = keyof typeof orders;

/** The expected list, computed as simply as can be. */
function expected({ tag, status, text, ...same }: Filters, sort: Sort): string[] {
  const isFull = ({ memberCount, capacity }: GroupItem) => memberCount >= capacity;
  const statusOf = (group: GroupItem) =>
    group.startDate === '2026-03-01' || isFull(group) ? 'IN_PROGRESS' : 'RECRUITING';
  const before = ([a, b = 0]: readonly number[], [c, d = 0]: readonly number[]) => a! - c! || b - d;
  return groups
    .filter((group) => (status ? statusOf(group) === status : !isFull(group)))
    .filter((group) => Object.entries(same).every(([name, value]) => group[name as 'kind'] === value))
    .filter(({ tags }) => !tag || tags.some((each) => each === tag))
    .filter(({ title, description }) => !text || `${title}\n${description}`.toLowerCase().includes(text.toLowerCase()))
    .toSorted((a, b) => before(orders[sort](a), orders[sort](b)))
    .map(({ groupId }) => groupId);
}
const pathOf = (filters: Filters, sort: Sort) => `/v1/groups?${new URLSearchParams({ ...filters, sort })}`;

const combinations: Filters[] = [
  {},
  { kind: 'STUDY' },
  { category: 'READING' },
  { audience: 'HIGH' },
  { tag: 'PYTHON' },
  { status: 'RECRUITING' },
  { status: 'IN_PROGRESS' },
  { text: '알고리즘' },
  { text: 'dostoevsky' },
  { text: 'READING CLUB' },
  { kind: 'STUDY', category: 'IT' },
  { kind: 'CHALLENGE', audience: 'UNIVERSITY', tag: 'REMOTE' },
  { category: 'SPORTS', audience: 'HIGH', kind: 'OPEN_ROOM', tag: 'REMOTE' },
  { status: 'IN_PROGRESS', tag: 'PYTHON' },
  { status: 'RECRUITING', kind: 'STUDY', category: 'ETC' },
  { text: '알고리즘', kind: 'STUDY' },
  { text: 'reading club', tag: 'PYTHON', category: 'IT' },
  { text: '스터디', status: 'IN_PROGRESS', audience: 'HIGH', kind: 'OPEN_ROOM' },
  { text: 'nothing of the kind' },
];
const cases = combinations.flatMap((filters) =>
  (Object.keys(orders) as Sort[]).map((sort) => [JSON.stringify(filters), sort, filters] as const),
);

test.each(cases)(
  'rows 33-35: %s by %s is what it ought to be, four requests a page at most',
  async (_, sort, filters) => {
    const wanted = expected(filters, sort);
    const costs: { requests: number }[] = [];
    const listed: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await moim.guest.get(`${pathOf(filters, sort)}&limit=50${cursor}`);
      costs.push(costOf(moim, 'listGroups'));
      listed.push(...body.items.map(({ id }: { id: string }) => id));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }

    expect(listed).toEqual(wanted);
    const single = Object.keys(filters).length <= 1 && !filters.text;
    expect(Math.max(...costs.map(({ requests }) => requests))).toBeLessThanOrEqual(single ? 2 : 4);
  },
);

test('rows 33, 34: any limit gives the same list', async () => {
  const path = pathOf({ tag: 'PYTHON' }, 'POPULAR');

  const lists = await Promise.all([1, 7, 50].map((limit) => pagesOf(moim.guest, path, limit)));

  for (const list of lists) expect(idsOf(list)).toEqual(expected({ tag: 'PYTHON' }, 'POPULAR'));
  const search = pathOf({ text: '알고리즘' }, 'LIKES');
  expect(idsOf(await pagesOf(moim.guest, search, 3))).toEqual(expected({ text: '알고리즘' }, 'LIKES'));
});

test('a cursor belongs to all of its filters and its order', async () => {
  const asked = { kind: 'STUDY', tag: 'REMOTE' };
  const { body } = await moim.guest.get(`${pathOf(asked, 'POPULAR')}&limit=5`);
  const search = await moim.guest.get(`${pathOf({ text: '알고리즘' }, 'POPULAR')}&limit=5`);
  const follow = (filters: Filters, sort: Sort, cursor: string) =>
    moim.guest.get(`${pathOf(filters, sort)}&cursor=${cursor}`);

  const answers = [
    await follow(asked, 'POPULAR', body.nextCursor),
    await follow(asked, 'LIKES', body.nextCursor),
    await follow({ ...asked, category: 'IT' }, 'POPULAR', body.nextCursor),
    await follow({ kind: 'STUDY' }, 'POPULAR', body.nextCursor),
    await follow({ ...asked, status: 'RECRUITING' }, 'POPULAR', body.nextCursor),
    await follow({ ...asked, text: '알고리즘' }, 'POPULAR', body.nextCursor),
    await follow({ text: '알고' }, 'POPULAR', search.body.nextCursor),
    await follow({}, 'POPULAR', search.body.nextCursor),
  ];

  expect(answers.map(outcome)).toEqual([200, ...Array(7).fill('INVALID_CURSOR')]);
});
