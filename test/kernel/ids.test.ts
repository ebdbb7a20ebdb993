import fc from 'fast-check';
import { fingerprint, isId, newId, newSecret } from '../../shared/core/ids.ts';

test('an id is a UUID of version 7 that tells its time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (time) => {
      const id = newId(time);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.slice(0, 13).replace('-', ''), 16)).toBe(time);
      expect(isId(id)).toBe(true);
    }),
  );
});

test('ids sort by when they were made', () => {
  const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });

  fc.assert(
    fc.property(time, time, (a, b) => {
      fc.pre(a !== b);
      expect(newId(a) < newId(b)).toBe(a < b);
    }),
  );
});

test('ids and secrets of one instant differ', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => newId(1))).size).toBe(10_000);
  expect(new Set(Array.from({ length: 1_000 }, newSecret)).size).toBe(1_000);
});

test('a secret is 256 bits in base64url', () => {
  expect(newSecret()).toMatch(/^[\w-]{43}$/);
});

test('a fingerprint tells apart where texts are divided', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 4 }), { maxLength: 4 });

  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      expect(fingerprint(...a) === fingerprint(...b)).toBe(same);
    }),
  );
  expect(fingerprint('a', 'bc')).not.toBe(fingerprint('ab', 'c'));
  expect(fingerprint('1:a')).not.toBe(fingerprint('a'));
  expect(fingerprint('')).not.toBe(fingerprint());
});

test.each([
  ['019A7F3E-0000-7000-8000-000000000000', 'capitals'],
  ['019a7f3e00007000800000000000000000', 'no dashes'],
  ['019a7f3e-0000-7000-8000-000000000000\n', 'a line break'],
  ['', 'nothing'],
  ['me', 'a word'],
])('%j is no id (%s)', (text) => {
  expect(isId(text)).toBe(false);
});
