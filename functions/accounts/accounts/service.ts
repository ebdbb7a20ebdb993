import { stillSignedIn } from '../../../shared/access/signed-in.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint, newId, newSecret } from '../../../shared/core/ids.ts';
import { hashPassword } from '../../../shared/core/password.ts';
import type { Environment } from '../../../shared/core/platform.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { create, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { throughClub } from '../../groups/clubs/applying.ts';
import { isTeamNamed } from '../../groups/discovery/team-names.ts';
import { askerOf, commitMail, mayAsk } from './asking.ts';
import type { contract } from './contract.ts';
import {
  claimEmail,
  claimLoginId,
  credentialRef,
  hasPassword,
  newPassword,
  passwordMail,
  requirePassword,
} from './credentials.ts';
import type { LivingAccount } from './items.ts';
import { requireAllowed } from './passwords.ts';
import { deviceTokenOf, nicknameClaim } from './rules.ts';
import { rested, ticketFor, tooSoon } from './verification.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly signingKeys: SigningKeys };

/**
 * Rows 3-6: the address, the login id, the nickname and the ticket are taken in one transaction with the account. So is
 * the application to a club (row 13).
 */
export async function signUp(
  { body, locale, now }: RouteRequest<Routes['signUp']>,
  { table, environment }: Deps,
): Promise<Answer<Routes['signUp']>> {
  const { password, ticket, club, ...person } = body;
  const [{ email, used }, applying] = await Promise.all([
    ticketFor(table, ticket, 'REGISTER', now),
    club && throughClub(table, club, locale, now),
  ]);
  requireAllowed(password, { email, ...person }, locale);
  const passwordHash = await hashPassword(password);
  const { account, writes } = accountCreation({ ...person, email, passwordHash }, environment, now);
  const answer = { body: viewOf(account), location: '/v1/accounts/me', version: account.version };
  await table.commit([used, writes, applying?.(account.accountId)], answer);
  return answer;
}

/** The part of a new account that moim does not decide itself. */
interface NewAccount extends Pick<LivingAccount, 'nickname' | 'locale' | 'timeZone' | 'identities'> {
  readonly email?: string | undefined;
  readonly loginId?: string | undefined;
  readonly passwordHash?: string | undefined;
}

/**
 * A new account with one way in, and the writes that make it: commit them with what proves who it is. Where the
 * deployment approves accounts, it waits for that (row 13). Refused as EMAIL_TAKEN, LOGIN_ID_TAKEN or NICKNAME_TAKEN.
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
  const { accountId, sessionVersion } = account;
  const credentials = email === undefined ? undefined : { accountId, email, loginId, passwordHash, sessionVersion };
  const nickname = nicknameClaim(account.nickname);
  const writes = [
    credentials && [...claimEmail(credentials), ...claimLoginId(credentials)],
    or('NICKNAME_TAKEN', create('NicknameClaim', { nickname, accountId })),
    create('Account', account),
  ];
  return { account, writes };
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
  return account;
}

/** Row 6. A nickname, a login id or the name of a team: one of them is given. */
export async function checkAvailability(
  { query }: RouteRequest<Routes['checkAvailability']>,
  { table }: Deps,
): Promise<Answer<Routes['checkAvailability']>> {
  return { body: { available: !(await isTaken(table, query)) } };
}

async function isTaken(
  table: Table,
  { nickname, loginId = '', teamName }: RouteRequest<Routes['checkAvailability']>['query'],
): Promise<boolean> {
  if (teamName !== undefined) return isTeamNamed(table, teamName);
  const claim =
    nickname === undefined
      ? table.get('Credential', { login: loginId })
      : table.get('NicknameClaim', { nickname: nicknameClaim(nickname) });
  return (await claim) !== undefined;
}

/** Row 11. The mail differs, the answer and the work do not. */
export async function findLoginId(
  { body, locale, place, network, now }: RouteRequest<Routes['findLoginId']>,
  { table, tally, signingKeys }: Deps,
): Promise<Answer<Routes['findLoginId']>> {
  const { email } = body;
  const asker = await askerOf(signingKeys, body, { place, network });
  await mayAsk(tally, asker, now);
  const { credential } = await table.getAll({ credential: credentialRef(email) });
  const template = credential ? (credential.loginId ? 'LOGIN_ID' : 'LOGIN_ID_NONE') : 'EMAIL_NO_ACCOUNT';
  const from = credential ? {} : { from: asker.mark };
  const mail = mailOrder(now, { to: email, template, locale, values: { loginId: credential?.loginId ?? '' }, ...from });
  const answer = { body: { resendAt: iso(now + limits.emailCode.resendSeconds * 1000) } };
  const last = { accountId: `${fingerprint('mail', email)}:${asker.id}`, action: 'LOGIN_ID', at: iso(now) };
  const pause = or(
    (before) => tooSoon(before?.at, now),
    create('Throttle', last, { expiresAt: ttl(now) + limits.emailCode.resendSeconds, orWhen: rested('at', now) }),
  );
  await commitMail(table, { email, asker, purpose: 'LOGIN_ID' }, () => [pause, mail], answer, now);
  return answer;
}

/** Row 12. The ticket is enough, because only a person who reads the mails of the address has it. */
export async function resetPassword(
  { body, locale, now }: RouteRequest<Routes['resetPassword']>,
  { table, signingKeys }: Deps,
): Promise<Answer<Routes['resetPassword']>> {
  const { email, accountId, used } = await ticketFor(table, body.ticket, 'PASSWORD', now);
  if (accountId === undefined) throw new Problem('TICKET_INVALID');
  const { credential, account } = await table.getAll({
    credential: credentialRef(email),
    account: ref('Account', { accountId }),
  });
  // The address may belong to another account by now.
  if (credential?.accountId !== accountId || !account?.nickname) throw new Problem('TICKET_INVALID');
  const { nickname } = account;
  requireAllowed(body.password, { ...credential, nickname }, locale);

  const answer = { body: { deviceToken: deviceTokenOf(await signingKeys.current(), email, newSecret()) } };
  const passwordHash = await hashPassword(body.password);
  const changes = or(overtaken, newPassword(credential, passwordHash));
  await table.commit([used, changes, passwordMail(credential, locale, now)], answer);
  return answer;
}

/** Row 12. Wrong guesses at the current password are limited, as those of a sign-in are. */
export async function changePassword(
  { body, account: who, locale, now }: RouteRequest<Routes['changePassword']>,
  { table }: Deps,
): Promise<Answer<Routes['changePassword']>> {
  const account = await ownAccount(table, who.accountId);
  // Judged first: a new password that is refused is no guess of the present one.
  const { email = '', loginId, nickname } = account;
  requireAllowed(body.password, { email, loginId, nickname }, locale, body.currentPassword);
  const credential = await requirePassword(table, account, body.currentPassword, now);
  if (!credential?.passwordHash) throw new Problem('PASSWORD_WRONG');
  // Another new password that was set meanwhile has ended this session: that is said first.
  const alive = stillSignedIn(who, account, now);
  const changes = or(overtaken, newPassword(credential, await hashPassword(body.password)));
  await table.commit([alive, changes, passwordMail(credential, locale, now)]);
  return noContent;
}

/** Both the mailbox and the password are shown: neither alone takes an account away from its owner. */
export async function changeEmail(
  { body, account: who, locale, now }: RouteRequest<Routes['changeEmail']>,
  { table }: Deps,
): Promise<Answer<Routes['changeEmail']>> {
  const { accountId } = who;
  const [account, { email, used }] = await Promise.all([
    ownAccount(table, accountId),
    ticketFor(table, body.ticket, 'EMAIL', now),
  ]);
  const credential = await requirePassword(table, account, body.currentPassword, now);
  const { sessionVersion: before, loginId, email: old } = account;
  if (email === old) throw new Problem('EMAIL_TAKEN');
  const unchanged = is('sessionVersion', before);
  const sessionVersion = before + 1;
  await table.commit([
    used,
    claimEmail({ accountId, email, loginId, passwordHash: credential?.passwordHash, sessionVersion }),
    // A new password or address that was set meanwhile has ended this session: that is said first.
    stillSignedIn(who, account, now),
    or(
      overtaken,
      old !== undefined && remove('Credential', { login: old }, unchanged),
      loginId !== undefined && patch('Credential', { login: loginId }, { set: { email, sessionVersion } }),
      patch('Account', { accountId }, { set: { email, sessionVersion }, add: { version: 1 } }, unchanged),
    ),
    old !== undefined && mailOrder(now, { to: old, template: 'EMAIL_CHANGED', locale, values: {} }),
  ]);
  return noContent;
}

const viewOf = (account: LivingAccount) => ({
  ...account,
  id: account.accountId,
  email: account.email ?? null,
  loginId: account.loginId ?? null,
  hasPassword: hasPassword(account),
});
