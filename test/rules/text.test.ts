/** What a text may consist of, held against all of Unicode and a slow second computation, character by character. */
import fc from 'fast-check';
import {
  asLink,
  hostOf,
  isNeat,
  isOneLine,
  isPublicAddress,
  isSeen,
  isSeenText,
  isStreamSafe,
  seenLength,
  tidyAddress,
  tidyCode,
  tidyLine,
  tidyText,
} from '../../shared/product/text.ts';
import { runs } from '../support/runs.ts';

const is = (property: RegExp, character: string | undefined) => character !== undefined && property.test(character);
const isPictograph = (character: string | undefined) => is(/^\p{Extended_Pictographic}$/u, character);
const writesWithJoiners =
  /^[\p{scx=Arab}\p{scx=Syrc}\p{scx=Beng}\p{scx=Deva}\p{scx=Gujr}\p{scx=Guru}\p{scx=Khmr}\p{scx=Knda}\p{scx=Mlym}\p{scx=Mymr}\p{scx=Orya}\p{scx=Sinh}\p{scx=Taml}\p{scx=Telu}\p{scx=Tibt}]$/u;
const blank = ['\u2800', '\ufffc', '\u{1d159}', '\u{13441}', '\u{13442}'];
const tagged = ['gbeng', 'gbsct', 'gbwls'].map(
  (country) =>
    `🏴${[...country].map((letter) => String.fromCodePoint(0xe0000 + letter.codePointAt(0)!)).join('')}\u{e007f}`,
);

const categories = ['Cc', 'Cf', 'Cs', 'Co', 'Cn', 'Zl', 'Zp'].map((name) => new RegExp(`^\\p{${name}}$`, 'u'));

/** Whether a character shows nothing by itself. Each is looked up once. */
function isHidden(character: string): boolean {
  const known = hidden.get(character);
  if (known !== undefined) return known;
  const isIgnorable = is(/^\p{Default_Ignorable_Code_Point}$/u, character);
  const shows = ![isIgnorable, blank.includes(character), ...categories.map((each) => each.test(character))].includes(
    true,
  );
  hidden.set(character, !shows && !isPictograph(character));
  return isHidden(character);
}
const hidden = new Map<string, boolean>();

/** Whether a hidden character belongs where it is. */
function belongs(characters: readonly string[], at: number): boolean {
  const [character, before, next] = [characters[at]!, characters[at - 1], characters[at + 1]];
  if (character === '\ufe0f' && is(/^[0-9#*]$/, before) && next === '\u20e3') return true;
  if (['\ufe0e', '\ufe0f'].includes(character)) return isPictograph(before);
  if (!['\u200c', '\u200d'].includes(character)) return false;
  const isInScript = is(writesWithJoiners, before) && is(/^[\p{L}\p{M}]$/u, before);
  if (isInScript && !['\u200c', '\u200d'].includes(next!)) return true;
  const isStyle = is(/^(?:\p{Emoji_Modifier}|\ufe0e|\ufe0f)$/u, before);
  const closes = isPictograph(before) || (isStyle && isPictograph(characters[at - 2]));
  return character === '\u200d' && closes && isPictograph(next);
}

function isSeenSlowly(text: string): boolean {
  const characters = [
    ...(text.includes('🏴') ? tagged.reduce((rest, flag) => rest.replaceAll(flag, 'x'), text) : text),
  ];
  return characters.every((character, at) => !isHidden(character) || belongs(characters, at));
}

test('every character of Unicode, alone, inside and doubled, is judged as by the slow rule', () => {
  const wrong: string[] = [];
  // Planes 2 and 3 hold ideographs alone, 4 to 13 nothing, 15 and 16 what is private: of these every 97th character,
  // and at night every one.
  const rarely = runs(1) > 1 ? 1 : 97;
  const step = (code: number) => (code < 0x2_0000 || code >> 16 === 14 ? 1 : rarely);
  for (let code = 0; code <= 0x10_ffff; code += step(code)) {
    const character = String.fromCodePoint(code);
    for (const text of [character, `a${character}b`, `a${character}${character}b`])
      if (isSeen(text) !== isSeenSlowly(text)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

const tricky = fc.constantFrom(
  ...['a', '1', '#', ' ', '가', 'ب', 'क', '\u094d', '\u0301', '\u200c', '\u200d', '\ufe0e', '\ufe0f', '\u20e3', '❤'],
  ...['👩', '🏽', '🏴', '🇰', '\u{e0067}', '\u{e007f}', '\u3164', '\u2800', '\u202e', '\n', '\ud83d', '©', ...tagged],
);

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(tricky).map((parts) => parts.join('')),
);

test('joiners, selectors and tags in any order are judged as by the slow rule', () => {
  fc.assert(
    fc.property(fc.array(tricky, { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      expect(isSeen(text)).toBe(isSeenSlowly(text));
    }),
    { numRuns: runs(5_000) },
  );
});

test('what is kept is kept as it is the next time, and is in NFC', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const tidy of [tidyLine, tidyText]) {
        const kept = tidy(text);
        expect(tidy(kept)).toBe(kept);
        expect(kept.normalize('NFC')).toBe(kept);
        expect(kept.trim()).toBe(kept);
      }
      expect(tidyLine(text)).not.toMatch(/\p{Zs}{2}|[^\S ](?<=\p{Zs})/u);
      expect(tidyText(text)).not.toMatch(/[\r\u0085\u2028\u2029]/);
    }),
    { numRuns: runs(2_000) },
  );
});

test('a line that is kept and not empty shows something', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const kept = tidyLine(text);
      if (kept !== '' && isSeen(kept) && isNeat(kept))
        expect(kept).toMatch(/[\p{L}\p{N}\p{P}\p{S}\p{Extended_Pictographic}]/u);
    }),
    { numRuns: runs(2_000) },
  );
});

test.each([
  ['하트', '❤️하트'],
  ['a family', '👨‍👩‍👧'],
  ['a couple with two colours of skin', '👩🏽‍❤️‍💋‍👨🏼'],
  ['a keycap', '1️⃣ 일'],
  ['a flag', '🇰🇷'],
  ['a flag with invisible letters', '🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
  ['Thai', 'สวัสดี'],
  ['Hindi', 'हिन्दी'],
  ['Hindi with a joiner', 'क्‍ष'],
  ['Persian with a non-joiner', 'می‌خواهم'],
  ['Burmese', 'လျှို့ဝှက်'],
  ['Tibetan', 'བོད་སྐད'],
  ['Vietnamese', 'Đặng Thuỳ Trâm'],
  ['single letters of Hangul', 'ㅋㅋㅎㅎ'],
])('%s may be written', (_, text) => {
  expect([isSeen(tidyLine(text)), isNeat(tidyLine(text))]).toEqual([true, true]);
});

test.each([
  ['Hangul fillers', '\u3164\u3164'],
  ['Hangul fillers of the old kind', '\u115f\u1160'],
  ['a half-width Hangul filler', 'a\uffa0'],
  ['empty Braille cells', '\u2800\u2800'],
  ['a soft hyphen', 'a\u00adb'],
  ['spaces of no width', '\u200b\u200b'],
  ['a text turned round', 'plan\u202egnp.exe'],
  ['an isolate', 'a\u2066b'],
  ['a mark of direction', 'a\u200eb'],
  ['an Arabic mark of direction', 'a\u061cb'],
  ['half an emoji', 'a\ud800b'],
  ['a selector on a digit', '1\ufe0f'],
  ['a joiner in a Latin word', 'a\u200db'],
  ['a joiner at the end of an emoji', '👩\u200d'],
  ['letters hidden behind a flag', '🏴\u{e0061}\u{e0062}\u{e007f}'],
  ['a control character', 'a\u0007'],
  ['a character of private use', '\uf8ff'],
  ['a character that will never be', '\uffff'],
])('#11, #14, #15: %s cannot be seen', (_, text) => {
  expect([isSeen(tidyLine(text)), isSeenText(tidyText(text))]).toEqual([false, false]);
});

test('marks are on a letter, six at most', () => {
  expect(['a', `a${'\u0301'.repeat(6)}`, 'ก็'].map(isNeat)).toEqual([true, true, true]);
  expect(['\u0301a', `a${'\u0301'.repeat(7)}`, `a${'\u0316\u0301'.repeat(20)}`].map(isNeat)).toEqual([
    false,
    false,
    false,
  ]);
});

test('spaces of every width are one, and breaks of every kind are one', () => {
  expect(tidyLine('\u3000Run\u00a0 every\u2009\u202fday\u3000')).toBe('Run every day');
  expect(tidyText(' a\r\nb\rc\u2028d\u2029e\u0085f\n\n  - g\n ')).toBe('a\nb\nc\nd\ne\nf\n\n  - g');
  expect(['a\nb', 'a\rb', 'a\u2028b', 'a\u0085b', 'a\vb'].map(isOneLine)).toEqual(Array(5).fill(false));
  expect([isOneLine('a b'), isSeenText('a\n\tb'), isSeen('a\tb')]).toEqual([true, true, false]);
});

test('the length is what people see', () => {
  expect(['', 'ab', '👨‍👩‍👧', '❤️', 'हिन्दी', '가'.normalize('NFD')].map(seenLength)).toEqual([0, 2, 1, 1, 2, 1]);
});

test('#2, #3: addresses and codes lose what came along, and no other look-alike becomes a letter', () => {
  expect(
    [' mina@example.com ', '\u00a0mina＠example．com\u200b', '\u202amina@example.com\u202c'].map(tidyAddress),
  ).toEqual(['mina@example.com', 'mina@example.com', 'mina@example.com']);
  expect(tidyAddress('\u212aim@example.com')).toBe('\u212aim@example.com');
  expect(['123 456', '123456\n', '１２３－４５６', '12\u00a034‑56', '1\u200b23\r\n456'].map(tidyCode)).toEqual(
    Array(5).fill('123456'),
  );
  expect(tidyCode(' abcd-EFGH 2345 ')).toBe('abcdEFGH2345');
});

test.each([
  'https://mina.example/me',
  'http://mina.example:8080/?a=b@c#d',
  'https://한글.kr/책',
  'https://xn--bj0bj06e.kr',
  'HTTPS://MINA.EXAMPLE.',
])('%s leads to a page that everybody can open', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  'https://google.com@evil.example/',
  'https://google.com\\@evil.example/',
  'https://user:secret@mina.example/',
  'https://:secret@mina.example/',
  'http://localhost',
  'https://.com/',
  'https://a..com/',
  'http://LOCALHOST./',
  'http://app.localhost/',
  'http://printer.local/',
  'http://router/',
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f.0.0.1/',
  'http://192.168.0.1/',
  'http://8.8.8.8/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://①②⑦.0.0.1/',
  'ftp://mina.example/',
  'javascript:alert(1)',
  'mina.example',
])('D11: %s does not', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  ['https://x.example/"><img src=x>', 'https://x.example/%22%3E%3Cimg%20src=x%3E', 'x.example'],
  ["https://x.example/'onclick='a?'#'", 'https://x.example/%27onclick=%27a?%27#%27', 'x.example'],
  ['https://x.example/?`', 'https://x.example/?%60', 'x.example'],
  ['https://x.example/#"<`>', 'https://x.example/#%22%3C%60%3E', 'x.example'],
  ['HTTPS://한글.kr:443/책', 'https://xn--bj0bj06e.kr/%EC%B1%85', 'xn--bj0bj06e.kr'],
  ['https://аррӏе.com', 'https://xn--80ak6aa92e.com/', 'xn--80ak6aa92e.com'],
  ['http://Mina.Example:8080', 'http://mina.example:8080/', 'mina.example:8080'],
])('F18: %s is kept as browsers understand it', (typed, kept, host) => {
  expect([asLink(typed), hostOf(kept)]).toEqual([kept, host]);
});

test('F18: a link that is kept is printable ASCII, ends no attribute and no tag, and is kept the same again', () => {
  const path = fc.string({ unit: 'binary', maxLength: 40 });
  const hosts = fc.constantFrom('x.example', '한글.kr', 'USER.example:8443');
  fc.assert(
    fc.property(hosts, path, path, path, (host, a, b, c) => {
      const typed = `https://${host}/${a}?${b}#${c}`;
      fc.pre(isPublicAddress(typed));
      const kept = asLink(typed);
      expect(kept).toMatch(/^https?:\/\/[!#-&(-;=?-_a-~]+$/);
      expect(asLink(kept)).toBe(kept);
    }),
    { numRuns: runs(300) },
  );
});

test('F07: what a normalization has to sort is a mark, so 30 marks in a row are all that it ever sorts', () => {
  const sorts: string[] = [];
  for (let at = 0; at <= 0x10ffff; at += 1) {
    if (at >= 0xd800 && at < 0xe000) continue;
    const character = String.fromCodePoint(at);
    // A letter with marks in it ends the row before it, and begins another with its own.
    const [first = ''] = character.normalize('NFD');
    // Of two marks of different classes one moves; 0345 has the highest class and 0334 the lowest.
    const passes = `a\u0345${first}`.normalize('NFD') !== `a\u0345${first}`;
    const isPassed = `a${first}\u0334`.normalize('NFD') !== `a${first}\u0334`;
    if ((passes || isPassed) && !/^\p{M}$/u.test(character)) sorts.push(character);
  }
  expect(sorts).toEqual([]);
  expect([30, 31].map((marks) => isStreamSafe(`a${'\u0345'.repeat(marks)}`))).toEqual([true, false]);
});
