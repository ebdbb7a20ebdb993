/** An account's credentials: the claims of its address and its login id, with the password in both. */

import { verifyPassword } from '../../../shared/core/password.ts';
import { is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { create, patch } from '../../../shared/data/writes.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { AuthorityItem, CredentialItem } from './items.ts';

/** Names the claim of an address or a login id, to be read in one request with what else a use case needs. */
export const credentialRef = (login: string) => ref('Credential', { login });

/** Whether an account has a password: a way in that is no identity. */
export const hasPassword = ({ waysIn, identities = {} }: AuthorityItem) => waysIn > Object.keys(identities).length;

/** The claim of an account's address; undefined if it has no address. */
const credentialOf = async (table: Table, { email }: AuthorityItem) =>
  email === undefined ? undefined : table.get('Credential', { login: email });

/** The part that both claims of an account have in common. */
type Credentials = {
  readonly [Name in Exclude<keyof CredentialItem, 'login'>]: CredentialItem[Name] | undefined;
} & Pick<CredentialItem, 'accountId' | 'email' | 'sessionVersion'>;

const claim = (login: string, { accountId, email, loginId, passwordHash, sessionVersion }: Credentials) =>
  create('Credential', {
    login,
    accountId,
    email,
    ...(loginId === undefined ? {} : { loginId }),
    ...(passwordHash === undefined ? {} : { passwordHash }),
    sessionVersion,
  });

/** Claims the address. Refused as EMAIL_TAKEN. */
export const claimEmail = (own: Credentials) => or('EMAIL_TAKEN', claim(own.email, own));

/** Claims the login id, if there is one. Refused as LOGIN_ID_TAKEN. */
export const claimLoginId = (own: Credentials) =>
  own.loginId === undefined ? [] : or('LOGIN_ID_TAKEN', claim(own.loginId, own));

/**
 * Checks the password, unless the account has none, and gives back the claim of its address. A guess is charged before it
 * is checked, so simultaneous guesses cannot exceed the limit. Charging and reading take one round trip.
 *
 * @throws Problem PASSWORD_WRONG, TOO_MANY_REQUESTS
 */
export async function requirePassword(
  table: Table,
  authority: AuthorityItem,
  password: string | undefined,
  now: number,
) {
  const isCharged = hasPassword(authority);
  const charge = charged({ limit: 'password', subject: authority.accountId }, now);
  const [credential] = await Promise.all([credentialOf(table, authority), isCharged && table.commit([charge])]);
  const hash = credential?.passwordHash;
  // A first password that was set since the account was read is not tried: the guess was not charged.
  if (hash && !(isCharged && (await verifyPassword(password ?? '', hash)))) throw new Problem('PASSWORD_WRONG');
  return credential;
}

/**
 * Stores a new password in every claim of the account, and ends all its sessions. Refused if all sessions were ended
 * otherwise meanwhile. The caller gives the refusal its meaning.
 */
export function newPassword(credential: CredentialItem, passwordHash: string) {
  const { accountId, email, loginId, sessionVersion: before } = credential;
  const unchanged = is('sessionVersion', before);
  const sessionVersion = before + 1;
  const claims = loginId === undefined ? [email] : [email, loginId];
  const isFirst = credential.passwordHash === undefined;
  return [
    ...claims.map((login) => patch('Credential', { login }, { set: { passwordHash, sessionVersion } }, unchanged)),
    patch(
      'Authority',
      { accountId },
      { set: { sessionVersion }, add: { version: 1, ...(isFirst ? { waysIn: 1 } : {}) } },
      unchanged,
    ),
  ];
}

/** The mail to the owner of an account whose password was changed. */
export const passwordMail = ({ email }: CredentialItem, locale: Locale, now: number) =>
  mailOrder(now, { to: email, template: 'PASSWORD_CHANGED', locale, values: {} });

/**
 * Stores the same password in every claim of the account, hashed with the present parameters (row 4). Refused if the
 * password was changed meanwhile.
 */
export const rehashed = ({ email, loginId, passwordHash: old = '' }: CredentialItem, passwordHash: string) =>
  (loginId === undefined ? [email] : [email, loginId]).map((login) =>
    patch('Credential', { login }, { set: { passwordHash } }, is('passwordHash', old)),
  );
