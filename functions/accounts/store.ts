/** The items of accounts, as they stand in the table. */
import type { Locale } from '../../shared/messages/catalog.ts';

export interface AccountItem {
  readonly accountId: string;
  readonly email: string;
  readonly nickname: string;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly role: 'USER' | 'ADMIN';
  readonly status: 'ACTIVE';
  readonly bricks: number;
  readonly createdAt: string;
}

/** The claim of an address: what a sign-in reads, in one request. */
export interface CredentialItem {
  readonly email: string;
  readonly accountId: string;
  /** PHC string, argon2id. */
  readonly passwordHash: string;
}

export interface EmailCodeItem {
  readonly email: string;
  readonly purpose: 'REGISTER';
  readonly verificationId: string;
  readonly tries: number;
  readonly sentAt: string;
  readonly locale: Locale;
  readonly expiresAt: number;
}

export interface TicketItem {
  readonly hash: string;
  readonly purpose: 'REGISTER' | 'PASSWORD' | 'SOCKET';
  readonly email?: string;
  readonly accountId?: string;
  readonly sessionId?: string;
  readonly locale?: Locale;
  readonly expiresAt: number;
}
