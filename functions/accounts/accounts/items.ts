import { kind } from '../../../shared/data/kind.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import type { AccountRole, AccountStatus, Gender, ProviderName, Purpose } from './values.ts';

/** A built-in avatar, or an image of one's own in the bucket. */
export type Picture = { readonly avatar: number } | { readonly key: string; readonly thumbnailKey: string };

interface AnyAccount {
  readonly accountId: string;
  readonly picture?: Picture;
  /** As it is shown: what decides is whether there is an `Administrator`. */
  readonly role: AccountRole;
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
  /** As it is shown to others, and always that of its `Authority`, which decides what its owner may do. */
  readonly status: Exclude<AccountStatus, 'WITHDRAWN'>;
  /** Where mails go, as its `Authority` has it. Absent if the identity provider vouches for none. */
  readonly email?: string;
  readonly loginId?: string;
  readonly nickname: string;
  readonly introduction?: string;
  readonly website?: string;
  readonly gender?: Gender;
  readonly birthDate?: string;
  readonly locale: Locale;
  readonly timeZone: string;
  /** ISO 8601: since when it is SUSPENDED. */
  readonly suspendedAt?: string;
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

/**
 * What an account may do, and the ways that lead into it. It has partitions of its own, apart from what is shown of the
 * account, because few functions may write it (ADR 24). Withdrawal deletes it.
 */
export interface AuthorityItem {
  readonly accountId: string;
  readonly status: Exclude<AccountStatus, 'WITHDRAWN'>;
  /** Why nobody may sign in to it, and until when: ISO 8601 in UTC. There while it is SUSPENDED. */
  readonly suspension?: { readonly reason: string; readonly until: string };
  /** The address whose claim holds the password; absent if the identity provider vouches for none. */
  readonly email?: string;
  /** The subject at each identity provider that is linked. */
  readonly identities?: Readonly<Partial<Record<ProviderName, string>>>;
  /** How many ways lead into the account: its password, and each linked identity. Never below one. */
  readonly waysIn: number;
  /** Goes up when every session must end; sessions know the one they were opened under. */
  readonly sessionVersion: number;
  readonly version: number;
}

/** Somebody is an administrator of the deployment. The item is there as long as they are: withdrawal deletes it too. */
export interface AdministratorItem {
  readonly administers: 'MOIM';
  readonly accountId: string;
  readonly since: string;
}

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
  readonly from?: string;
  readonly expiresAt: number;
}

/** An address that was proven, for one purpose. */
export interface EmailTicketItem {
  readonly hash: string;
  readonly purpose: Purpose;
  readonly email: string;
  /** The account that had the address when the ticket was given. */
  readonly accountId?: string;
  readonly expiresAt: number;
}

/** The right to undo a change of address, for the reader of the old address's mail (row 162). */
export interface EmailUndoItem {
  readonly hash: string;
  readonly accountId: string;
  /** The address that the account had. */
  readonly email: string;
  readonly movedAt: string;
  /** When that address's mailbox had vouched for the account's ways in: what was added since ends with the undoing. */
  readonly vouchedAt: string;
  readonly expiresAt: number;
}

/** The claim of a nickname, folded by `nicknameClaim`: one account has it. */
export interface NicknameClaimItem {
  readonly nickname: string;
  readonly accountId: string;
}

export const items = {
  Account: kind<AccountItem>()({
    about: 'who someone is, as it is shown; in gsi1 while they wait to be approved',
    pk: 'ACCOUNT#{accountId}',
    sk: 'PROFILE',
    gsi1: { pk: 'ACCOUNTS#{waitingFor}', sk: '{createdAt}#{accountId}', sparse: true },
    of: { account: 'accountId' },
    fate: {
      account: { stays: 'without a name, so that what others answered to still has an author' },
    },
    archive: { as: 'account', found: { key: true } },
    counters: {
      bricks: { counts: 'bricksOfAccount' },
      groupsPRIVATE_GROUP: { counts: 'groupsOfAccount', where: { state: 'ACTIVE', 'group.kind': 'PRIVATE_GROUP' } },
      groupsTEAM: { counts: 'groupsOfAccount', where: { state: 'ACTIVE', 'group.kind': 'TEAM' } },
    },
    countsUntil: 'withdrawnAt',
    patterns: {
      accountsWaiting: { serves: 'accounts that wait to be approved', index: 'gsi1' },
    },
  }),
  Authority: kind<AuthorityItem>()({
    about: 'what an account may do, and the ways that lead into it',
    pk: 'AUTHORITY#{accountId}',
    sk: 'AUTHORITY',
    of: { account: 'accountId' },
    fate: { account: { goes: 'with the withdrawal itself' } },
    archive: { not: 'comes with the account and the identities' },
    secret: ['sessionVersion'],
  }),
  Administrator: kind<AdministratorItem>()({
    about: 'somebody who administers the deployment',
    pk: 'ADMINISTRATOR#{accountId}',
    sk: 'ADMINISTRATOR',
    gsi2: { pk: 'ADMINISTRATORS#{administers}', sk: '{since}#{accountId}' },
    of: { account: 'accountId' },
    fate: { account: { goes: 'with the withdrawal itself' } },
    archive: { not: 'comes with the account' },
    patterns: {
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
  EmailTicket: kind<EmailTicketItem>()({
    about: 'single-use proof of an address',
    pk: 'EMAILTICKET#{hash}',
    sk: 'TICKET',
    life: '10 min - 1 h',
    of: { account: 'accountId' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within an hour' },
    secret: ['hash'],
  }),
  EmailUndo: kind<EmailUndoItem>()({
    about: 'the right to undo a change of address, stored by the hash of its secret',
    pk: 'UNDO#{hash}',
    sk: 'EMAIL',
    life: '7 d',
    of: { account: 'accountId' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within days' },
    secret: ['hash'],
  }),
} as const;
