import fc from 'fast-check';
import {
  indexKeysOf,
  keyOf,
  partitionOf,
  partitionPrefix,
  patternPrefix,
  tablePrefix,
  templatesOf,
} from '../../shared/data/keys.ts';
import { type EntityName, entities, type PatternName, patterns } from '../../shared/data/registry.ts';

interface Templates {
  readonly about: string;
  readonly pk: string;
  readonly sk: string;
  readonly gsi1?: { readonly pk: string; readonly sk: string };
  readonly gsi2?: { readonly pk: string; readonly sk: string };
}
const registry = Object.entries(entities) as [EntityName, Templates][];
const patternNames = Object.keys(patterns) as PatternName[];
const placeholders = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

/** Values full of what separates and escapes. Lone surrogates are no text: they would not survive UTF-8 anyway. */
const value = fc
  .array(fc.constantFrom('#', '%', '%23', '%25', '{', '}', 'a', '가', '🧱', ' ', '\u0000'), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''));
const valuesFor = (names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])) as Record<string, typeof value>);
const keyFor = (entity: EntityName, values: Record<string, string>) => keyOf(entity, values as never);

describe.each(registry)('%s', (entity, { about, pk, sk, gsi1, gsi2 }) => {
  const names = [...new Set([...placeholders(pk), ...placeholders(sk)])];

  test('says what it is, and begins each key with a word of its own', () => {
    expect(about).not.toBe('');
    for (const template of [pk, gsi1?.pk, gsi2?.pk]) if (template) expect(template).toMatch(/^[A-Z_]+#\{\w+\}/);
    expect(sk).toMatch(/^[A-Z]+(#\{\w+\}(#\{\w+\})*)?$/);
    for (const template of [gsi1?.sk, gsi2?.sk]) if (template) expect(template).toMatch(/^\{\w+\}#\{\w+\}$/);
  });

  test('never gives two items one key', () => {
    fc.assert(
      fc.property(valuesFor(names), valuesFor(names), fc.boolean(), (a, other, spelt) => {
        // Half of the time the same values as they would look escaped: the nearest that two keys can come.
        const escaped = Object.entries(a).map(([name, text]) => [name, text.replaceAll('#', '%23')]);
        const b: typeof a = spelt ? Object.fromEntries(escaped) : other;
        const same = names.every((name) => a[name] === b[name]);
        const [first, second] = [keyFor(entity, a), keyFor(entity, b)];
        expect(first.pk === second.pk && first.sk === second.sk).toBe(same);
      }),
    );
  });

  test('refuses a key with a part missing or empty', () => {
    const whole = Object.fromEntries(names.map((name) => [name, 'x']));

    expect(keyFor(entity, whole)).toEqual({ pk: expect.any(String), sk: expect.any(String) });
    for (const name of names) {
      expect(() => keyFor(entity, { ...whole, [name]: '' })).toThrow(TypeError);
      expect(() => keyFor(entity, { ...whole, [name]: 7 as never })).toThrow(/is missing/);
    }
  });

  test('begins every partition key with the prefix that grants name', () => {
    fc.assert(
      fc.property(valuesFor(names), (values) => keyFor(entity, values).pk.startsWith(tablePrefix(entity))),
      { numRuns: 20 },
    );
    expect(tablePrefix(entity)).toMatch(/^[A-Z]+#$/);
  });
});

test('items of different kinds never share a key', () => {
  const of = fc
    .constantFrom(...registry)
    .chain(([entity, { pk, sk }]) =>
      valuesFor([...new Set([...placeholders(pk), ...placeholders(sk)])]).map((values) => ({ entity, values })),
    );

  fc.assert(
    fc.property(of, of, (a, b) => {
      const [first, second] = [keyFor(a.entity, a.values), keyFor(b.entity, b.values)];
      expect(a.entity !== b.entity && first.pk === second.pk && first.sk === second.sk).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

describe.each(patternNames)('%s', (pattern) => {
  const { entity, serves } = patterns[pattern];
  const templates: Templates = entities[entity];
  const { index, pk, sk: itemSk } = templatesOf(pattern);
  const sk = partitionPrefix(itemSk);
  const names = [...new Set([pk, itemSk, templates.pk, templates.sk].flatMap(placeholders))];

  test('asks for a partition and a prefix under which its items are stored', () => {
    expect(serves).not.toBe('');
    fc.assert(
      fc.property(valuesFor([...names, 'status', 'accountId', 'createdAt', 'blockedAt']), (values) => {
        const all = {
          subject: 'x',
          waitingFor: 'x',
          waitingIn: 'x',
          state: 'x',
          appliedAt: 'x',
          likedAt: 'x',
          reportedAt: 'x',
          place: 'x',
          publishedAt: 'x',
          shelf: 'x',
          revieweeId: 'x',
          category: 'x',
          requestedAt: 'x',
          modifiedAt: 'x',
          order: 'x',
          shard: 'x',
          joinedAt: 'x',
          until: 'x',
          to: 'x',
          seasonId: 'x',
          weekId: 'x',
          kind: 'x',
          ...values,
        };
        const stored: Record<string, string> = { ...keyFor(entity, all), ...indexKeysOf(entity, all) };
        const asked = partitionOf(pattern, all as never);
        const [pkName, skName] = index === 'table' ? ['pk', 'sk'] : [`${index}pk`, `${index}sk`];

        expect(asked).toEqual({ index, pk: stored[pkName!], prefix: sk });
        expect(stored[skName!]!.startsWith(asked.prefix)).toBe(true);
        expect(patternPrefix(pattern).index).toBe(index);
        expect(asked.pk.startsWith(patternPrefix(pattern).prefix)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('asks for no other kind of item in the partition', () => {
    const others = registry.filter(([name, other]) => name !== entity && index === 'table' && other.pk === pk);

    expect(others.filter(([, other]) => other.sk.startsWith(sk)).map(([name]) => name)).toEqual([]);
  });
});

test('only kinds that belong together share the prefix that grants name', () => {
  const shared = new Map<string, string[]>();
  for (const [name] of registry) shared.set(tablePrefix(name), [...(shared.get(tablePrefix(name)) ?? []), name]);

  // A grant to one of these is a grant to all of them: DynamoDB's LeadingKeys see the partition key alone.
  expect(Object.fromEntries([...shared].filter(([, names]) => names.length > 1))).toEqual({
    'BLOCKS#': ['Block', 'Blocks'],
  });
});

test('no prefix begins another', () => {
  const prefixes = [...new Set(registry.map(([name]) => tablePrefix(name)))];

  const clashes = prefixes.filter((a) => prefixes.some((b) => a !== b && b.startsWith(a)));

  expect(clashes).toEqual([]);
});

test('a pattern that no kind has is named, as fates name patterns that types cannot check', () => {
  expect(() => templatesOf('cheersOf' as never)).toThrow('no kind has a pattern "cheersOf"');
});
