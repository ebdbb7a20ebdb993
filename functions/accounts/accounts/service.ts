import { stillSignedIn } from '../../../shared/access/signed-in.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint } from '../../../shared/core/ids.ts';
import { hashPassword } from '../../../shared/core/password.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { create, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import { siteOf } from '../../../shared/http/origins.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { isTeamNamed } from '../../groups/discovery/team-names.ts';
import { takenBy } from '../../talking/mail/rules.ts';
import { mailAgain, suppressionRef } from '../../talking/mail/suppression.ts';
import { askerOf, commitMail, mayAsk } from './asking.ts';
import type { contract } from './contract.ts';
import { accountView } from './creation.ts';
import { claimEmail, credentialRef, newPassword, passwordMail, requirePassword } from './credentials.ts';
import { newDeviceToken } from './known-device.ts';
import { requireAllowed } from './passwords.ts';
import { recovered, recoveryMail, vouchedAtOf } from './recovery.ts';
import { nicknameClaim } from './rules.ts';
import { undoable } from './undo-email.ts';
import { rested, ticketFor, tooSoon } from './verification.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly deviceKeys: SigningKeys };

export async function getOwnAccount(
  { account: { accountId } }: RouteRequest<Routes['getOwnAccount']>,
  { table }: Deps,
): Promise<Answer<Routes['getOwnAccount']>> {
  const { account, authority } = await ownAccount(table, accountId);
  const { email, version } = account;
  const { suppression } =
    email === undefined
      ? { suppression: undefined }
      : await table.getAll({ suppression: suppressionRef(email) }, { eventual: true });
  return { body: { ...accountView(account, authority), mail: takenBy(suppression) }, version };
}

/** The ticket shows that a code has arrived: whoever reads the mails of the address wants them. */
export async function resumeMail(
  { body: { ticket }, now, note }: RouteRequest<Routes['resumeMail']>,
  { table }: Deps,
): Promise<Answer<Routes['resumeMail']>> {
  const { email, accountId, used } = await ticketFor(table, ticket, 'MAIL', now);
  note({ account: accountId });
  const use = charged({ limit: 'mailResumed', subject: fingerprint('mail', email) }, now);
  await table.commit([used, use, mailAgain(email, now)], noContent);
  return noContent;
}

/** The own account and its authority, as long as they are there. */
export async function ownAccount(table: Table, accountId: string) {
  const { account, authority } = await table.getAll({
    account: ref('Account', { accountId }),
    authority: ref('Authority', { accountId }),
  });
  if (!account || account.status === 'WITHDRAWN' || !authority) throw new Problem('NOT_FOUND');
  return { account, authority };
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
  { body, locale, place, network, now, note }: RouteRequest<Routes['findLoginId']>,
  { table, tally, deviceKeys }: Deps,
): Promise<Answer<Routes['findLoginId']>> {
  const { email } = body;
  const asker = await askerOf(deviceKeys, body, { place, network });
  await mayAsk(tally, asker, now);
  const { credential } = await table.getAll({ credential: credentialRef(email) });
  note({ account: credential?.accountId });
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
  { body, locale, now, note }: RouteRequest<Routes['resetPassword']>,
  { table, deviceKeys }: Deps,
): Promise<Answer<Routes['resetPassword']>> {
  const { email, accountId, used } = await ticketFor(table, body.ticket, 'PASSWORD', now);
  note({ account: accountId });
  if (accountId === undefined) throw new Problem('TICKET_INVALID');
  const { credential, account, authority, factors } = await table.getAll({
    credential: credentialRef(email),
    account: ref('Account', { accountId }),
    authority: ref('Authority', { accountId }),
    factors: ref('Factors', { accountId }),
  });
  // The address may belong to another account by now.
  if (credential?.accountId !== accountId || !account?.nickname || !authority) throw new Problem('TICKET_INVALID');
  const { nickname } = account;
  requireAllowed(body.password, { ...credential, nickname }, locale);

  const answer = { body: { deviceToken: await newDeviceToken(deviceKeys, email) } };
  const passwordHash = await hashPassword(body.password);
  const changes = or(overtaken, newPassword(credential, passwordHash));
  const ways = await recovered(
    table,
    { account, authority, factors },
    { since: vouchedAtOf(factors, account), at: iso(now) },
  );
  await table.commit([used, changes, ways.writes, recoveryMail(email, account, ways, now)], answer);
  return answer;
}

/**
 * Row 12. Whoever has a password knows it too; whoever has none sets their first. Wrong guesses are limited, as those of a
 * sign-in are.
 */
export async function changePassword(
  { body, account: who, locale, now }: RouteRequest<Routes['changePassword']>,
  { table }: Deps,
): Promise<Answer<Routes['changePassword']>> {
  const { account, authority } = await ownAccount(table, who.accountId);
  // Judged first: a new password that is refused is no guess of the present one.
  const { email = '', loginId, nickname } = account;
  requireAllowed(body.password, { email, loginId, nickname }, locale, body.currentPassword);
  const credential = await requirePassword(table, authority, body.currentPassword, now);
  // A password is kept with an address, and some providers vouch for none.
  if (!credential) throw new Problem('NOT_APPLICABLE');
  // Another new password that was set meanwhile has ended this session: that is said first.
  const alive = stillSignedIn(who, authority, now);
  const changes = or(overtaken, newPassword(credential, await hashPassword(body.password)));
  await table.commit([alive, changes, passwordMail(credential, locale, now)]);
  return { ...noContent, endsSession: true };
}

/**
 * Both the new mailbox and who is there are shown: neither alone takes an account away from its owner. The old address can
 * undo it for some days.
 */
export async function changeEmail(
  { body, account: who, origin, now }: RouteRequest<Routes['changeEmail']>,
  { table, environment }: Deps,
): Promise<Answer<Routes['changeEmail']>> {
  const { accountId } = who;
  const [{ account, authority }, { factors }, { email, used }] = await Promise.all([
    ownAccount(table, accountId),
    table.getAll({ factors: ref('Factors', { accountId }) }),
    ticketFor(table, body.ticket, 'EMAIL', now),
  ]);
  const { sessionVersion: before, email: old } = authority;
  const credential = old === undefined ? undefined : await table.get('Credential', { login: old });
  const loginId = credential?.loginId;
  if (email === old) throw new Problem('EMAIL_TAKEN');
  const unchanged = is('sessionVersion', before);
  const sessionVersion = before + 1;
  await table.commit([
    used,
    claimEmail({ accountId, email, loginId, passwordHash: credential?.passwordHash, sessionVersion }),
    // A new password or address that was set meanwhile has ended this session: that is said first.
    stillSignedIn(who, authority, now),
    or(
      overtaken,
      old !== undefined && remove('Credential', { login: old }, unchanged),
      loginId !== undefined && patch('Credential', { login: loginId }, { set: { email, sessionVersion } }),
      patch('Authority', { accountId }, { set: { email, sessionVersion }, add: { version: 1 } }, unchanged),
      patch('Account', { accountId }, { set: { email }, add: { version: 1 } }),
    ),
    old !== undefined && undoable(account, old, vouchedAtOf(factors, account), siteOf(environment, origin), now),
  ]);
  return { ...noContent, endsSession: true };
}
