/**
 * Lists over few and over many groups, written straight into the table. The cost of a page must not depend on the
 * number of groups.
 */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { GroupItem } from '../functions/groups/core/items.ts';
import { standingOf } from '../functions/groups/core/listing.ts';
import { facetsOf, ranksOf, traitsOf, wordsOf } from '../functions/groups/core/listing-rules.ts';
import { termsOf, wordsToAsk } from '../functions/groups/discovery/rules.ts';
import { piecesOf } from '../shared/core/parallel.ts';
import { create, type Write } from '../shared/data/writes.ts';
import { nothingFollows, studyOf } from '../test/groups/discovery/plant.ts';
import setUp from '../test/support/global-setup.ts';
import { type Moim, monday, startMoim } from '../test/support/moim.ts';
import { costOf } from '../test/support/replies.ts';
import { askTable, tableName } from '../test/support/table.ts';
import { type Part, type Table, verdict } from './report.ts';

const sizes = [1_000, 100_000] as const;
/** Lists that are answered from one filter with its order. */
const single = [
  'sort=LATEST',
  'kind=STUDY&sort=POPULAR',
  'category=IT&sort=DEADLINE',
  'tag=PYTHON&sort=LIKES',
  'status=RECRUITING&sort=LATEST',
];
/** Words that every fifth group has; one of them with a rare one; a syllable; a syllable half typed. */
const searches = ['알고리즘', '알고리즘 스터디', '알고리즘 7775', '스', '알고ㄹ'];
const combined = [
  'tag=PYTHON&category=READING&kind=STUDY&sort=LIKES',
  'category=IT&kind=CHALLENGE&audience=HIGH&sort=DEADLINE',
  ...searches.map((text) => `text=${encodeURIComponent(text)}&sort=LATEST`),
  `text=${encodeURIComponent('알고리즘')}&kind=STUDY&sort=POPULAR`,
  `text=${encodeURIComponent('스')}&sort=POPULAR`,
];
const lists = new Set([
  'all:LATEST',
  'all:POPULAR',
  'kind:STUDY:POPULAR',
  'category:IT:DEADLINE',
  'audience:HIGH:DEADLINE',
  'tag:PYTHON:LIKES',
  'status:RECRUITING:LATEST',
]);
const words = new Set(searches.flatMap((text) => wordsToAsk(termsOf(text))));

const one = <T>(all: readonly T[], i: number) => all[i % all.length]!;
const groupOf = (i: number): GroupItem =>
  studyOf(monday - 1000 - 60 * i, {
    kind: one(['STUDY', 'CHALLENGE', 'OPEN_ROOM'], i),
    category: one(['IT', 'READING', 'SPORTS', 'ETC'], i >> 2),
    audience: one(['HIGH', 'UNIVERSITY'], i >> 4),
    tags: i % 3 === 0 ? ['PYTHON'] : ['REMOTE'],
    title: i % 5 === 0 ? `알고리즘 스터디 ${i}` : `Reading club ${i}`,
    memberCount: 1 + ((i * 13) % 49),
    startDate: '2026-04-01',
    recruitUntil: `2026-03-${10 + (i % 20)}`,
    likes: (i * 31) % 997,
  });

/** The group and its entries in the measured lists and words. All entries would be six million. */
function itemsOf(group: GroupItem, now: number): object[] {
  const standing = standingOf(group, now);
  const { groupId } = group;
  const ranks = ranksOf(group, standing);
  const entries = facetsOf(group, standing)
    .flatMap((facet) => Object.entries(ranks).map(([sort, rank]) => ({ list: `${facet}:${sort}`, order: `${rank}.1` })))
    .filter(({ list }) => lists.has(list))
    .map((entry) => create('Listing', { ...entry, groupId, traits: traitsOf(group), serial: 1 }));
  const found = wordsOf(group)
    .filter((word) => words.has(word))
    .map((word) => create('Word', { word, order: ranks.LATEST, groupId, serial: 1 }));
  return [create('Group', { ...group }), ...entries, ...found].map(
    (write) => (write as Extract<Write, { kind: 'put' }>).item,
  );
}

async function fill(moim: Moim, from: number, to: number): Promise<void> {
  const name = tableName(moim);
  for (let i = from; i < to; i += 500) {
    const groups = Array.from({ length: Math.min(500, to - i) }, (_, k) => groupOf(i + k));
    for (const some of piecesOf(
      25,
      groups.flatMap((group) => itemsOf(group, monday)),
    )) {
      const puts = some.map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } }));
      await askTable(moim, 'BatchWriteItem', { RequestItems: { [name]: puts } });
    }
  }
}

interface Found {
  readonly requests: number;
  readonly units: number;
  readonly items: number;
}

/** The most expensive of the first pages of a list. */
async function dearest(moim: Moim, query: string): Promise<Found> {
  const pages: Found[] = [];
  for (let page = 0, cursor = ''; page < 8; page++) {
    const { status, body } = await moim.guest.get(`/v1/groups?${query}&limit=20${cursor}`);
    if (status !== 200) throw new Error(`${query}: ${JSON.stringify(body)}`);
    const { requests, readUnits } = costOf(moim, 'listGroups');
    pages.push({ requests, units: readUnits, items: body.items.length });
    // The last page holds fewer items, so it is not measured.
    if (!body.nextCursor) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  return {
    requests: Math.max(...pages.map(({ requests }) => requests)),
    units: Math.max(...pages.map(({ units }) => units)),
    items: pages[0]!.items,
  };
}

const cells = ({ requests, units, items }: Found) => [String(requests), String(units), String(items)];

export const discovery: Part = {
  name: 'discovery',
  title: 'Finding groups',
  async run(step): Promise<Table[]> {
    await setUp();
    const moim = await startMoim({ edit: nothingFollows });
    const found = new Map<string, Found[]>();
    for (const [i, size] of sizes.entries()) {
      await fill(moim, i === 0 ? 0 : sizes[i - 1]!, size);
      step(`${size.toLocaleString('en')} groups in their lists`);
      for (const query of [...single, ...combined])
        found.set(query, [...(found.get(query) ?? []), await dearest(moim, query)]);
    }
    await moim.close();
    const row = (query: string) => [`\`${decodeURIComponent(query)}\``, ...found.get(query)!.flatMap(cells)];
    const changed = single.filter((query) => {
      const [few, many] = found.get(query)!;
      return few!.requests !== many!.requests || many!.units > few!.units;
    });
    const most = Math.max(...[...found.values()].flat().map(({ requests }) => requests));
    const columns = [
      'list',
      ...sizes.flatMap((size) => [`${size.toLocaleString('en')}: requests`, 'read units', 'groups']),
    ];
    return [
      {
        title: 'A page of 20 over few and over many groups',
        compares:
          'Requests and read units of the most expensive of the first eight pages, and the groups on the first page, for a guest. Groups and the entries of these lists and words are written straight into the table.',
        columns,
        rows: single.map(row),
        target: 'one filter with its order costs the same requests and units over 100,000 groups as over 1,000',
        verdict: verdict(changed.length === 0, changed.join(', ')),
      },
      {
        title: 'Filters together, and text',
        compares: 'The same for queries that one list alone cannot answer.',
        columns,
        rows: combined.map(row),
        target: 'at most four requests a page for every query',
        verdict: verdict(most <= 4, `${most} requests`),
        notes: [
          'Only the group itself holds its text. So a page of a search reads twice as many groups as it shows, and 100 to 250 entries of one or two words. It reads up to 200 groups if the words are common and the order is not by newest.',
        ],
      },
    ];
  },
};
