import { createHash, randomBytes, randomUUID } from 'node:crypto';

/**
 * A UUIDv7 (RFC 9562): 48 bits of time followed by randomness, so ids sort by creation time.
 *
 * @param now milliseconds since 1970
 * @example newId(platform.now()) // '019a7f3e-…'
 */
export function newId(now: number): string {
  return stamped(randomBytes(16), now);
}

/**
 * An id that is always the same for the same instant and texts, and sorts by the instant like those of `newId`.
 *
 * @param at milliseconds since 1970
 * @example idAt(fromIso(joinedAt), 'joined', groupId, accountId)
 */
export function idAt(at: number, ...parts: readonly string[]): string {
  const bytes = Buffer.from(fingerprint(...parts), 'base64url').subarray(0, 16);
  return stamped(bytes, at);
}

/** When an id of `newId` was made: milliseconds since 1970. Of another id it is a number without a meaning. */
export const timeOfId = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/**
 * The text before all ids of `newId` that were made at an instant or later, and after all earlier ones.
 *
 * @param at milliseconds since 1970
 */
export const beginningOfIds = (at: number) => newId(Math.max(0, at)).slice(0, 13);

/**
 * An id that is always the same for the same texts: a UUID of version 8 (RFC 9562), the version for custom ids.
 *
 * @example namedId('signing-key', '2026-11-01T00:00:00.000Z')
 */
export function namedId(...parts: readonly string[]): string {
  const bytes = Buffer.from(fingerprint(...parts), 'base64url').subarray(0, 16);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return written(bytes);
}

/** The form of version 7: the instant in the first 48 bits. */
function stamped(bytes: Buffer, at: number): string {
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return written(bytes);
}

function written(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A secret that is handed out once: 256 random bits in base64url. Store only its `fingerprint`. */
export const newSecret = () => randomBytes(32).toString('base64url');

/** A secret in the form of an id, for addresses: a UUID of version 4 with 122 random bits. Nobody learns from it when it was made. */
export const newSecretId = () => randomUUID();

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A secret that people can dictate: 128 random bits in base32 (RFC 4648), 26 characters. */
export function newCode(): string {
  const bits = BigInt(`0x${randomBytes(16).toString('hex')}`) << 2n;
  return Array.from({ length: 26 }, (_, i) => base32[Number((bits >> BigInt(5 * (25 - i))) & 31n)]).join('');
}

/**
 * SHA-256 in base64url (43 characters) of any number of texts. Each text is length-prefixed, so ('a','bc') and
 * ('ab','c') differ.
 *
 * @example fingerprint('login', email)
 */
export function fingerprint(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('base64url');
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Whether a text is an id in moim's form (a lower-case UUID). */
export const isId = (text: string) => uuid.test(text);
