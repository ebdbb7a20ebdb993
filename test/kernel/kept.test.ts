/** What decides whether an answer that clients may keep is sent again, and how: against a slow reading of RFC 9110. */
import * as fc from 'fast-check';
import { namesTag, tagOf, takesGzip } from '../../shared/http/kept.ts';
import { runs } from '../support/runs.ts';

const ours = [tagOf('{"a":1}'), tagOf('{"a":1}', 3), tagOf('{"a":2}', 3)];

describe('a tag', () => {
  test('is the same for the same content and version, and another for another', () => {
    expect(tagOf('{"a":1}', 3)).toBe(ours[1]);
    expect(new Set([...ours, tagOf('{"a":1}', 4)]).size).toBe(4);
    for (const tag of ours) expect(tag).toMatch(/^W\/"(\d+\.)?[\w-]{22}"$/);
  });
});

const trimmed = (text: string) => text.replace(/^[ \t]+/, '');

/** The texts between the quotes of a list of entity tags, read one after the other; undefined if it is no list. */
function listed(header: string): string[] | undefined {
  const tags: string[] = [];
  for (let rest = trimmed(header); rest !== ''; rest = trimmed(rest)) {
    if (rest.startsWith(',')) {
      rest = rest.slice(1);
      continue;
    }
    const quoted = rest.startsWith('W/') ? rest.slice(2) : rest;
    const end = quoted.indexOf('"', 1);
    if (!quoted.startsWith('"') || end < 0) return undefined;
    tags.push(quoted.slice(1, end));
    rest = trimmed(quoted.slice(end + 1));
    if (rest !== '' && !rest.startsWith(',')) return undefined;
  }
  return tags;
}

describe('If-None-Match', () => {
  test.each([
    [undefined, false],
    ['', false],
    ['*', true],
    [' * ', true],
    ['"*"', false],
    [ours[0], true],
    [ours[0]!.slice(2), true],
    [`"a", ${ours[0]}`, true],
    [`"a",W/"b,c",${ours[0]!.slice(2)},`, true],
    [ours[1], false],
    [ours[0]!.slice(3, -1), false],
    [ours[0]!.toLowerCase(), false],
    [`W/"3.${ours[0]!.slice(3)}`, false],
  ])('%j names the tag: %s', (header, expected) => {
    expect(namesTag(header, ours[0]!)).toBe(expected);
  });

  const opaque = fc.string({ unit: fc.constantFrom(...'ab.,*/W -'), maxLength: 4 }).map((text) => `"${text}"`);
  const tag = fc.oneof(
    opaque,
    opaque.map((text) => `W/${text}`),
    fc.constantFrom(...ours, ours[0]!.slice(2)),
  );
  const comma = fc.constantFrom(',', ', ', ' ,\t', ',, ');
  const list = fc
    .array(fc.tuple(tag, comma), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.map(([text, by], i) => (i === parts.length - 1 ? text : text + by)).join(''));

  test('of every list says what reading it slowly says', () => {
    fc.assert(
      fc.property(list, fc.constantFrom(...ours), (header, wanted) => {
        const tags = listed(header)!;
        expect(namesTag(header, wanted)).toBe(tags.includes(wanted.slice(3, -1)));
      }),
      { numRuns: runs(500) },
    );
  });

  test('that is no list never names what is not in it', () => {
    const bits = fc.constantFrom('"', 'W/', ',', ' ', '*', 'x', ...ours, ...ours.map((text) => text.slice(3, -1)));
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 8 }), fc.constantFrom(...ours), (parts, wanted) => {
        const header = parts.join('');
        const isNamed = namesTag(header, wanted);
        const tags = listed(header);
        if (tags) expect(isNamed).toBe(tags.includes(wanted.slice(3, -1)));
        else expect(isNamed && header.trim() !== '*' && !header.includes(wanted.slice(2))).toBe(false);
      }),
      { numRuns: runs(500) },
    );
  });

  test('of 10 KB is read in no time', () => {
    for (const header of ['"'.repeat(10_000), '"a",'.repeat(2_500), 'W/'.repeat(5_000), ' '.repeat(10_000)]) {
      const begun = process.cpuUsage();
      expect(namesTag(header, ours[0]!)).toBe(false);
      expect(process.cpuUsage(begun).user).toBeLessThan(100_000);
    }
  });
});

describe('Accept-Encoding', () => {
  test.each([
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['gzip, deflate, br, zstd', true],
    ['GZIP;Q=1', true],
    ['br', false],
    ['identity', false],
    ['*', true],
    ['*;q=0', false],
    ['gzip;q=0, *', false],
    ['gzip;q=0.001', true],
    ['gzip ; q=0.5 , identity;q=0.4', true],
    ['gzip;q=0.5, identity', false],
    ['gzip;q=0.5, identity;q=0.5', true],
    ['gzip;q=x', false],
    ['gzip;q=-1', false],
    ['gzip;q=1.5', false],
    ['gzip;q=', false],
    ['x-gzipped', false],
  ])('%j lets an answer be gzipped: %s', (header, expected) => {
    expect(takesGzip(header)).toBe(expected);
  });

  test('of any weights says what a table of all codings says', () => {
    const coding = fc.constantFrom('gzip', 'br', 'identity', '*', 'deflate', 'Gzip');
    const weight = fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined });
    const sent = fc.uniqueArray(fc.tuple(coding, weight), { selector: ([name]) => name.toLowerCase(), maxLength: 6 });
    fc.assert(
      fc.property(sent, (parts) => {
        const header = parts.map(([name, w]) => (w === undefined ? name : `${name};q=${w / 1000}`)).join(', ');
        const weightOf = (wanted: string) => {
          for (const name of [wanted, '*'])
            for (const [each, w] of parts) if (each.toLowerCase() === name) return w ?? 1000;
          return undefined;
        };
        const gzip = weightOf('gzip') ?? 0;
        const named = parts.find(([each]) => each === 'identity');
        const plain = named ? (named[1] ?? 1000) : 0;
        expect(takesGzip(header)).toBe(gzip > 0 && plain <= gzip);
      }),
      { numRuns: runs(500) },
    );
  });
});
