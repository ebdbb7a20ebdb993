import { createHmac, ECDH, timingSafeEqual } from 'node:crypto';
import { namedId } from '../../../shared/core/ids.ts';
import { dayMs, fromIso } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { DeviceItem } from './items.ts';

/** The address of a browser or an app at its push service. */
type Address = { readonly kind: 'WEB'; readonly endpoint: string } | { readonly kind: 'FCM'; readonly token: string };

/**
 * The id of a device: derived from its address, so that registering it again finds it, and two accounts that register
 * it meet at one claim.
 */
export const deviceIdOf = (address: Address): string =>
  namedId('device', address.kind, address.kind === 'WEB' ? address.endpoint : address.token);

/** Whether a subscription's public key is a point that a message can be encrypted for, and not just as long as one. */
export function isPublicKey(p256dh: string): boolean {
  try {
    ECDH.convertKey(p256dh.replace(/=+$/, ''), 'prime256v1', 'base64url', 'hex', 'uncompressed');
    return Buffer.from(p256dh, 'base64url')[0] === 4;
  } catch {
    return false;
  }
}

/**
 * What a browser confirms messages with: `<account>.<device>.<proof>`. The proof is made of the secret of the subscription,
 * which the browser and moim alone know, so it cannot be guessed and is worth nothing for another device or account. It travels
 * inside the encrypted message. It stays the same for as long as the subscription does, so a message that comes late is
 * confirmed, too. Apps have none: their system shows messages without them.
 */
export function receiptOf(device: DeviceItem): string | undefined {
  if (device.kind !== 'WEB') return undefined;
  const { accountId, deviceId, auth } = device;
  const proof = createHmac('sha256', auth).update(`receipt ${accountId} ${deviceId}`).digest('base64url');
  return `${accountId}.${deviceId}.${proof}`;
}

/** The device that a receipt names. The contract has made sure of its form. */
export function namedIn(receipt: string): { readonly accountId: string; readonly deviceId: string } {
  const [accountId = '', deviceId = ''] = receipt.split('.');
  return { accountId, deviceId };
}

/** Whether a receipt is that of this device. */
export function isReceiptOf(receipt: string, device: DeviceItem): boolean {
  const right = Buffer.from(receiptOf(device) ?? '');
  const given = Buffer.from(receipt);
  return right.length === given.length && timingSafeEqual(right, given);
}

/** Until when a confirmation counts as new: one write a day is enough to say that messages arrive. */
export const receivedLately = (now: number): string => new Date(now - dayMs).toISOString();

/**
 * Since when messages to a browser are not confirmed, if that has been so for three days.
 *
 * @returns an instant, or null
 */
export const silentSince = ({ awaitingSince }: Pick<DeviceItem, 'awaitingSince'>, now: number): string | null =>
  awaitingSince !== undefined && now - fromIso(awaitingSince) >= limits.push.silentDays * dayMs ? awaitingSince : null;

/** Whether a message to a browser has to be confirmed: not within a day of a confirmation, of which nothing new would be noted. */
export const isToBeAwaited = (
  { awaitingSince, receivedAt = '' }: Pick<DeviceItem, 'awaitingSince' | 'receivedAt'>,
  now: number,
): boolean => awaitingSince === undefined && receivedAt < receivedLately(now);
