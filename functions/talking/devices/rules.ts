import { ECDH } from 'node:crypto';
import { namedId } from '../../../shared/core/ids.ts';

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
