import fc from 'fast-check';
import { type Locale, locales } from '../../shared/messages/catalog.ts';
import { mailCatalogOf } from '../../shared/messages/mail-catalog.ts';
import { catalogOf, fillIn, localeOf } from '../../shared/messages/text.ts';

/** Every text of a catalog under its path: `problems.NOT_FOUND`. */
function textsOf(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value === 'string') return [[path.join('.'), value]];
  return Object.entries(value as object).flatMap(([name, each]) => textsOf(each, [...path, name]));
}
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const allTexts = (locale: Locale) => [...textsOf(catalogOf(locale)), ...textsOf(mailCatalogOf(locale))];
const ko = allTexts('ko');
const en = new Map(allTexts('en'));

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
