import { createHmac, timingSafeEqual } from 'node:crypto';
import { fingerprint } from '../../../shared/core/ids.ts';
import { daysAfter, iso } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { foldedName } from '../../../shared/product/names.ts';
import type { UndoneChanges } from '../factors/items.ts';
import type { Purpose } from './values.ts';

/**
 * The code that belongs to a verification (row 1). It is derived and stored nowhere: a hash of six digits would be
 * guessed in a second, an HMAC cannot be without the key.
 */
export function codeOf(key: Uint8Array, verificationId: string, email: string): string {
  const digest = createHmac('sha256', key).update(`email-code:${verificationId}:${email}`).digest();
  const number = digest.readUIntBE(0, 6) % 10 ** limits.emailCode.digits;
  return String(number).padStart(limits.emailCode.digits, '0');
}

/** The key of the code that somebody asked for. */
export const codeKey = (email: string, purpose: Purpose, asker: string) => ({
  address: fingerprint('code', email),
  purpose,
  asker,
});

/** The token of a request for a code: who asked, and a secret that only they were given. */
export const requestTokenOf = (asker: string, secret: string) => `${asker}.${secret}`;

/** The parts of a request token; undefined if it is none. */
export function readRequestToken(text: string) {
  const [, asker, secret] = /^([\w-]{22})\.([\w-]{43})$/.exec(text) ?? [];
  return asker && secret ? { asker, secret } : undefined;
}

/** Compares two codes of equal length in a time that tells nothing. */
export const codesEqual = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** The claim of a nickname: names that look the same have the same claim (row 5). */
export const nicknameClaim = (nickname: string) => foldedName(nickname);

interface SealingKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The token of a device on which its owner has signed in before: an id, and a seal that only moim can make. */
export const deviceTokenOf = (key: SealingKey, login: string, deviceId: string) =>
  `${deviceId}.${key.id}.${sealOf(key, login, deviceId)}`;

/** The parts of a device token; undefined if it is none. */
export function readDeviceToken(text: string | undefined) {
  const [, deviceId, keyId, seal] = /^([\w-]{43})\.([\w-]{12})\.([\w-]{43})$/.exec(text ?? '') ?? [];
  return deviceId && keyId && seal ? { deviceId, keyId, seal } : undefined;
}

/** Whether a device token was given to a device on which this very login has signed in. */
export const isKnownDevice = (
  key: SealingKey,
  login: string,
  { deviceId, seal }: { readonly deviceId: string; readonly seal: string },
) => timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(key, login, deviceId)));

/**
 * A place as a mail carries it: SES keeps it and gives it back with its report. Without the key nobody finds the address in
 * it by trying all there are.
 */
export const placeMark = ({ bytes }: Pick<SealingKey, 'bytes'>, place: string) =>
  createHmac('sha256', bytes).update(`mail from:${place}`).digest('base64url').slice(0, 22);

const sealOf = (key: SealingKey, login: string, deviceId: string) =>
  createHmac('sha256', key.bytes).update(`device:${deviceId}:${login}`).digest('base64url');

/**
 * Whether a change of address was undone, by its own link or with a change before it. A link that undoes a later change
 * says nothing of the ones before: else a thief could move an account twice, undo the second, and void the owner's link.
 *
 * @param movedAt when the address was changed: ISO 8601 in UTC, as all instants here
 */
export const isUndone = (undone: readonly UndoneChanges[], movedAt: string): boolean =>
  undone.some(({ from, at }) => from <= movedAt && movedAt <= at);

/** What was undone, with the changes from `movedAt` until now. What no link can be of any more is left out. */
export const withUndone = (undone: readonly UndoneChanges[], movedAt: string, now: number): UndoneChanges[] => [
  ...undone.filter(({ from, at }) => from < movedAt && at >= daysAfter(iso(now), -limits.undoEmailDays)),
  { from: movedAt, at: iso(now) },
];
