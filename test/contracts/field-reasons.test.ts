/** At every field of every contract, people read in their language what to do, whatever they entered. */
import * as z from 'zod';
import type { Json, JsonObject } from '../../docgen/json.ts';
import { sampleOf } from '../../docgen/sample.ts';
import { features } from '../../functions/features.ts';
import { checked } from '../../shared/http/parse.ts';
import { type FieldReason, type Locale, locales } from '../../shared/messages/catalog.ts';
import { catalogOf } from '../../shared/messages/text.ts';
import { Problem } from '../../shared/product/problems.ts';
import { files, texts } from '../support/imports.ts';
import { type Field, fieldsOf, type Schema, withAt } from './fields.ts';

const takings = features.flatMap((feature) => [
  ...Object.entries(feature.routes).flatMap(([name, { body, query }]) => [
    { name: `${name}, body`, schema: body },
    { name: `${name}, query`, schema: query },
  ]),
  ...Object.values(feature.actions).map(({ name, data }) => ({ name, schema: data })),
]);

const twice = (value: Json) => [value, value];
/** Nothing, another type, too little, too much, odd characters, a field too many. */
const wrong = [undefined, null, 7, -1, 0.5, 1e12, true, '', 'x', ' ', 'a\u0000b', 'x'.repeat(9_000), [], {}, { x: 1 }];
const valuesFor = ({ schema }: Field, document: JsonObject) => [
  ...wrong,
  ['x'],
  Array(60).fill('x'),
  '1850-01-01',
  '1999-12-31',
  '22:00',
  '가\n나',
  '가\u202e나',
  `가${'\u0301'.repeat(9)}`,
  'moim',
  'https://a@mina.example',
  // Each is right by itself, and may be wrong beside the others.
  ...(((schema as Schema).enum ?? []) as readonly Json[]),
  twice(sampleOf((schema as Schema).items, document)),
];

/** The reasons that a schema gives for a value; none where it fits. */
function reasonsOf(schema: z.ZodType, value: unknown, locale: Locale): string[] {
  try {
    checked(schema, value, '', locale);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.errors.map(({ reason }) => reason);
    throw error;
  }
}

const said: Readonly<Record<Locale, Set<string>>> = { ko: new Set(), en: new Set() };
let tried = 0;
for (const { schema } of takings) {
  const document = z.toJSONSchema(schema, { io: 'input' }) as JsonObject;
  const sample = sampleOf(document, document);
  // Some fields exclude each other.
  const all = sampleOf({ ...document, examples: [], required: [] }, document);
  for (const locale of locales) for (const reason of reasonsOf(schema, all, locale)) said[locale].add(reason);
  for (const field of fieldsOf(document, document)) {
    tried += 1;
    for (const value of valuesFor(field, document))
      for (const locale of locales)
        for (const reason of reasonsOf(schema, withAt(sample, field.path, value), locale)) said[locale].add(reason);
  }
}

test('there are fields and reasons to judge', () => {
  expect(tried).toBeGreaterThan(300);
  expect(said.ko.size).toBeGreaterThan(40);
  expect(said.en.size).toBeGreaterThan(40);
});

test('a reason is a polite sentence in Korean', () => {
  expect([...said.ko].filter((reason) => !/[가-힣].*요\.$/.test(reason))).toEqual([]);
});

test('a reason is a sentence in English', () => {
  expect([...said.en].filter((reason) => !/^[A-Z][^가-힣]*\.$/.test(reason))).toEqual([]);
});

test.each(locales)('a reason in %s holds no pattern, no type and no value of a program', (locale) => {
  const technical =
    /\b(string|number|integer|int|boolean|object|array|record|undefined|null|NaN|regex|pattern|invalid|expected|received|input|uuid)\b|정규식|패턴|문자열|타입|배열|객체|[\\^$*+|{}[\]<>]/i;

  expect([...said[locale]].filter((reason) => technical.test(reason))).toEqual([]);
});

test.each(locales)('no rule of a contract is left without words of its own in %s', (locale) => {
  const { format, other } = catalogOf(locale).fields;

  expect([...said[locale]].filter((reason) => [format, other].includes(reason))).toEqual([]);
});

test('every reason that a contract names is given for some value', () => {
  const contracts = files.filter((file) =>
    /^(functions\/.*\/contract|shared\/core\/contract|shared\/product\/text-fields)\.ts$/.test(file),
  );
  const named = contracts.flatMap((path) =>
    [...texts.get(path)!.matchAll(/because\('(\w+)'\)/g)].map(([, name]) => name!),
  );
  const { fields } = catalogOf('en');

  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !said.en.has(fields[name as FieldReason]))).toEqual([]);
});
