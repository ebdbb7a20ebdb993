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
  common,
  contains,
  driverOf,
  isFound,
  stoodAt,
  termsOf,
  traitsWanted,
  wordsToAsk,
} from '../../functions/groups/discovery/rules.ts';
import { runs } from '../support/runs.ts';

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

test('row 35: each character and each pair within a word, of title, tags, target and description, once', () => {
  expect(wordsOf(texts('가나다 라', 'Ab, a', '가나'))).toEqual([
    '가',
    '나',
    '다',
    '가나',
    '나다',
    '라',
    'a',
    'b',
    ',',
    'ab',
    'b,',
  ]);
  expect(wordsOf(group({ title: 'ab', tags: ['CI_CD'] }))).toEqual([
    'a',
    'b',
    'ab',
    'c',
    'i',
    '_',
    'd',
    'ci',
    'i_',
    '_c',
    'cd',
  ]);
  expect(wordsOf(texts('👨‍👩‍👧 ❤️'))).toContain('❤\ufe0f');
});

test.each([
  ['알고리즘', ['알고', '리즘']],
  ['알고', ['알고']],
  ['알고리즘 공부', ['알고', '공부']],
  ['강남 정처기', ['정처', '강남']],
  ['c언어', ['c언', '언어']],
  ['one two three', ['th', 'on']],
  ['a b', ['a', 'b']],
  ['a bc', ['bc', 'a']],
  ['책', ['책']],
  ['🔥', ['🔥']],
  ['알고ㄹ', ['알고']],
  ['고ㄹ', ['고']],
  ['ㅋㅋ', ['\u110f\u110f']],
  [' ', []],
])('row 35: %j is looked for at %j', (search, expected) => {
  expect(wordsToAsk(termsOf(search))).toEqual(expected);
});

test.each([
  // On the way to a syllable, as keyboards send it.
  ['알고ㄹ', true],
  ['알고\u1105', true],
  ['매일 알고ㄹ', true],
  ['알고ㄹ 매일', true],
  ['알ㄱ', true],
  ['ㅅ', false],
  ['알고ㅁ', false],
  ['고리즈', false],
  // What nobody types as a syllable is searched as it is.
  ['ㅋㅋ', true],
  ['좋아ㅋ', true],
  ['ㅇㄱㄹㅈ', false],
  // Words in any order and place.
  ['책 알고리즘', true],
  ['즘 매 초보', true],
  ['알고리즘 자바', false],
  ['매일알고리즘', false],
])('row 35: %j found in "매일 알고리즘": %j', (search, found) => {
  expect(contains(texts('매일 알고리즘', '책으로 해요 좋아ㅋㅋ', '초보'), search)).toBe(found);
});

test('row 35: each consonant stands for all syllables that begin with it, and for no other', () => {
  const consonants = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
  for (let at = 0xac00; at <= 0xd7a3; at += 97) {
    const syllable = String.fromCodePoint(at);
    // A syllable taken apart begins with its consonant.
    const first = syllable.normalize('NFD')[0];
    const found = consonants.filter((consonant) => contains(texts(`가${syllable}`), `가${consonant}`));
    expect(found.map((each) => each.normalize('NFKC'))).toEqual([first]);
  }
});

const character = fc.constantFrom('가', '나', '고', '리', 'ㄹ', 'a', 'B', '1', 'é', 'e\u0301', 'Ａ', '㎏', '🔥', '#');
const word = fc.string({ unit: character, minLength: 1, maxLength: 4 });
const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
const searched = fc.array(fc.string({ unit: character, minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });

test('row 35: a group that contains a search has an entry at each word that is asked for', () => {
  let hits = 0;
  fc.assert(
    fc.property(sentence, sentence, searched, (title, description, words) => {
      const found = texts(title, description);
      const search = words.join(' ');
      if (!contains(found, search)) return;
      hits++;
      expect(wordsToAsk(termsOf(search)).length).toBeGreaterThan(0);
      for (const asked of wordsToAsk(termsOf(search))) expect(wordsOf(found)).toContain(asked);
    }),
    { numRuns: runs(2000) },
  );
  expect(hits).toBeGreaterThan(50);
});

test('row 35: what may have all words is what has them all, as far as each was read', () => {
  const places = fc
    .uniqueArray(fc.integer({ min: 10, max: 40 }), { maxLength: 20 })
    .map((all) => all.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(places, places, fc.integer({ min: 1, max: 8 }), (one, other, size) => {
      const read = (all: readonly number[]) => ({
        entries: all.slice(0, size),
        last: all.slice(0, size).at(-1),
        isEnd: all.length <= size,
      });
      const { entries, last, isEnd } = common([read(one), read(other)], String);
      const both = one.filter((place) => other.includes(place));

      // None is lost before the place where it goes on, and it gets further each time.
      for (const place of both) expect(entries.includes(place) || (!isEnd && place > last!)).toBe(true);
      expect(isEnd || last !== undefined).toBe(true);
      // Within the reach of both nothing is read in vain.
      const reach = Math.min(...[one, other].map((all) => (all.length <= size ? 99 : all[size - 1]!)));
      expect(entries.filter((place) => place <= reach)).toEqual(
        both.filter((place) => place <= reach && entries.includes(place)),
      );
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

test('F07: a search in the 100 groups of a page costs little, whatever marks their texts are made of', () => {
  const pile = `q${'\u0345\u0334'.repeat(3)}`.repeat(143).slice(0, 1000);
  const piled = texts('qq', pile, pile.slice(0, 200));
  const before = process.cpuUsage();
  for (let each = 0; each < 100; each += 1) contains(piled, 'qqzy');
  const { user, system } = process.cpuUsage(before);

  // 5 ms when it was written. With 1,000 marks on one letter, which no field takes, it was 57.
  expect((user + system) / 1000).toBeLessThan(40);
});
