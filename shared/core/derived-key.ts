import { hkdfSync } from 'node:crypto';

/** A secret key, and a name for it that tells nothing about it. */
export interface Key {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/**
 * A key of 32 bytes for one purpose (HKDF, RFC 5869): none of several purposes says anything about another.
 *
 * @example derived(key, 'refresh token')
 */
export const derived = ({ id, bytes }: Key, purpose: string): Key => ({
  id,
  bytes: new Uint8Array(hkdfSync('sha256', bytes, '', purpose, 32)),
});
