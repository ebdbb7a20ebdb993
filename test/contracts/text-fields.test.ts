/**
 * Every field of every contract that takes words takes them by the one rule (`shared/product/text-fields.ts`): no text
 * that cannot be seen, that turns what is around it, or that is half a character gets in, whatever the field is.
 */
import * as z from 'zod';
import type { JsonObject } from '../../docgen/json.ts';
import { sampleOf } from '../../docgen/sample.ts';
import { features } from '../../functions/features.ts';
import { checked } from '../../shared/http/parse.ts';
import { Problem } from '../../shared/product/problems.ts';
import { type Field, fieldsOf, type Schema, valueAt, withAt, withPartsAt } from './fields.ts';

/** What programs make, or what nobody is ever shown: taken as it is, or refused by what it must match. */
const opaque = [
  'password',
  'currentPassword',
  'ticket',
  'request',
  'deviceToken',
  'refreshToken',
  'cursor',
  'query',
  'endpoint',
  'redirectUri',
  // What authenticators make; the library judges it.
  ...['id', 'rawId', 'clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'],
];
/** Typed by people, and translated to what they meant: only what is left is looked at. */
const translated = ['email', 'loginId', 'code'];

const takings = features.flatMap((feature) => [
  ...Object.entries(feature.routes).flatMap(([name, { body, query }]) => [
    { name: `${name}, body`, schema: body },
    { name: `${name}, query`, schema: query },
  ]),
  ...Object.values(feature.actions).map(({ name, data }) => ({ name, schema: data })),
]);

interface Text extends Field {
  readonly name: string;
  /** The whole with a value in this field, as the contract takes it; undefined if it refuses this field. */
  readonly taken: (value: string) => unknown;
  /** Whether the contract takes the whole with it. */
  readonly takesAll: (value: string) => boolean;
  /** Has the schema of the contract look at a value in this field, without what the kernel does before. */
  readonly parsed: (value: string) => void;
}

const texts: Text[] = takings.flatMap(({ name, schema }) => {
  const document = z.toJSONSchema(schema, { io: 'input' }) as JsonObject;
  const sample = sampleOf(document, document);
  const isText = ({ schema: each }: Field) => {
    const { type, enum: options, const: only } = each as Schema;
    return type === 'string' && options === undefined && only === undefined;
  };
  return fieldsOf(document, document)
    .filter(isText)
    .map((field) => {
      const pointer = ['', ...field.path].join('/');
      const whole = withPartsAt(sample, field.path, document);
      const tried = (value: string, rest: unknown = whole): { value: unknown; refused: readonly string[] } => {
        try {
          const given = checked(schema, withAt(rest, field.path, value), '', 'en');
          return { value: valueAt(given, field.path), refused: [] };
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          return { value, refused: error.errors.map((each) => each.pointer) };
        }
      };
      const taken = (value: string) => {
        const found = tried(value);
        // Some contracts take one of several fields.
        const alone = tried(value, {});
        if (alone.refused.length === 0) return alone.value;
        // Another field may be missing beside this one.
        return found.refused.includes(pointer) ? undefined : found.value;
      };
      const takesAll = (value: string) => tried(value).refused.length === 0;
      const parsed = (value: string) => void schema.safeParse(withAt(whole, field.path, value));
      return { ...field, name: `${name}: ${pointer}`, taken, takesAll, parsed };
    });
});
const lastName = ({ path }: Text) => String(path.findLast((part) => typeof part === 'string'));
const written = texts.filter((text) => !opaque.includes(lastName(text)));
/** Fields that take any words: not an id, a date, a code. */
const words = written.filter((text) => !translated.includes(lastName(text)) && text.taken('가나 다라') !== undefined);

test('there are fields to try', () => {
  expect(written.length).toBeGreaterThan(60);
  expect(words.length).toBeGreaterThan(25);
  for (const name of [...opaque, ...translated]) expect(texts.map(lastName)).toContain(name);
});

const unseen = [
  '가\u202e나다',
  '가\u2066나다',
  '\u3164\u3164',
  '\u200b\u200b',
  '가\u200b나다',
  '가\u0000나다',
  '\u2800\u2800',
  '가\u00ad나다',
];

test.each(written.filter((text) => !translated.includes(lastName(text))))(
  '#11, #14: $name takes nothing that cannot be seen',
  ({ taken }) => {
    expect(unseen.filter((text) => taken(text) !== undefined)).toEqual([]);
  },
);

test.each(texts)('#15: $name takes no half of a character', ({ takesAll }) => {
  expect(['가\ud83d나다', '\udc00\udc00'].filter((text) => takesAll(text))).toEqual([]);
});

test.each(words)('$name takes emoji and the letters of all languages, each in one form', ({ taken }) => {
  for (const text of ['❤️하트', '👩‍👩‍👧 가족', 'สวัสดี', 'हिन्दी', 'می‌خواهم']) expect(taken(text)).toBe(text);
  expect(taken(' 민아 '.normalize('NFD'))).toBe('민아');
  expect(taken(`가나${'\u0301'.repeat(8)}`)).toBeUndefined();
});

test.each(words)('$name is one line with single spaces, or a text with its line breaks', ({ taken }) => {
  const [spaces, lines] = [taken('가나\u3000  다'), taken('가\r\n나')];

  expect([
    ['가나 다', undefined],
    ['가나\u3000  다', '가\n나'],
  ]).toContainEqual([spaces, lines]);
});

/** The longest text that anything was given that knows Unicode, and so costs the more, the longer the text is. */
function longestSeen(act: () => void): number {
  const { normalize, replace } = String.prototype;
  const { segment } = Intl.Segmenter.prototype;
  const seen: number[] = [0];
  const spies = [
    jest.spyOn(String.prototype, 'normalize').mockImplementation(function (this: string, ...given) {
      seen.push(this.length);
      return normalize.apply(this, given);
    }),
    jest.spyOn(String.prototype, 'replace').mockImplementation(function (this: string, ...given) {
      seen.push(this.length);
      return replace.apply(this, given as never);
    }),
    jest.spyOn(Intl.Segmenter.prototype, 'segment').mockImplementation(function (this: Intl.Segmenter, text) {
      seen.push(text.length);
      return segment.call(this, text);
    }),
  ];
  try {
    act();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return Math.max(...seen);
}

const longest = 31_600;
test.each(texts)('F07: $name has its length known before its characters', ({ schema, parsed }) => {
  const { maxLength = 0 } = schema as { readonly maxLength?: number };
  const long = [' ', '가', '각'.normalize('NFD'), '👩\u200d', 'a', 'https://a.example/'].map((part) =>
    part.repeat(longest).slice(0, longest),
  );
  for (const text of long) {
    const seen = longestSeen(() => parsed(text));
    expect({ text: text.slice(0, 4), seen: seen <= Math.max(4 * maxLength, 64) }).toEqual({
      text: text.slice(0, 4),
      seen: true,
    });
  }
});

test.each(texts)('F07: $name is refused in no time if it is made of marks', ({ taken, takesAll }) => {
  const marks = `a${'\u0345'.repeat(7900)}${'\u0334'.repeat(7900)}`;
  const before = process.cpuUsage();
  const results = [takesAll(marks), taken(marks)];
  const { user, system } = process.cpuUsage(before);

  expect(results).toEqual([false, undefined]);
  // A normalization of it takes 140 ms; the sum of all that is checked here was 0.4 ms.
  expect((user + system) / 1000).toBeLessThan(50);
});

const links = texts.filter(({ schema }) => (schema as Schema).format === 'uri');

test('F18: links are fields of their own, so that a client sees them', () => {
  expect(links.map(lastName)).toEqual(expect.arrayContaining(['website', 'link']));
  const named = texts.filter((text) => /^(link|website|url|homepage)$/i.test(lastName(text)));
  expect(named.filter((text) => !links.includes(text)).map(({ name }) => name)).toEqual([]);
});

test.each(links)('F18: $name is kept as browsers understand it, and leads to a public host', ({ taken }) => {
  expect(taken(' HTTPS://한글.kr/"><b>\'')).toBe('https://xn--bj0bj06e.kr/%22%3E%3Cb%3E%27');
  const refused = [
    ...[
      'http://a"onmouseover=alert(1)',
      'https://x.example/\n<script>',
      'https://x.example/\u0000',
      'https://x.example/\u202egnp.exe',
    ],
    ...[
      'https://user:pass@x.example/',
      'https://x.example/\u2028a',
      'https://x.example/\u00ad',
      'http://192.168.0.1/',
      'http://[::1]/',
    ],
    ...['http://router/', 'http://printer.local/', 'javascript:alert(1)', 'ftp://x.example/', 'x.example'],
    // 480 characters of three bytes: more than is stored.
    `https://x.example/${'가'.repeat(480)}`,
  ];
  expect(refused.filter((text) => taken(text) !== undefined)).toEqual([]);
});
