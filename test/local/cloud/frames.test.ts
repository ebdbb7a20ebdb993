import fc from 'fast-check';
import { frameWatch } from '../../../local/gateways/frames.ts';

/** A frame as a client sends it: masked, with the shortest form of its length. */
function frame(length: number): Buffer {
  const head =
    length < 126
      ? [length]
      : length < 65_536
        ? [126, length >> 8, length & 255]
        : [127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 255, length & 255];
  head[0]! |= 0x80;
  return Buffer.concat([Buffer.from([0x81, ...head, 1, 2, 3, 4]), Buffer.alloc(length)]);
}

const lengths = fc.array(fc.oneof(fc.nat(200), fc.constantFrom(125, 126, 32_768, 65_535, 65_536), fc.nat(70_000)), {
  maxLength: 6,
});

test('frames are found in however the bytes arrive, and one above the limit is seen', () => {
  fc.assert(
    fc.property(lengths, fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1 }), (sent, cuts) => {
      const bytes = Buffer.concat(sent.map(frame));
      const exceeds = frameWatch(32_768);
      let seen = false;
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const end = at + cuts[i % cuts.length]!;
        seen = exceeds(bytes.subarray(at, end));
        at = end;
      }

      expect(seen).toBe(sent.some((length) => length > 32_768));
    }),
  );
});

test('a frame is refused by its header, before its payload has come', () => {
  const exceeds = frameWatch(32_768);

  expect(exceeds(frame(32_769).subarray(0, 8))).toBe(true);
});
