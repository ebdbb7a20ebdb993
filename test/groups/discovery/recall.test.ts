/** Search over two hundred recruiting texts: everything that stands in them is found, and nothing else. */
import type { GroupItem } from '../../../functions/groups/core/items.ts';
import { wordsOf } from '../../../functions/groups/core/listing-rules.ts';
import { termsOf, wordsToAsk } from '../../../functions/groups/discovery/rules.ts';
import { monday, useMoim } from '../../support/moim.ts';
import { costOf } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { nothingFollows, plant, studyOf } from './plant.ts';
import { randomOf, recruitingTexts } from './recruiting.ts';

const moim = useMoim({ edit: nothingFollows, lists: true });
const groups: GroupItem[] = recruitingTexts(200).map((texts, i) => studyOf(monday - 1000 * (i + 1), texts));
const random = randomOf(11);
const below = (count: number) => Math.floor(random() * count);
const one = <T>(all: readonly T[]) => all[below(all.length)]!;

const textsOf = ({ title, description, recruit, tags }: GroupItem) => [
  title,
  description,
  recruit.title,
  recruit.target,
  ...tags,
];
/** A piece of one of a group's texts, of one to eight characters. */
function piece(group: GroupItem): string {
  const characters = [...one(textsOf(group).filter(Boolean))];
  const from = below(characters.length);
  return (
    characters
      .slice(from, from + 1 + below(8))
      .join('')
      .trim() || piece(group)
  );
}
const word = (group: GroupItem) => one(textsOf(group).join(' ').split(/\s+/u).filter(Boolean));
const wordsFromOne = () => {
  const group = one(groups);
  return `${word(group)} ${word(group)}`;
};
const typed = [
  (text: string) => text,
  (text: string) => text.normalize('NFD'),
  (text: string) => text.toUpperCase(),
  (text: string) => text.toLowerCase(),
];
const kinds: Record<string, () => string> = {
  'a piece of a text': () => one(typed)(piece(one(groups))),
  'two words of a group': () => one(typed)(wordsFromOne()),
  'two words of two groups': () => `${word(one(groups))} ${word(one(groups))}`,
  'three pieces of a group': () => {
    const group = one(groups);
    return [piece(group), piece(group), piece(group)].join(' ');
  },
};
const searches = Object.entries(kinds).flatMap(([kind, make]) =>
  Array.from({ length: runs(20) }, () => [kind, make().slice(0, 50).trim()] as const),
);

/** What is found, as slow and obvious as can be: each word somewhere in one of the texts. */
function expected(search: string): string[] {
  const plain = (text: string) => text.normalize('NFKC').toLowerCase();
  const wanted = plain(search).split(/\s+/u).filter(Boolean);
  return groups
    .filter((group) => wanted.every((each) => textsOf(group).some((text) => plain(text).includes(each))))
    .map(({ groupId }) => groupId);
}

interface Page {
  readonly requests: number;
  readonly readUnits: number;
  readonly found: number;
}
async function find(text: string, sort: string): Promise<{ ids: string[]; pages: Page[] }> {
  const ids: string[] = [];
  const pages: Page[] = [];
  for (let cursor = ''; ; ) {
    const query = `text=${encodeURIComponent(text)}&sort=${sort}&limit=50${cursor}`;
    const { status, body } = await moim.guest.get(`/v1/groups?${query}`);
    if (status !== 200) throw new Error(`${text}: ${JSON.stringify(body)}`);
    const { requests, readUnits } = costOf(moim, 'listGroups');
    pages.push({ requests, readUnits, found: body.items.length });
    ids.push(...body.items.map(({ id }: { id: string }) => id));
    if (!body.nextCursor) return { ids, pages };
    cursor = `&cursor=${body.nextCursor}`;
  }
}

beforeAll(async () => {
  // All entries of two hundred groups would be some seventy thousand: those that are asked for.
  const asked = new Set(searches.flatMap(([, text]) => wordsToAsk(termsOf(text))));
  const lists = new Set(['all:LATEST', 'all:LIKES']);
  await plant(moim, groups, ({ type, word, list }) =>
    type === 'Word' ? asked.has(word as string) : type === 'Listing' ? lists.has(list as string) : type === 'Group',
  );
});

test.each(Object.keys(kinds))(
  'row 35: %s finds all groups that contain it and no other, in four requests a page',
  async (kind) => {
    const missed: string[] = [];
    const most = { requests: 0, readUnits: 0, pages: 0 };
    let hits = 0;
    for (const [, text] of searches.filter(([of]) => of === kind)) {
      const { ids, pages } = await find(text, 'LATEST');
      const wanted = expected(text);
      hits += wanted.length;
      if (JSON.stringify(ids) !== JSON.stringify(wanted))
        missed.push(`${text}: ${ids.length} instead of ${wanted.length}`);
      most.requests = Math.max(most.requests, ...pages.map(({ requests }) => requests));
      most.readUnits = Math.max(most.readUnits, ...pages.map(({ readUnits }) => readUnits));
      most.pages = Math.max(most.pages, pages.length);
    }
    if (process.env.MOIM_FIGURES) process.stderr.write(`${kind}: ${hits} hits, at most ${JSON.stringify(most)}\n`);

    expect(missed).toEqual([]);
    expect(hits).toBeGreaterThan(5);
    expect(most.requests).toBeLessThanOrEqual(4);
  },
);

test('rows 34, 35: in another order the same groups are found', async () => {
  for (const [, text] of searches.filter((_, i) => i % 12 === 0)) {
    const { ids, pages } = await find(text, 'LIKES');
    // All are liked equally, so the newest come first.
    expect([text, ids]).toEqual([text, expected(text)]);
    expect(Math.max(...pages.map(({ requests }) => requests))).toBeLessThanOrEqual(4);
  }
});

test('row 35: an ordinary text has some three hundred entries, none has more than two for a character', () => {
  const counts = groups.map((group) => wordsOf(group).length).toSorted((a, b) => a - b);
  const lengths = groups.map((group) => [...textsOf(group).join('')].length);
  if (process.env.MOIM_FIGURES)
    process.stderr.write(
      `entries ${counts[0]}, ${counts[100]}, ${counts.at(-1)} of ${Math.min(...lengths)}-${Math.max(...lengths)} characters\n`,
    );

  expect(counts[100]).toBeLessThan(450);
  for (const [i, group] of groups.entries()) expect(wordsOf(group).length).toBeLessThanOrEqual(2 * lengths[i]!);
});
