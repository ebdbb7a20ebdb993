import fc from 'fast-check';
import { decodeCursor, encodeCursor } from '../../shared/data/cursor.ts';
import type { IndexName } from '../../shared/data/registry.ts';
import { Problem } from '../../shared/product/problems.ts';
import { runs } from '../support/runs.ts';

const indexes: readonly IndexName[] = ['table', 'gsi1', 'gsi2'];
const attributes = (index: IndexName) => (index === 'table' ? ['sk'] : ['pk', 'sk', `${index}sk`]);
const text = fc.string({ unit: 'binary', maxLength: 30 });
const query = fc.constantFrom(...indexes).chain((index) =>
  fc.record({
    index: fc.constant(index),
    binding: text,
    position: fc.record(Object.fromEntries(attributes(index).map((name) => [name, text]))),
  }),
);

const refusalOf = (decode: () => unknown) => {
  try {
    decode();
  } catch (error) {
    return error instanceof Problem ? error.code : error;
  }
  return 'taken';
};

test('a cursor comes back as the position it was made of', () => {
  fc.assert(
    fc.property(query, ({ index, binding, position }) => {
      expect(decodeCursor(index, binding, encodeCursor(index, binding, position))).toEqual(position);
    }),
    { numRuns: runs(500) },
  );
});

test('a cursor with any letter changed, added or left out is refused', () => {
  const letter = fc.constantFrom(...'ABCDwxyz0189-_=+/ \n.가');

  fc.assert(
    fc.property(query, letter, fc.nat(), fc.nat(2), ({ index, binding, position }, other, seed, length) => {
      const cursor = encodeCursor(index, binding, position);
      const at = seed % (cursor.length + 1);
      const changed = cursor.slice(0, at) + (length === 2 ? '' : other) + cursor.slice(at + Math.min(length, 1));
      fc.pre(changed !== cursor);

      expect(refusalOf(() => decodeCursor(index, binding, changed))).toBe('INVALID_CURSOR');
    }),
    { numRuns: runs(1_000) },
  );
});

test('a cursor is refused by every other query', () => {
  fc.assert(
    fc.property(query, text, fc.constantFrom(...indexes), ({ index, binding, position }, other, otherIndex) => {
      const cursor = encodeCursor(index, binding, position);
      fc.pre(other !== binding);

      expect(refusalOf(() => decodeCursor(otherIndex, other, cursor))).toBe('INVALID_CURSOR');
    }),
  );
});

test('a cursor of one index is refused by another', () => {
  fc.assert(
    fc.property(query, fc.constantFrom('table' as const, 'gsi1' as const), ({ index, binding, position }, other) => {
      fc.pre((index === 'table') !== (other === 'table'));

      const decode = () => decodeCursor(other, binding, encodeCursor(index, binding, position));

      expect(refusalOf(decode)).toBe('INVALID_CURSOR');
    }),
  );
});

test('whatever is sent as a cursor, nothing but a refusal comes of it', () => {
  const json = fc.json().map((value) => Buffer.from(value).toString('base64url'));
  const nearly = fc
    .array(text, { maxLength: 5 })
    .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'));

  fc.assert(
    fc.property(fc.oneof(text, json, nearly), fc.constantFrom(...indexes), (cursor, index) => {
      expect(refusalOf(() => decodeCursor(index, 'binding', cursor))).toBe('INVALID_CURSOR');
    }),
    { numRuns: runs(1_000) },
  );
});

test('an attribute that the position lacks is an empty text', () => {
  expect(decodeCursor('gsi1', 'b', encodeCursor('gsi1', 'b', { sk: 's' }))).toEqual({ pk: '', sk: 's', gsi1sk: '' });
});
