/**
 * Challenges for passkeys. A challenge is sealed and stored nowhere, so strangers who ask for any number of them use nothing
 * up. An answer works once: its challenge is then noted as used, in the transaction of what the answer is for.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SigningKey, SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint, newSecret } from '../../../shared/core/ids.ts';
import { ttl } from '../../../shared/core/time.ts';
import { or } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';

/** What an answer may be for: to show a passkey; or to add one to this account. */
export type ChallengeFor = 'USE' | { readonly addTo: string };

const sealOf = (key: SigningKey, what: ChallengeFor, expires: string, nonce: string) =>
  createHmac('sha256', key.bytes)
    .update(`passkey challenge:${what === 'USE' ? 'use' : `add:${what.addTo}`}:${expires}:${nonce}`)
    .digest('base64url');

/**
 * A new challenge, good for five minutes.
 *
 * @param now milliseconds since 1970
 */
export function newChallenge(key: SigningKey, what: ChallengeFor, now: number) {
  const expiresAt = ttl(now) + limits.proof.challengeSeconds;
  const [expires, nonce] = [String(expiresAt), newSecret()];
  return { text: [key.id, expires, nonce, sealOf(key, what, expires, nonce)].join('.'), expiresAt };
}

/**
 * The write that uses a challenge up; undefined if moim did not make it for this, or it is too old.
 *
 * @param challenge as the browser gives it back: the challenge in base64url
 * @param now milliseconds since 1970
 */
export async function usedChallenge(keys: SigningKeys, what: ChallengeFor, challenge: string, now: number) {
  const text = Buffer.from(challenge, 'base64url').toString();
  const [, keyId = '', expires = '', nonce = '', seal = ''] =
    /^([\w-]{12})\.(\d{10})\.([\w-]{43})\.([\w-]{43})$/.exec(text) ?? [];
  const key = keyId ? await keys.named(keyId) : undefined;
  if (!key || Number(expires) <= now / 1000) return undefined;
  if (!timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(key, what, expires, nonce)))) return undefined;
  const used = create('UsedChallenge', { challenge: fingerprint('challenge', text) }, { expiresAt: Number(expires) });
  return or('PASSKEY_INVALID', used);
}
