import { kind } from '../../../shared/data/kind.ts';
import type { Rotation } from './rules.ts';

export interface SessionItem extends Rotation {
  readonly accountId: string;
  readonly sessionId: string;
  /** The device's name: the person's own, or the client's. */
  readonly device: string;
  /** Which of the account's passwords (or their absence) it was opened under: a later one ends it. */
  readonly sessionVersion: number;
  readonly createdAt: string;
  readonly refreshedAt: string;
  readonly expiresAt: number;
}

/**
 * The public keys that access tokens are checked with: each under `key {keyId}`, as when it was published and its 32 bytes.
 * A key that leaked is marked instead, so that nobody publishes it again.
 */
export interface KeySetItem {
  readonly issuer: 'moim';
  readonly [key: `key ${string}`]: string;
}

export const items = {
  Session: kind<SessionItem>()({
    about: 'a signed-in device with the hash of its refresh token',
    pk: 'SESSIONS#{accountId}',
    sk: 'SESSION#{sessionId}',
    life: '14 d from the last refresh',
    of: { account: 'accountId' },
    fate: { account: { goes: 'when the account has withdrawn: authorityChanged (accounts/sessions/follow.ts)' } },
    archive: { as: 'sessions', found: { pattern: 'sessionsOfAccount' } },
    secret: ['refreshHash', 'previousHash', 'rotatedBy', 'keyId', 'sessionVersion'],
    patterns: {
      sessionsOfAccount: { serves: 'the signed-in devices' },
    },
  }),
  KeySet: kind<KeySetItem>()({
    about: 'the public keys that access tokens are checked with',
    pk: 'KEYSET#{issuer}',
    sk: 'KEYS',
  }),
} as const;
