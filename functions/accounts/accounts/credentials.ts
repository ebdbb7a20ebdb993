/** What an account is signed in to with: the claims of its address and its login id, and the password in both. */

import { verifyPassword } from '../../../shared/core/password.ts';
import { is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { charged, tooMany, type Use } from '../../../shared/data/quota.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { create, patch } from '../../../shared/data/writes.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { AccountItem, CredentialItem } from './items.ts';

/** Names the claim of an address or a login id, to be read in one request with what else a use case needs. */
export const credentialRef = (login: string) => ref('Credential', { login });

/** The claim of an account's address; none where it has no address. */
export const credentialOf = async (table: Table, { email }: AccountItem) =>
  email === undefined ? undefined : table.get('Credential', { login: email });

/** The claims of an account's address and login id, under the names that `creationRefusal` knows. */
export function credentialsOf(account: {
  readonly accountId: string;
  readonly email?: string | undefined;
  readonly loginId?: string | undefined;
  readonly passwordHash?: string | undefined;
  readonly sessionVersion: number;
}) {
  const { email, loginId, accountId, passwordHash, sessionVersion } = account;
  if (email === undefined) return {};
  const data = {
    accountId,
    email,
    ...(loginId === undefined ? {} : { loginId }),
    ...(passwordHash === undefined ? {} : { passwordHash }),
    sessionVersion,
  };
  return {
    credential: create('Credential', { login: email, ...data }),
    loginId: loginId === undefined ? undefined : create('Credential', { login: loginId, ...data }),
  };
}

/**
 * Lets pass who shows the password, or has none. A guess is paid for before it is judged, so that no number of them at
 * once gets more than the limit.
 *
 * @throws Problem PASSWORD_WRONG, TOO_MANY_REQUESTS
 */
export async function requirePassword(table: Table, credential: CredentialItem, password: string, now: number) {
  if (!credential.passwordHash) return;
  const use: Use = { limit: 'password', subject: credential.accountId };
  if (await table.commit({ use: charged(use, now) })) throw tooMany(use, now);
  if (!(await verifyPassword(password, credential.passwordHash))) throw new Problem('PASSWORD_WRONG');
}

/** A new password in every claim of the account, the end of all its sessions, and a word to its owner. */
export function newPassword(credential: CredentialItem, passwordHash: string, locale: Locale, now: number) {
  const { accountId, email, loginId, sessionVersion } = credential;
  const unchanged = is('sessionVersion', sessionVersion);
  const set = { passwordHash, sessionVersion: sessionVersion + 1 };
  const isFirst = credential.passwordHash === undefined;
  return {
    credential: patch('Credential', { login: email }, { set }, unchanged),
    loginId: loginId ? patch('Credential', { login: loginId }, { set }, unchanged) : undefined,
    account: patch(
      'Account',
      { accountId },
      { set: { sessionVersion: sessionVersion + 1 }, ...(isFirst ? { add: { waysIn: 1 } } : {}) },
      unchanged,
    ),
    mail: mailOrder(now, { to: email, template: 'PASSWORD_CHANGED', locale, values: {} }),
  };
}

/** The same password, hashed with the parameters that are in use now, in every claim of the account (row 4). */
export function passwordRehashed({ email, loginId, passwordHash: old }: CredentialItem, passwordHash: string) {
  const rehash = (login: string) =>
    patch('Credential', { login }, { set: { passwordHash } }, is('passwordHash', old ?? ''));
  return { rehashed: rehash(email), ...(loginId ? { rehashedToo: rehash(loginId) } : {}) };
}
