/** RFC 8291 by its own example (appendix A), and by a browser that is written from the RFC. */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { encrypted } from '../../functions/talking/devices/encryption.ts';
import { runs } from '../support/runs.ts';

const bytes = (text: string) => Buffer.from(text, 'base64url');

test('the example of RFC 8291: its keys, its salt, its body', () => {
  const sender = createECDH('prime256v1');
  sender.setPrivateKey(bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'));
  const receiver = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };

  const body = encrypted('When I grow up, I want to be a watermelon', receiver, {
    sender,
    salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
  });

  expect(body.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

/** A browser: RFC 8291 (3.4) and RFC 8188 (2) with the functions of node:crypto. */
function browser() {
  const own = createECDH('prime256v1');
  const receiver = { p256dh: own.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') };
  const open = (body: Buffer) => {
    const [salt, size, length] = [body.subarray(0, 16), body.readUInt32BE(16), body[20]!];
    const from = body.subarray(21, 21 + length);
    const sealed = body.subarray(21 + length);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), from]);
    const key = Buffer.from(hkdfSync('sha256', own.computeSecret(from), bytes(receiver.auth), info, 32));
    const derived = (name: string, many: number) =>
      Buffer.from(hkdfSync('sha256', key, salt, Buffer.from(`Content-Encoding: ${name}\0`), many));
    const decipher = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    const end = plain.lastIndexOf(2);
    return { text: plain.subarray(0, end).toString(), size, records: Math.ceil(sealed.length / size) };
  };
  return { receiver, open };
}

test('any text is read by its browser, in one record, and by no other; no two bodies share a key or a salt', () => {
  const [one, other] = [browser(), browser()];
  const texts = fc.string({ unit: 'grapheme', maxLength: 400 });
  fc.assert(
    fc.property(texts, (text) => {
      const [first, second] = [encrypted(text, one.receiver), encrypted(text, one.receiver)];

      expect(one.open(first)).toEqual({ text, size: 4096, records: 1 });
      expect(() => other.open(first)).toThrow(/unable to authenticate/);
      expect(first.subarray(0, 16).equals(second.subarray(0, 16))).toBe(false);
      expect(first.subarray(21, 86).equals(second.subarray(21, 86))).toBe(false);
    }),
    { numRuns: runs(50) },
  );
});

test('a key that is no point of the curve is refused', () => {
  const { receiver } = browser();

  expect(() => encrypted('a', { ...receiver, p256dh: Buffer.alloc(65, 4).toString('base64url') })).toThrow(/key/i);
});
