import { globSync } from 'node:fs';
import fc from 'fast-check';
import { newsOf, notificationTypes } from '../../functions/news.ts';
import { type Locale, locales } from '../../shared/messages/catalog.ts';
import { mailOf } from '../../shared/messages/mail.ts';
import { mailCatalogOf } from '../../shared/messages/mail-catalog.ts';
import { type News, screens } from '../../shared/messages/news.ts';
import { particle } from '../../shared/messages/particle.ts';
import { catalogOf, fillIn, localeOf } from '../../shared/messages/text.ts';

/** Every text of a catalog under its path: `problems.NOT_FOUND`. */
function textsOf(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value === 'string') return [[path.join('.'), value]];
  return Object.entries(value as object).flatMap(([name, each]) => textsOf(each, [...path, name]));
}
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const newsIn = (locale: Locale) =>
  Object.fromEntries(notificationTypes.map((type) => [type, newsOf(type)!.texts[locale]]));
const allTexts = (locale: Locale) => [
  ...textsOf(catalogOf(locale)),
  ...textsOf(mailCatalogOf(locale)),
  ...textsOf(newsIn(locale), ['news']),
];
const ko = allTexts('ko');
const en = new Map(allTexts('en'));

/** Sentences of a text; an aside in parentheses stands for itself. */
const sentencesOf = (text: string) => text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence !== '');
const isPolite = (sentence: string) => /요[.!?]?$/.test(sentence);
/** A heading, a name or a value: nothing that ends like a sentence. */
const isLabel = (text: string) => /^\(.*\)$/.test(text) || !/[.!?다]$/.test(text);
/** 합쇼체, and the stiff 하여 and 되었 of official letters. */
const otherVoice = /니다|니까|십시오|하여 |되었|하였/;
/** Both particles at once: the template must let the word choose. */
const twoParticles = /\([가이를을는은와과]\)|\(으\)로|[가이를을는은와과]\/[가이를을는은와과](?!\})/;
/** Words that have another word everywhere else: 참가, 멤버, 모임장, 운영진. */
const otherWords = /참여|회원(?!님)|구성원|방장|리더|매니저|운영자|그룹/;

test('both languages say the same things', () => {
  expect(ko.map(([path]) => path).sort()).toEqual([...en.keys()].sort());
  expect(ko.length).toBeGreaterThan(40);
});

describe.each(ko)('%s', (path, korean) => {
  const english = en.get(path)!;

  test('is said in Korean and in English, with the same values', () => {
    expect(korean).toMatch(/[가-힣]/);
    expect(english).toMatch(/[A-Za-z]/);
    expect(english).not.toMatch(/\p{Script=Hangul}/u);
    expect(placeholders(korean)).toEqual(placeholders(english));
    expect([korean, english].map((text) => text.trim())).toEqual([korean, english]);
  });

  test('is warm, polite and of one voice in Korean', () => {
    expect(sentencesOf(korean).filter((sentence) => !isPolite(sentence) && !isLabel(sentence))).toEqual([]);
    expect(korean).not.toMatch(otherVoice);
    expect(korean).not.toMatch(twoParticles);
    expect(korean).not.toMatch(otherWords);
  });

  test('says to people nothing that only programs know, in plain English', () => {
    expect(english).not.toMatch(
      /\b(undefined|null|regex|pattern|string|boolean|schema|oneself|somebody who is no more)\b/i,
    );
    expect(sentencesOf(english).filter((sentence) => /^(What|Who|Whoever|Of)\b.*[^?]$/.test(sentence))).toEqual([]);
  });
});

test.each([
  ['확인해 주세요.', true],
  ['이미 가입했어요!', true],
  ['다시 할까요?', true],
  ['가입이 승인됐어요', true],
  ['만료되었습니다.', false],
  ['다시 시도한다.', false],
  ['승인했어.', false],
])('%s is polite: %s', (sentence, expected) => {
  expect(isPolite(sentence)).toBe(expected);
});

test('in mails the product is moim, so that 모임 always means a group', () => {
  for (const locale of locales) {
    for (const { subject } of Object.values(mailCatalogOf(locale).mails)) expect(subject).toMatch(/^\[moim\] /);
  }
  const product = /모임 ?(계정|가입|탈퇴|운영팀|서비스|설정)|모임에(서)? ?(가입|탈퇴)|모임의 알림/;
  expect(ko.filter(([, text]) => product.test(text))).toEqual([]);
});

test.each([
  [undefined, undefined],
  ['', undefined],
  ['ko', 'ko'],
  ['en-US', 'en'],
  ['KO-kr', 'ko'],
  ['en-US,en;q=0.9,ko;q=0.8', 'en'],
  ['en;q=0.3, ko;q=0.8', 'ko'],
  ['ko;q=0.5,en;q=0.5', 'ko'],
  ['fr,de;q=0.9', undefined],
  ['fr,en;q=0.1', 'en'],
  ['ko;q=0', undefined],
  ['ko;q=0,en;q=0.1', 'en'],
  ['ko;q=abc,en;q=0.1', 'en'],
  ['en;level=1;q=0.2,ko;q=0.4', 'ko'],
  ['*', undefined],
  ['english', undefined],
  [';;;,,,=', undefined],
  [`${'fr,'.repeat(200)}en`, undefined],
] as const)('Accept-Language %j asks for %s', (header, locale) => {
  expect(localeOf(header)).toBe(locale);
});

test('whatever Accept-Language says, it names a language of moim or none', () => {
  const header = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.constantFrom('ko', 'en', '-KR', ';q=', '0.5', '1', ',', ' ', '*'), { maxLength: 12 })
      .map((p) => p.join('')),
  );

  fc.assert(fc.property(header, (text) => expect([undefined, ...locales]).toContain(localeOf(text))));
});

test('braces are filled once; what is missing leaves nothing', () => {
  expect(fillIn('{nick} joined {title}.{gone}', { nick: '{title}', title: '$& club' })).toBe('{title} joined $& club.');
  expect(fillIn('no braces, { not this}, {or-that}', {})).toBe('no braces, { not this}, {or-that}');
});

describe.each(notificationTypes)('%s', (type) => {
  const { texts, screen } = newsOf(type)!;
  const values = Object.fromEntries(placeholders(texts.ko).map((name) => [name!, `«${name}»`]));

  test.each(locales)('says all it is told in %s, and no brace is left', (locale) => {
    const text = fillIn(texts[locale], values);

    expect(text).not.toMatch(/[{}]/);
    expect(Object.values(values).filter((value) => !text.includes(value))).toEqual([]);
  });

  test('leads to a screen whose ids are none of its values', () => {
    const ids: readonly string[] = screens[screen];

    expect(placeholders(texts.ko).filter((name) => ids.includes(name!))).toEqual([]);
  });
});

test.each(globSync('functions/*/*/news.ts'))('%s is in the list of news, `functions/news.ts`', async (file) => {
  const values: Record<string, Record<string, News>> = await import(`../../${file}`);
  const own = Object.values(values).flatMap((each) => Object.values(each));

  expect(own.length).toBeGreaterThan(0);
  expect(own.filter((each) => newsOf(each.type) !== each).map(({ type }) => type)).toEqual([]);
});

test('each kind of news has a type of its own; a type that no build of ours knows has none', () => {
  expect(new Set(notificationTypes).size).toBe(notificationTypes.length);
  expect(['GROUP_MOVED', '', 'constructor'].map(newsOf)).toEqual([undefined, undefined, undefined]);
});

const pairs = ['이/가', '을/를', '은/는', '과/와', '으로/로'] as const;

test.each([
  // A vowel, a final consonant, ㄹ.
  ['독서', ['가', '를', '는', '와', '로']],
  ['모임', ['이', '을', '은', '과', '으로']],
  ['서울', ['이', '을', '은', '과', '로']],
  ['값', ['이', '을', '은', '과', '으로']],
  ['가', ['가', '를', '는', '와', '로']],
  ['힣', ['이', '을', '은', '과', '으로']],
  // Digits as they are read: 영 일 이 삼 사 오 육 칠 팔 구.
  ['0', ['이', '을', '은', '과', '으로']],
  ['1', ['이', '을', '은', '과', '로']],
  ['2', ['가', '를', '는', '와', '로']],
  ['3', ['이', '을', '은', '과', '으로']],
  ['4', ['가', '를', '는', '와', '로']],
  ['5', ['가', '를', '는', '와', '로']],
  ['6', ['이', '을', '은', '과', '으로']],
  ['7', ['이', '을', '은', '과', '로']],
  ['8', ['이', '을', '은', '과', '로']],
  ['9', ['가', '를', '는', '와', '로']],
  ['2026-12-31', ['이', '을', '은', '과', '로']],
  // What stands after the last letter is not read.
  ['독서'.normalize('NFD'), ['가', '를', '는', '와', '로']],
  ['모임'.normalize('NFD'), ['이', '을', '은', '과', '으로']],
  ['독서!', ['가', '를', '는', '와', '로']],
  ['‘모임’ 🧱', ['이', '을', '은', '과', '으로']],
  // Nobody knows how these are read.
  ...['読書', '🧱', '', '½', 'Книга'].map(
    (text) => [text, ['이(가)', '을(를)', '은(는)', '과(와)', '(으)로']] as const,
  ),
  // Latin words as they are read in Korean: 북, 클럽, 팀, 라인, 애플, 러닝, 깃, 에스큐엘, 알.
  ...['Book', 'Book Club', 'Team', 'Line', 'Jane', 'Ming', 'running', 'Git', 'Jack', 'topic', 'climb'].map(
    (text) => [text, ['이', '을', '은', '과', '으로']] as const,
  ),
  ...['Apple', 'Daniel', 'SQL', 'R', 'Trail!'].map((text) => [text, ['이', '을', '은', '과', '로']] as const),
  // 민아, 카페, 스터디, 리액트, 마크, 코드, 티, 에이피아이, 알고리즈 2.
  ...['Mina', 'Café', 'Study', 'React', 'Mark', 'code', 'Red', 'T', 'é', 'API', 'Reads 2', 'Amy (A)', 'week'].map(
    (text) => [text, ['가', '를', '는', '와', '로']] as const,
  ),
] as const)('after %j come %j', (text, expected) => {
  expect(pairs.map((pair) => particle(text, pair))).toEqual(expected);
});

test('whatever a text ends with, a particle is one of the two, or both', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

  fc.assert(
    fc.property(anything, fc.constantFrom(...pairs), (text, pair) => {
      const both = { '이/가': '이(가)', '을/를': '을(를)', '은/는': '은(는)', '과/와': '과(와)', '으로/로': '(으)로' }[
        pair
      ];
      expect([...pair.split('/'), both]).toContain(particle(text, pair));
    }),
  );
});

test('a particle in a mail follows its word, in the text and in the HTML', () => {
  for (const [provider, expected] of [
    ['카카오', '이제 카카오로 moim에'],
    ['‘구글’', '이제 ‘구글’로 moim에'],
    ["'모임'", "이제 '모임'으로 moim에"],
  ] as const) {
    const { text, html } = mailOf('SOCIAL_LINKED', 'ko', { provider });

    expect(text).toContain(expected);
    expect(html).toContain(expected.replaceAll("'", '&#39;'));
  }
});

test('a particle follows the value before it, whatever that holds', () => {
  const text = '{title}{이/가} {who}{으로/로}';

  expect(fillIn(text, { title: '독서', who: '서울' })).toBe('독서가 서울로');
  expect(fillIn(text, { title: '모임', who: '부산역' })).toBe('모임이 부산역으로');
  expect(fillIn(text, { title: '{who}{을/를}', who: '$1' })).toBe('{who}{을/를}이 $1로');
  expect(fillIn('{이/가}', {})).toBe('이(가)');
});
