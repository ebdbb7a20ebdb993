import { createHash, ECDH } from 'node:crypto';

/** What names a browser or an app at its push service. */
export type Address =
  | { readonly kind: 'WEB'; readonly endpoint: string }
  | { readonly kind: 'FCM'; readonly token: string };

/**
 * The id of a device: derived from its address, so that registering it again finds it, and two accounts that register it
 * meet at one claim. A UUID of version 8 (RFC 9562), the one for ids of one's own making.
 */
export function deviceIdOf(address: Address): string {
  const text = address.kind === 'WEB' ? address.endpoint : address.token;
  const bytes = createHash('sha256').update(`device:${address.kind}:${text}`).digest();
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Whether a subscription's public key is a point that a message can be encrypted for, and not just as long as one. */
export function isPublicKey(p256dh: string): boolean {
  try {
    ECDH.convertKey(p256dh.replace(/=+$/, ''), 'prime256v1', 'base64url', 'hex', 'uncompressed');
    return Buffer.from(p256dh, 'base64url')[0] === 4;
  } catch {
    return false;
  }
}
