/** The items of accounts, as they stand in the table. */
import type { Locale } from '../../../shared/messages/catalog.ts';
import type { AccountRole, AccountStatus, Gender, Purpose } from './values.ts';

/** A built-in avatar, or an image of one's own in the bucket. */
export type Picture = { readonly avatar: number } | { readonly key: string; readonly thumbnailKey: string };

export interface AccountItem {
  readonly accountId: string;
  /** Absent where an identity provider vouches for none. */
  readonly email?: string;
  readonly loginId?: string;
  readonly nickname: string;
  readonly introduction?: string;
  readonly website?: string;
  readonly gender?: Gender;
  readonly birthDate?: string;
  readonly picture?: Picture;
  /** The subject at each identity provider that is linked. */
  readonly identities?: Readonly<Record<string, string>>;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly role: AccountRole;
  readonly status: AccountStatus;
  /** There while somebody has to do something: an administrator, or the job that erases who has withdrawn. */
  readonly waitingFor?: 'APPROVAL' | 'ERASURE';
  /** How many ways lead into the account: its password, and each linked identity. Never below one. */
  readonly waysIn: number;
  /** Goes up when every session must end; sessions know the one they were opened under. */
  readonly sessionVersion: number;
  readonly bricks: number;
  readonly version: number;
  readonly createdAt: string;
}

/** An account that has not withdrawn. */
export type LivingAccount = AccountItem & { readonly status: Exclude<AccountStatus, 'WITHDRAWN'> };

/** The claim of an address or a login id: what a sign-in reads, in one request. An account has one for each. */
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
  readonly email: string;
  readonly purpose: Purpose;
  readonly verificationId: string;
  /** The key that the code is derived with. */
  readonly keyId: string;
  readonly tries: number;
  readonly sentAt: string;
  readonly locale: Locale;
  readonly expiresAt: number;
}

export interface TicketItem {
  readonly hash: string;
  readonly purpose: Purpose | 'SOCIAL' | 'SOCKET';
  readonly email?: string;
  readonly expiresAt: number;
}
