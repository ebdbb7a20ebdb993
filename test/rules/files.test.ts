import fc from 'fast-check';
import { uploadId } from '../../functions/activity/files/contract.ts';
import {
  arrivalKey,
  claimedId,
  fileKey,
  filePrefix,
  isSealed,
  isUsable,
  readTicket,
  ticketOf,
} from '../../functions/activity/files/rules.ts';
import { keyOf, type SigningKey } from '../../shared/adapters/signing-key.ts';
import { newId } from '../../shared/core/ids.ts';
import { imageTypeOf } from '../../shared/images/header.ts';
import { fileTypeNames } from '../../shared/product/file-types.ts';
import { limits } from '../../shared/product/limits.ts';

const jpeg = [0xff, 0xd8, 0xff];
const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const riff = [...Buffer.from('RIFF')];
const webp = [...Buffer.from('WEBP')];

test.each([
  ['image/jpeg', [...jpeg, 0xe0, 0, 16]],
  ['image/png', [...png, 0, 0, 0, 13]],
  ['image/webp', [...riff, 1, 2, 3, 4, ...webp]],
])('row 108: %s is known by its first bytes', (type, bytes) => {
  expect(imageTypeOf(Uint8Array.from(bytes))).toBe(type);
});

test.each([
  ['an empty file', []],
  ['a JPEG that ends too soon', jpeg.slice(0, 2)],
  ['a PNG that ends too soon', png.slice(0, 7)],
  ['a PNG with its line ends changed', [0x89, 0x50, 0x4e, 0x47, 0x0a, 0x1a, 0x0a, 0x0a]],
  ['a RIFF file of sound', [...riff, 1, 2, 3, 4, ...Buffer.from('WAVE')]],
  ['WEBP without RIFF', [0, 0, 0, 0, 1, 2, 3, 4, ...webp]],
  ['a page', [...Buffer.from('<!doctype html>')]],
  ['a GIF', [...Buffer.from('GIF89a')]],
])('row 108: %s is no image moim takes', (_, bytes) => {
  expect(imageTypeOf(Uint8Array.from(bytes))).toBeUndefined();
});

test('row 108: whatever follows, only the signature decides', () => {
  const starts = (head: Uint8Array, bytes: readonly number[], at = 0) =>
    bytes.every((byte, i) => head[at + i] === byte);
  const signature = fc.constantFrom<readonly number[]>([], jpeg, png, riff, [...riff, 0, 0, 0, 0, ...webp]);
  const head = fc
    .tuple(signature, fc.uint8Array({ maxLength: 16 }), fc.nat(12))
    .map(([first, rest, cut]) => Uint8Array.from([...first.slice(0, cut), ...rest].slice(0, 16)));

  fc.assert(
    fc.property(head, (bytes) => {
      const expected = starts(bytes, jpeg)
        ? 'image/jpeg'
        : starts(bytes, png)
          ? 'image/png'
          : starts(bytes, riff) && starts(bytes, webp, 8)
            ? 'image/webp'
            : undefined;
      expect(imageTypeOf(bytes)).toBe(expected);
    }),
    { numRuns: 1_000 },
  );
});

test('row 108: an upload arrives under a prefix of its own and moves to that of its group', () => {
  expect(arrivalKey('u1')).toBe('uploads/u1');
  expect(fileKey('g1', 'u1', '"abc"', 3)).toBe('files/g1/u1-abc-3');
  expect(filePrefix('g1', 'u1')).toBe('files/g1/u1-');
});

describe('row 108: the ticket of an upload', () => {
  const [key, other] = ['a', 'b'].map((letter) => keyOf(letter.repeat(64))) as [SigningKey, SigningKey];
  const upload = { uploadId: newId(0), mediaType: 'image/png', bytes: 1, expiresAt: 1_000 };
  const me = { accountId: newId(0) };
  const inGroup = { ...me, groupId: newId(0) };
  const named = fc.record({
    uploadId: fc.uuid(),
    mediaType: fc.constantFrom('image/jpeg', ...fileTypeNames),
    bytes: fc.integer({ min: 1, max: limits.file.bytes }),
    expiresAt: fc.integer({ min: 0, max: 99_999_999_999 }),
    name: fc.string({ unit: 'binary', minLength: 1, maxLength: limits.file.name / 2 }),
  });

  test('says again what was allowed, and its seal is good for its owner alone, under the key that made it', () => {
    fc.assert(
      fc.property(named, (each) => {
        const text = ticketOf(key, inGroup, each);
        const ticket = readTicket(text)!;
        expect(text.length).toBeLessThanOrEqual(limits.uploadTicket);
        expect(uploadId.safeParse(text).success).toBe(true);
        expect([ticket.keyId, ticket.upload, claimedId(text)]).toEqual([key.id, each, each.uploadId]);
        const owners = [inGroup, me, { ...inGroup, groupId: newId(1) }, { ...inGroup, accountId: newId(1) }];
        expect(owners.map((owner) => isSealed(key, owner, ticket))).toEqual([true, false, false, false]);
        expect(isSealed(other, inGroup, ticket)).toBe(false);
      }),
    );
  });

  test('the longest that can be made fits', () => {
    const most = { ...upload, bytes: limits.file.bytes, expiresAt: 99_999_999_999 };
    const longest = fileTypeNames.toSorted((a, b) => b.length - a.length)[0]!;
    const text = ticketOf(key, inGroup, { ...most, mediaType: longest, name: '한'.repeat(limits.file.name) });
    expect(text.length).toBeLessThanOrEqual(limits.uploadTicket);
    expect(readTicket(text)!.upload.name).toHaveLength(limits.file.name);
  });

  test('with one character changed is none, or its seal is broken', () => {
    const text = ticketOf(key, me, upload);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...letters), (at, letter) => {
        const bent = text.slice(0, at) + letter + text.slice(at + 1);
        const ticket = readTicket(bent);
        // The key that a ticket names is found by exactly this name.
        const good = ticket !== undefined && ticket.keyId === key.id && isSealed(key, me, ticket);
        expect(good).toBe(bent === text);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    '',
    'x',
    newId(0),
    'a.b.c',
    `${'e30'}.${'a'.repeat(12)}.${'a'.repeat(43)}`,
    `.${'a'.repeat(12)}.${'a'.repeat(43)}`,
  ])('%j is none, and stands for itself', (text) => {
    expect([readTicket(text), claimedId(text)]).toEqual([undefined, text]);
  });

  test('is good until a minute before its end', () => {
    expect([isUsable(upload, 939_999), isUsable(upload, 940_000)]).toEqual([true, false]);
  });
});
