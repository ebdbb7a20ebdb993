import { kind } from '../../../shared/data/kind.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import type { AccountRole, AccountStatus, Gender, ProviderName, Purpose } from './values.ts';

/** A built-in avatar, or an image of one's own in the bucket. */
export type Picture = { readonly avatar: number } | { readonly key: string; readonly thumbnailKey: string };

interface AnyAccount {
  readonly accountId: string;
  readonly picture?: Picture;
  /** The subject at each identity provider that is linked. */
  readonly identities?: Readonly<Partial<Record<ProviderName, string>>>;
  readonly role: AccountRole;
  /** Set for administrators: it puts the account into the list of them (gsi2). */
  readonly administers?: 'MOIM';
  readonly administersSince?: string;
  /**
   * How many ways lead into the account: its password, and each linked identity. Never below one until it is withdrawn.
   */
  readonly waysIn: number;
  /** Goes up when every session must end; sessions know the one they were opened under. */
  readonly sessionVersion: number;
  readonly bricks: number;
  /** In how many groups of a kind that is limited the account is (row 26): `groupsTEAM`. */
  readonly [groups: `groups${string}`]: number;
  /** How often its counters have moved. */
  readonly moves?: number;
  readonly version: number;
  readonly createdAt: string;
}

/** An account that is not withdrawn. */
export interface LivingAccount extends AnyAccount {
  readonly status: Exclude<AccountStatus, 'WITHDRAWN'>;
  /** Absent if the identity provider vouches for none. */
  readonly email?: string;
  readonly loginId?: string;
  readonly nickname: string;
  readonly introduction?: string;
  readonly website?: string;
  readonly gender?: Gender;
  readonly birthDate?: string;
  readonly locale: Locale;
  readonly timeZone: string;
  /** There until an administrator has decided. */
  readonly waitingFor?: 'APPROVAL';
}

/** A withdrawn account: nothing says any more whose it was. */
export interface WithdrawnAccount extends AnyAccount {
  readonly status: 'WITHDRAWN';
  /** Why its owner left, in their words. */
  readonly reason: string;
  readonly withdrawnAt: string;
  readonly waitingFor?: undefined;
  readonly email?: undefined;
  readonly loginId?: undefined;
  readonly nickname?: undefined;
  readonly locale?: undefined;
  readonly timeZone?: undefined;
}

export type AccountItem = LivingAccount | WithdrawnAccount;

/** The claim of an address or a login id, which a sign-in reads in one request. An account has one for each. */
export interface CredentialItem {
  readonly login: string;
  readonly accountId: string;
  readonly email: string;
  readonly loginId?: string;
  /** PHC string, argon2id; absent where the account has no password. The same in both claims. */
  readonly passwordHash?: string;
  readonly sessionVersion: number;
}

export interface EmailCodeItem {
  /** The address's fingerprint: its change may wait in a queue, where no address may be. */
  readonly address: string;
  /** Whoever asked for the code: a place or a known device. A code of one is not touched by another. */
  readonly asker: string;
  readonly email: string;
  readonly purpose: Purpose;
  /** The hash of the secret in the request token. */
  readonly verificationId: string;
  /** The key that the code is derived with. */
  readonly keyId: string;
  readonly tries: number;
  readonly sentAt: string;
  readonly locale: Locale;
  /** The place that asked for it, as a keyed hash: it answers for mails that come back. */
  readonly from: string;
  readonly expiresAt: number;
}

/** The right to do one thing, for the person who has its secret. */
export interface EmailTicketItem {
  readonly hash: string;
  readonly purpose: Purpose;
  readonly email: string;
  /** The account that had the address when the ticket was given. */
  readonly accountId?: string;
  readonly expiresAt: number;
}

/** A person who signed in at an identity provider and has no account yet. */
export interface SocialTicketItem {
  readonly hash: string;
  readonly purpose: 'SOCIAL';
  readonly provider: ProviderName;
  readonly subject: string;
  /** Only an address that the provider vouches for. */
  readonly email?: string;
  readonly expiresAt: number;
}

export interface SocketTicketItem {
  readonly hash: string;
  readonly purpose: 'SOCKET';
  readonly accountId: string;
  readonly sessionId: string;
  readonly locale: Locale;
  /** Milliseconds since 1970. */
  readonly usedAt?: number;
  readonly expiresAt: number;
}

export type TicketItem = EmailTicketItem | SocialTicketItem | SocketTicketItem;

/** The claim of a nickname, folded by `nicknameClaim`: one account has it. */
export interface NicknameClaimItem {
  readonly nickname: string;
  readonly accountId: string;
}

export const items = {
  Account: kind<AccountItem>()({
    about: 'who someone is; in gsi1 while they wait to be approved, in gsi2 while they administer',
    pk: 'ACCOUNT#{accountId}',
    sk: 'PROFILE',
    gsi1: { pk: 'ACCOUNTS#{waitingFor}', sk: '{createdAt}#{accountId}', sparse: true },
    gsi2: { pk: 'ADMINISTRATORS#{administers}', sk: '{administersSince}#{accountId}', sparse: true },
    of: { account: 'accountId' },
    fate: {
      account: { stays: 'without a name, so that what others answered to still has an author' },
    },
    archive: { as: 'account', found: { key: true } },
    secret: ['sessionVersion'],
    counters: {
      bricks: { counts: 'bricksOfAccount' },
      groupsPRIVATE_GROUP: { counts: 'groupsOfAccount', where: { state: 'ACTIVE', 'group.kind': 'PRIVATE_GROUP' } },
      groupsTEAM: { counts: 'groupsOfAccount', where: { state: 'ACTIVE', 'group.kind': 'TEAM' } },
    },
    countsUntil: 'withdrawnAt',
    patterns: {
      accountsWaiting: { serves: 'accounts that wait to be approved', index: 'gsi1' },
      administrators: { serves: 'the administrators, to notify them', index: 'gsi2' },
    },
  }),
  Credential: kind<CredentialItem>()({
    about: 'claim of an e-mail address or a login id, with the password hash',
    pk: 'LOGIN#{login}',
    sk: 'CREDENTIAL',
    of: { account: 'accountId' },
    fate: { account: { goes: 'with the withdrawal itself' } },
    archive: { not: 'address and login id come with the account, the hash is a secret' },
    secret: ['passwordHash', 'sessionVersion'],
  }),
  NicknameClaim: kind<NicknameClaimItem>()({
    about: 'claim of a nickname; look-alikes have the same',
    pk: 'NICKNAME#{nickname}',
    sk: 'CLAIM',
    of: { account: 'accountId' },
    fate: { account: { goes: 'with the withdrawal itself' } },
    archive: { not: 'the nickname comes with the account' },
  }),
  EmailCode: kind<EmailCodeItem>()({
    about: 'a code sent to an address, for whoever asked for it',
    pk: 'EMAIL#{address}',
    sk: 'CODE#{purpose}#{asker}',
    life: '300 s',
    of: { account: 'email' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within minutes' },
    secret: ['keyId'],
  }),
  Ticket: kind<TicketItem>()({
    about: 'single-use right to do one thing, stored by the hash of its secret',
    pk: 'TICKET#{hash}',
    sk: 'TICKET',
    life: '30 s - 1 h',
    of: { account: 'accountId' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within an hour' },
    secret: ['hash'],
  }),
} as const;
