/** Random requests for a route: bodies that fit its schema, bodies that nearly do, and anything at all. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../docgen/json.ts';
import { resolve } from '../../docgen/json.ts';
import { sampleOf } from '../../docgen/sample.ts';

type Schema = Readonly<Record<string, Json | undefined>>;

const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  email: fc.emailAddress(),
  uri: fc.webUrl(),
  date: fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((date) => date.toISOString().slice(0, 10)),
};
/** What parsers, stores and pages of all kinds have stumbled over. */
const spiteful = fc.constantFrom<unknown>(
  ...['', ' ', '\u0000', '\u202e', '\ud800', '\ufeff', 'é', '🧱', '%00', '../../etc/passwd', "' OR 1=1 --", '{{7*7}}'],
  ...[
    '<script>alert(1)</script>',
    '__proto__',
    'constructor',
    '=1+1',
    'null',
    'NaN',
    '2026-02-30',
    '9999-12-31',
    '+00:00',
  ],
  ...[
    'x'.repeat(1_001),
    'ﷺ'.repeat(300),
    -0,
    -1,
    0.1,
    1e21,
    2 ** 53,
    Number.MIN_VALUE,
    1e308,
    null,
    true,
    [],
    {},
    [[[]]],
  ],
  ...[{ $gt: '' }, { S: 'x' }, { toString: 1 }, { length: -1 }, [null], { a: { b: { c: {} } } }],
);
const anything = fc.oneof(spiteful, fc.jsonValue({ maxDepth: 3 }));

/** Values that a JSON Schema allows, as far as it can say: the schema they were made of has the last word. */
function fitting(schema: Json | undefined, document: JsonObject): fc.Arbitrary<unknown> {
  const s = (schema ?? {}) as Schema;
  if (typeof s.$ref === 'string') return fitting(resolve(document, s.$ref), document);
  if (s.const !== undefined) return fc.constant(s.const);
  if (Array.isArray(s.enum)) return fc.constantFrom(...s.enum);
  const choices = (s.anyOf ?? s.oneOf) as readonly Json[] | undefined;
  if (choices) return fc.oneof(...choices.map((choice) => fitting(choice, document)));
  switch (s.type) {
    case 'object': {
      const fields = Object.entries((s.properties ?? {}) as JsonObject).map(([name, field]) => [
        name,
        fitting(field, document),
      ]);
      return fc.record(Object.fromEntries(fields), {
        requiredKeys: (s.required ?? []) as never[],
        noNullPrototype: true,
      });
    }
    case 'array':
      return fc.array(fitting(s.items, document), { maxLength: Number(s.maxItems ?? 3) });
    case 'integer':
      return fc.integer({ min: Number(s.minimum ?? 0), max: Math.min(Number(s.maximum ?? 2 ** 31), 2 ** 31 - 1) });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fittingText(s, document);
    default:
      return fc.constant(null);
  }
}

function fittingText(s: Schema, document: JsonObject): fc.Arbitrary<string> {
  const sample = fc.constant(String(sampleOf(s as JsonObject, document)));
  const format = texts[String(s.format)];
  if (format) return format;
  // Patterns speak of Unicode properties, which cannot be turned around: what does not fit is a near miss.
  const free = fc.string({ unit: 'binary', maxLength: Math.min(Number(s.maxLength ?? 40), 40) });
  return s.pattern ? fc.oneof(sample, free) : fc.oneof(free, sample);
}

type Change = { readonly kind: 'replace' | 'drop' | 'add' | 'wrap'; readonly at: number; readonly value: unknown };
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'drop', 'add', 'wrap'),
  at: fc.nat(1_000),
  value: anything,
});

/** The same body with something wrong in one place of it, at any depth. */
function spoiled(body: unknown, { kind, at, value }: Change): unknown {
  if (body === null || typeof body !== 'object') return value;
  if (Array.isArray(body))
    return kind === 'add' ? [...body, value] : body.map((each, i) => (i === at % body.length ? value : each));
  const entries = Object.entries(body);
  if (kind === 'add') return { ...body, [typeof value === 'string' ? value : 'surprise']: value };
  if (entries.length === 0) return value;
  const [name, old] = entries[at % entries.length]!;
  if (kind === 'drop') return Object.fromEntries(entries.filter(([other]) => other !== name));
  if (kind === 'wrap') return { ...body, [name]: [old] };
  const deeper = typeof old === 'object' && old !== null && at > 300;
  return { ...body, [name]: deeper ? spoiled(old, { kind, at: at >> 1, value }) : value };
}

/** Bodies for a route: half of them near misses, some right, some nothing of the kind. */
export function bodies(schema: JsonObject): fc.Arbitrary<unknown> {
  const right = fitting(schema, schema);
  return fc.oneof(
    { weight: 5, arbitrary: fc.tuple(right, change).map(([body, spoil]) => spoiled(body, spoil)) },
    {
      weight: 1,
      arbitrary: fc.tuple(right, change, change).map(([body, one, two]) => spoiled(spoiled(body, one), two)),
    },
    { weight: 2, arbitrary: right },
    { weight: 2, arbitrary: anything },
  );
}

/** What comes over the wire for a body: mostly its JSON, sometimes cut or with a byte changed. */
export const written = (body: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.tuple(body, fc.nat(19), fc.nat(), fc.string({ maxLength: 3 })).map(([value, luck, at, noise]) => {
    const text = JSON.stringify(value) ?? '';
    if (luck === 0) return text.slice(0, at % (text.length + 1));
    return luck === 1 ? text.slice(0, at % (text.length + 1)) + noise + text.slice((at % (text.length + 1)) + 1) : text;
  });

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Queries: names that a route knows and others, with all kinds of values. */
export const queries = (names: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...names, 'surprise'),
        fc.oneof(spiteful.map(asText), fc.string(), fc.integer().map(String)),
      ),
      {
        maxLength: 3,
      },
    )
    .map((pairs) =>
      pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`).join('&'),
    );
