import fc from 'fast-check';
import { arrivalKey, certificationKey, fileKey, filePrefix, isOwn } from '../../functions/activity/files/rules.ts';
import { imageTypeOf } from '../../shared/images/header.ts';

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
  expect(certificationKey('g1', 'u1', '"abc"')).toBe('certifications/g1/u1-abc');
  expect(fileKey('g1', 'u1', '"abc"')).toBe('files/g1/u1-abc');
  expect(filePrefix('g1', 'u1')).toBe('files/g1/u1-');
});

test('row 16: an upload becomes a picture only if it is the account’s own, for itself, unused, and not about to end', () => {
  const upload = { uploadId: 'u1', accountId: 'me', mediaType: 'image/png', bytes: 1, expiresAt: 1_000 };
  const now = 939_999;

  const me = { accountId: 'me' };
  const inGroup = { ...me, groupId: 'g1' };

  expect(isOwn(upload, me, now)).toBe(true);
  expect(isOwn(upload, { accountId: 'you' }, now)).toBe(false);
  expect(isOwn(upload, inGroup, now)).toBe(false);
  expect(isOwn({ ...upload, groupId: 'g1' }, me, now)).toBe(false);
  expect(isOwn({ ...upload, groupId: 'g1' }, inGroup, now)).toBe(true);
  expect(isOwn({ ...upload, groupId: 'g2' }, inGroup, now)).toBe(false);
  expect(isOwn({ ...upload, usedAt: '2026-03-02T03:00:00.000Z' }, me, now)).toBe(false);
  expect(isOwn(upload, me, now + 1)).toBe(false);
});
