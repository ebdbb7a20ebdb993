import { kind } from '../../../shared/data/kind.ts';
import type { Rotation } from './rules.ts';
import type { Opener } from './values.ts';

export interface SessionItem extends Rotation {
  readonly accountId: string;
  readonly sessionId: string;
  /** The device's name: the person's own, or the client's. */
  readonly device: string;
  /** Which of the account's passwords (or their absence) it was opened under: a later one ends it. */
  readonly sessionVersion: number;
  readonly createdAt: string;
  /** When it last showed who it is, by a sign-in or a proof: milliseconds since 1970 (row 162). */
  readonly provedAt?: number;
  /** When it last showed a passkey or an authenticator app: milliseconds since 1970. */
  readonly factorAt?: number;
  /** An administrator's: seconds since 1970 at which it ends, however often it is refreshed. */
  readonly endsAt?: number;
  /** How it was opened, for the history of sign-ins. */
  readonly openedBy?: Opener;
  /** Whether the account had not been signed in to on the device before: its owner is told. */
  readonly isNewDevice?: true;
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

/** A sign-in, for its person to look at later: sessions are gone when they end. */
export interface SignInItem {
  readonly accountId: string;
  readonly sessionId: string;
  readonly device: string;
  readonly openedBy: Opener;
  readonly isNewDevice: boolean;
  readonly at: string;
  readonly expiresAt: number;
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
  SignIn: kind<SignInItem>()({
    about: 'a sign-in, for its person to look at later',
    pk: 'SIGNINS#{accountId}',
    sk: 'SIGNIN#{sessionId}',
    life: '90 d',
    of: { account: 'accountId' },
    fate: { account: { dropped: { pattern: 'signInsOfAccount' } } },
    archive: { as: 'signIns', found: { pattern: 'signInsOfAccount' } },
    patterns: {
      signInsOfAccount: { serves: 'the history of sign-ins' },
    },
  }),
} as const;
