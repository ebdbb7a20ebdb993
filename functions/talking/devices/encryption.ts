import { createECDH, type ECDH, randomBytes } from 'node:crypto';
import ece from 'http_ece';

/** The parts of a subscription that its browser opens messages with, base64url. */
export interface Receiver {
  readonly p256dh: string;
  readonly auth: string;
}

/** What a message is encrypted with, and never another one. */
export interface Once {
  /** The sender's half of the key; the message carries its public part. */
  readonly sender: ECDH;
  /** 16 bytes. */
  readonly salt: Uint8Array;
}

const anew = (): Once => {
  const sender = createECDH('prime256v1');
  sender.generateKeys();
  return { sender, salt: randomBytes(16) };
};

/**
 * A message that only one browser can read (RFC 8291): the body of the request to its push service, in the encoding
 * `aes128gcm`. Push services take bodies of 4,096 bytes; one record of the encoding holds so many.
 *
 * @throws an error of node:crypto if the key of the subscription is no point of the curve
 */
export const encrypted = (
  text: string,
  { p256dh, auth }: Receiver,
  { sender, salt }: Once = anew(),
): Buffer<ArrayBuffer> =>
  ece.encrypt(Buffer.from(text), { version: 'aes128gcm', dh: p256dh, privateKey: sender, salt, authSecret: auth });
