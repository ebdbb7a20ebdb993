import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { newId, newSecret } from '../../../shared/core/ids.ts';
import { hashPassword } from '../../../shared/core/password.ts';
import type { Environment } from '../../../shared/core/platform.ts';
import { iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { charged, tooMany, type Use } from '../../../shared/data/quota.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Refusal } from '../../../shared/data/transaction.ts';
import { create, patch, remove, type Write } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { contract } from './contract.ts';
import { credentialOf, credentialRef, credentialsOf, newPassword, requirePassword } from './credentials.ts';
import type { AccountItem, LivingAccount } from './items.ts';
import { deviceTokenOf, nicknameClaim, passwordAllowed } from './rules.ts';
import { chargedAll, mailUses, ticketFor } from './verification.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly signingKeys: SigningKeys };

/** Rows 3-6: the address, the login id, the nickname and the ticket are taken in one transaction with the account. */
export async function signUp(
  { body, now }: RouteRequest<Routes['signUp']>,
  { table, environment }: Deps,
): Promise<Answer<Routes['signUp']>> {
  const { password, ticket, ...person } = body;
  const { email, used } = await ticketFor(table, ticket, 'REGISTER', now);
  if (!passwordAllowed(password, { email, ...person })) throw new Problem('PASSWORD_REFUSED');
  const passwordHash = await hashPassword(password);
  const { account, writes } = accountCreation({ ...person, email, passwordHash }, environment, now);
  const answer = { body: viewOf(account), location: '/v1/accounts/me', version: account.version };
  const refused = await table.commit<string>({ ticket: used, ...writes }, answer);
  if (refused?.ticket) throw new Problem('TICKET_INVALID');
  if (refused) throw creationRefusal(refused);
  return answer;
}

/** What a new account is made of, besides what moim itself decides. */
interface NewAccount extends Pick<AccountItem, 'nickname' | 'locale' | 'timeZone'> {
  readonly email?: string | undefined;
  readonly loginId?: string | undefined;
  readonly passwordHash?: string | undefined;
}

/**
 * A new account with one way in, and the writes that make it: commit them with what proves who it is. Where the
 * deployment approves accounts, it waits for that (row 13).
 */
export function accountCreation(
  { email, loginId, passwordHash, ...person }: NewAccount,
  { ACCOUNT_APPROVAL }: Environment,
  now: number,
) {
  const account: LivingAccount = {
    accountId: newId(now),
    ...person,
    ...(email === undefined ? {} : { email }),
    ...(loginId === undefined ? {} : { loginId }),
    role: 'USER',
    ...(ACCOUNT_APPROVAL === 'on' ? { status: 'PENDING', waitingFor: 'APPROVAL' } : { status: 'ACTIVE' }),
    waysIn: 1,
    sessionVersion: 1,
    bricks: 0,
    version: 1,
    createdAt: iso(now),
  };
  const writes: Readonly<Record<string, Write | undefined>> = {
    ...credentialsOf({ ...account, passwordHash }),
    nickname: create('NicknameClaim', {
      nickname: nicknameClaim(account.nickname),
      accountId: account.accountId,
    }),
    account: create('Account', { ...account }),
  };
  return { account, writes };
}

/** Why an account was not made: what it wanted is somebody else's. */
export function creationRefusal(refused: Refusal<string>): Problem {
  if (refused.credential) return new Problem('EMAIL_TAKEN');
  return new Problem(refused.loginId ? 'LOGIN_ID_TAKEN' : 'NICKNAME_TAKEN');
}

export async function getOwnAccount(
  { account: { accountId } }: RouteRequest<Routes['getOwnAccount']>,
  { table }: Deps,
): Promise<Answer<Routes['getOwnAccount']>> {
  const account = await ownAccount(table, accountId);
  return { body: viewOf(account), version: account.version };
}

/** The own account, as long as it is there. */
export async function ownAccount(table: Table, accountId: string): Promise<LivingAccount> {
  const account = await table.get('Account', { accountId });
  if (!account || account.status === 'WITHDRAWN') throw new Problem('NOT_FOUND');
  return account as LivingAccount;
}

export async function checkAvailability(
  { query: { nickname, loginId }, place, now }: RouteRequest<Routes['checkAvailability']>,
  { table }: Deps,
): Promise<Answer<Routes['checkAvailability']>> {
  const use: Use = { limit: 'availabilityFromPlace', subject: place };
  const claim =
    nickname === undefined
      ? table.get('Credential', { login: loginId ?? '' })
      : table.get('NicknameClaim', { nickname: nicknameClaim(nickname) });
  const [found, refused] = await Promise.all([claim, table.commit({ use: charged(use, now) })]);
  if (refused) throw tooMany(use, now);
  return { body: { available: found === undefined } };
}

/** Row 11. The mail differs, the answer and the work do not. */
export async function findLoginId(
  { body: { email }, locale, place, now }: RouteRequest<Routes['findLoginId']>,
  { table }: Deps,
): Promise<Answer<Routes['findLoginId']>> {
  const { credential } = await table.getAll({ credential: credentialRef(email) });
  const uses = mailUses(email, place);
  const template = credential ? (credential.loginId ? 'LOGIN_ID' : 'LOGIN_ID_NONE') : 'EMAIL_NO_ACCOUNT';
  const mail = mailOrder(now, { to: email, template, locale, values: { loginId: credential?.loginId ?? '' } });
  const answer = { body: {} };
  const refused = await table.commit({ mail, ...chargedAll(uses, now) }, answer);
  if (refused) throw tooMany(refused.address ? uses.address : uses.place, now);
  return answer;
}

/** Row 12. Whoever holds the ticket reads the mails of the address: that is enough. */
export async function resetPassword(
  { body, locale, now }: RouteRequest<Routes['resetPassword']>,
  { table, signingKeys }: Deps,
): Promise<Answer<Routes['resetPassword']>> {
  const { email, used } = await ticketFor(table, body.ticket, 'PASSWORD', now);
  const credential = (await table.getAll({ credential: credentialRef(email) })).credential;
  if (!credential) throw new Problem('TICKET_INVALID');
  const { nickname } = await ownAccount(table, credential.accountId);
  if (!passwordAllowed(body.password, { ...credential, nickname })) throw new Problem('PASSWORD_REFUSED');

  const answer = { body: { deviceToken: deviceTokenOf(await signingKeys.current(), email, newSecret()) } };
  const passwordHash = await hashPassword(body.password);
  const refused = await table.commit<string>(
    { ticket: used, ...newPassword(credential, passwordHash, locale, now) },
    answer,
  );
  if (refused?.ticket) throw new Problem('TICKET_INVALID');
  if (refused) throw new Problem('TRY_AGAIN', { retryAfter: 1 });
  return answer;
}

/** Row 12. Wrong guesses at the current password are limited, as those of a sign-in are. */
export async function changePassword(
  { body, account: { accountId }, locale, now }: RouteRequest<Routes['changePassword']>,
  { table }: Deps,
): Promise<Answer<Routes['changePassword']>> {
  const account = await ownAccount(table, accountId);
  const credential = await credentialOf(table, account);
  if (!credential?.passwordHash) throw new Problem('PASSWORD_WRONG');
  await requirePassword(table, credential, body.currentPassword, now);
  if (!passwordAllowed(body.password, { ...credential, nickname: account.nickname }))
    throw new Problem('PASSWORD_REFUSED');
  const refused = await table.commit<string>(newPassword(credential, await hashPassword(body.password), locale, now));
  if (refused) throw new Problem('PRECONDITION_FAILED');
  return noContent;
}

/** Both the mailbox and the password are shown: neither alone takes an account away from its owner. */
export async function changeEmail(
  { body, account: { accountId }, locale, now }: RouteRequest<Routes['changeEmail']>,
  { table }: Deps,
): Promise<Answer<Routes['changeEmail']>> {
  const account = await ownAccount(table, accountId);
  const { email, used } = await ticketFor(table, body.ticket, 'EMAIL', now);
  const credential = await credentialOf(table, account);
  if (credential) await requirePassword(table, credential, body.currentPassword ?? '', now);
  const { sessionVersion: before, loginId, email: oldEmail } = account;
  const sessionVersion = before + 1;
  const refused = await table.commit<string>({
    ticket: used,
    credential: credentialsOf({ ...account, email, passwordHash: credential?.passwordHash, sessionVersion }).credential,
    old: oldEmail ? remove('Credential', { login: oldEmail }, is('sessionVersion', before)) : undefined,
    loginId: loginId ? patch('Credential', { login: loginId }, { set: { email, sessionVersion } }) : undefined,
    account: patch(
      'Account',
      { accountId },
      { set: { email, sessionVersion }, add: { version: 1 } },
      is('sessionVersion', before),
    ),
    mail: oldEmail ? mailOrder(now, { to: oldEmail, template: 'EMAIL_CHANGED', locale, values: {} }) : undefined,
  });
  if (refused?.ticket) throw new Problem('TICKET_INVALID');
  if (refused?.credential) throw new Problem('EMAIL_TAKEN');
  if (refused) throw new Problem('PRECONDITION_FAILED');
  return noContent;
}

const viewOf = (account: LivingAccount) => ({
  ...account,
  id: account.accountId,
  email: account.email ?? null,
  loginId: account.loginId ?? null,
  // What is no identity is the password.
  hasPassword: account.waysIn > Object.keys(account.identities ?? {}).length,
});
