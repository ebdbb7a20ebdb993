import { kind } from '../../../shared/data/kind.ts';

/** A passkey, as far as moim knows it: its secret never leaves the person's device. */
export interface Passkey {
  /** The authenticator's name for it, base64url. */
  readonly credentialId: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  /** How often the authenticator says it was used; 0 for ever where passkeys are shared between devices. */
  readonly counter: number;
  readonly name: string;
  /** Whether it is kept on more than one device. */
  readonly synced: boolean;
  readonly addedAt: string;
  readonly usedAt?: string;
}

/** The first change of address that was undone, and when it was undone with all that came after it. */
export interface UndoneChanges {
  readonly from: string;
  readonly at: string;
}

/** What an account can show besides its password. Absent as long as it never had any of it. */
export interface FactorsItem {
  readonly accountId: string;
  /** By the id that moim gives to each. */
  readonly passkeys?: Readonly<Record<string, Passkey>>;
  readonly passkeyCount?: number;
  /** Since when sign-ins with the password also need a code; absent while they do not. */
  readonly totpSince?: string;
  /**
   * When the account's mailbox last vouched for everything that leads into the account. A reset by mail ends what was added
   * since. Absent: when the account was made.
   */
  readonly vouchedAt?: string;
  /** Changes of address that were undone: all from one instant to another. Links to undo one of them are void. */
  readonly emailsUndone?: readonly UndoneChanges[];
}

/** The secret of an authenticator app, and the recovery codes in its place. */
export interface TotpItem {
  readonly accountId: string;
  /** Base32. */
  readonly secret: string;
  /** Absent until a first code has shown that the app has the secret. */
  readonly confirmedAt?: string;
  /** The time step of the last code that was used: none works twice, and none before it. */
  readonly lastStep: number;
  /** Fingerprints of recovery codes that are not used yet. */
  readonly recovery: Readonly<Record<string, true>>;
}

/** An answer to a challenge that was used: challenges are stored nowhere before. */
export interface UsedChallengeItem {
  readonly challenge: string;
  readonly expiresAt: number;
}

export const items = {
  Factors: kind<FactorsItem>()({
    about: "an account's passkeys, and whether it has an authenticator app",
    pk: 'FACTORS#{accountId}',
    sk: 'FACTORS',
    of: { account: 'accountId' },
    fate: { account: { dropped: { key: true } } },
    archive: { as: 'factors', found: { key: true } },
  }),
  Totp: kind<TotpItem>()({
    about: 'the secret of an authenticator app, and fingerprints of recovery codes',
    pk: 'TOTP#{accountId}',
    sk: 'TOTP',
    of: { account: 'accountId' },
    fate: { account: { dropped: { key: true } } },
    archive: { not: 'a secret; that there is an app is in the factors' },
    secret: ['secret', 'recovery'],
  }),
  UsedChallenge: kind<UsedChallengeItem>()({
    about: 'a challenge for a passkey that was answered: none is answered twice',
    pk: 'CHALLENGE#{challenge}',
    sk: 'USED',
    life: '5 min',
  }),
} as const;
