import fc from 'fast-check';
import type { GroupItem } from '../../functions/groups/core/items.ts';
import {
  facetsOf,
  normalized,
  ranksOf,
  type Standing,
  traitsOf,
  wordsOf,
} from '../../functions/groups/core/listing-rules.ts';
import {
  answersAlone,
  contains,
  driverOf,
  isFound,
  stoodAt,
  traitsWanted,
  wordsToAsk,
} from '../../functions/groups/discovery/rules.ts';
import { limits } from '../../shared/product/limits.ts';

const standing: Standing = { isPublic: true, isOffered: true, status: 'RECRUITING', lastDay: '2026-04-01' };
const group = (more: Partial<GroupItem> = {}) =>
  ({
    kind: 'STUDY',
    category: 'IT',
    tags: ['PYTHON'],
    title: '알고리즘 스터디',
    description: '',
    recruit: { title: '', target: '', process: '', info: '' },
    createdAt: '2026-03-02T03:00:00.000Z',
    memberCount: 3,
    likes: 7,
    ...more,
  }) as GroupItem;
const texts = (title: string, description = '', target = '') =>
  group({ title, description, tags: [], recruit: { title: '', target, process: '', info: '' } });

test('row 33: a group stands in the lists of its traits while it takes people, of its status always, of none unless public', () => {
  const full = group({ audience: 'HIGH' });

  expect(facetsOf(full, standing)).toEqual([
    'status:RECRUITING',
    'all',
    'kind:STUDY',
    'category:IT',
    'audience:HIGH',
    'tag:PYTHON',
  ]);
  expect(facetsOf(full, { ...standing, isOffered: false, status: 'IN_PROGRESS' })).toEqual(['status:IN_PROGRESS']);
  expect(facetsOf(full, { ...standing, isPublic: false })).toEqual([]);
});

test.each([
  ['LATEST', { createdAt: '2026-03-02T03:00:00.001Z' }, {}],
  ['POPULAR', { memberCount: 4, createdAt: '2020-01-01T00:00:00Z' }, {}],
  ['POPULAR', { memberCount: 500 }, { memberCount: 51 }],
  ['POPULAR', { createdAt: '2026-03-02T03:00:00.001Z' }, {}],
  ['LIKES', { likes: 1000 }, { likes: 999 }],
  ['LIKES', { createdAt: '2026-03-02T03:00:00.001Z' }, {}],
  ['DEADLINE', { createdAt: '2026-03-02T03:00:00.001Z' }, {}],
] as const)('rows 33, 34: by %s, %j comes before %j', (sort, first, second) => {
  expect(ranksOf(group(first), standing)[sort] < ranksOf(group(second), standing)[sort]).toBe(true);
});

test('row 33: the sooner its last day to join, the sooner a group comes by deadline', () => {
  const [sooner, later] = [ranksOf(group(), { lastDay: '2026-03-09' }), ranksOf(group(), { lastDay: '2026-03-10' })];

  expect(sooner.DEADLINE < later.DEADLINE).toBe(true);
});

test.each([
  ['ＡＢＣ　１', 'abc 1'],
  ['  Two \n\t words ', 'two words'],
  // As some keyboards send it: each letter of a syllable for itself.
  ['\u1112\u1161\u11ab', '한'],
  ['\ud800x', '\ufffdx'],
])('row 35: %j is compared as %j', (text, expected) => {
  expect(normalized(text)).toBe(expected);
});

test('row 35: all pairs of title and tags, those that begin a word of target and description, each once', () => {
  expect(wordsOf(texts('가나다 라', 'big Apple, (bigger) x', '중급 이상'))).toEqual([
    '가나',
    '나다',
    '다 ',
    ' 라',
    '중급',
    '이상',
    'bi',
    'ap',
  ]);
  expect(wordsOf(group({ title: 'ab', tags: ['CI_CD'] }))).toEqual(['ab', 'ci', 'i_', '_c', 'cd']);
});

test('row 35: the longest texts fit into the transaction that founds a group', () => {
  const letters = Array.from({ length: 1000 }, (_, i) => String.fromCodePoint(0xac00 + i * 7));
  const words = wordsOf(
    group({
      title: letters.slice(0, 50).join(''),
      tags: ['CERTIFICATE', 'JAVASCRIPT', 'EARLY_BIRD'],
      description: letters.join(' '),
    }),
  );

  expect(words).toHaveLength(limits.search.words);
  // Group, leader, mission, account, quota, answer, what stands in lists, and eight lists.
  expect(limits.search.words + 15).toBeLessThanOrEqual(100);
});

test.each([
  ['알고리즘', ['알고']],
  ['알고리즘 공부', ['알고', '공부']],
  ['c언어', ['c언']],
  ['one two three', ['on', 'th']],
  ['c++ 기초', ['c+', '기초']],
  ['a b', ['a ']],
  ['++ b', ['++', ' b']],
  ['.net', ['ne']],
  ['가', []],
])('row 35: %j is looked for in %j', (term, expected) => {
  expect(wordsToAsk(term)).toEqual(expected);
});

const word = fc.string({ unit: fc.constantFrom('가', '나', 'a', 'B', '1', 'é'), minLength: 1, maxLength: 4 });
const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));

test('row 35: whatever a title contains is in each list that is asked for it', () => {
  fc.assert(
    fc.property(sentence, fc.nat(), fc.nat(), (title, from, length) => {
      const characters = [...normalized(title)];
      const term = normalized(
        characters
          .slice(from % characters.length)
          .slice(0, 2 + (length % 9))
          .join(''),
      );
      const found = texts(title);
      expect(contains(found, term)).toBe(true);
      if ([...term].length >= 2) expect(wordsToAsk(term).length).toBeGreaterThan(0);
      for (const asked of wordsToAsk(term)) expect(wordsOf(found)).toContain(asked);
    }),
  );
});

test('row 35: whatever a description contains from the beginning of a word is in each list that is asked for it', () => {
  fc.assert(
    fc.property(sentence, fc.nat(), (description, from) => {
      const words = normalized(description).split(' ');
      const term = words.slice(from % words.length).join(' ');
      const found = texts('title', description);
      expect(contains(found, term)).toBe(true);
      for (const asked of wordsToAsk(term)) expect(wordsOf(found)).toContain(asked);
    }),
  );
});

test('row 33: the most selective filter names the list; only it answers alone', () => {
  expect(driverOf({})).toBe('all');
  expect(driverOf({ kind: 'STUDY', category: 'IT' })).toBe('category:IT');
  expect(driverOf({ kind: 'STUDY', category: 'IT', audience: 'HIGH' })).toBe('audience:HIGH');
  expect(driverOf({ kind: 'STUDY', audience: 'HIGH', tag: 'PYTHON' })).toBe('tag:PYTHON');
  expect(driverOf({ tag: 'PYTHON', status: 'FINISHED' })).toBe('status:FINISHED');
  expect(traitsWanted({ tag: 'PYTHON', kind: 'STUDY', status: 'FINISHED', text: 'x' })).toEqual([
    'tag:PYTHON',
    'kind:STUDY',
  ]);
  expect([{}, { kind: 'STUDY' }, { status: 'FINISHED' } as const].every(answersAlone)).toBe(true);
  expect(
    [{ text: 'ab' }, { kind: 'STUDY', tag: 'PYTHON' }, { kind: 'STUDY', status: 'FINISHED' } as const].some(
      answersAlone,
    ),
  ).toBe(false);
});

test('rows 33, 37: what is found is judged by the group alone', () => {
  const it = group({ audience: 'HIGH' });

  expect(isFound(it, standing, {})).toBe(true);
  expect(isFound(it, { ...standing, isPublic: false }, {})).toBe(false);
  expect(isFound(it, { ...standing, isOffered: false }, {})).toBe(false);
  expect(isFound(it, { ...standing, isOffered: false }, { status: 'RECRUITING' })).toBe(true);
  expect(isFound(it, standing, { status: 'FINISHED' })).toBe(false);
  expect(isFound(it, standing, { kind: 'STUDY', audience: 'HIGH', text: '리즘 스' })).toBe(true);
  expect(isFound(it, standing, { kind: 'CLUB' })).toBe(false);
  expect(isFound(it, standing, { text: 'pyth' })).toBe(true);
  expect(isFound(it, standing, { text: 'java' })).toBe(false);
  expect(traitsOf(it)).toEqual(['kind:STUDY', 'category:IT', 'audience:HIGH', 'tag:PYTHON']);
  expect(traitsOf(group())).toEqual(['kind:STUDY', 'category:IT', 'tag:PYTHON']);
});

test('an entry stands in its list from one instant until another', () => {
  const entry = { from: '2026-03-02T03:00:05.000Z', until: '2026-03-02T03:00:09.000Z' };

  expect(
    ['03:00:04', '03:00:05', '03:00:08', '03:00:09'].map((time) => stoodAt(`2026-03-02T${time}.000Z`, entry)),
  ).toEqual([false, true, true, false]);
  expect(stoodAt('2026-03-02T03:00:00.000Z', {})).toBe(true);
});
