import type { Kernel } from '../../shared/adapters/kernel.ts';
import type { Mailer } from '../../shared/adapters/mail.ts';
import type { SigningKey } from '../../shared/adapters/signing-key.ts';
import { fingerprint, newId, newSecret } from '../../shared/core/ids.ts';
import { limits } from '../../shared/core/limits.ts';
import { hashPassword } from '../../shared/core/password.ts';
import { Problem } from '../../shared/core/problems.ts';
import { fromIso, iso, ttl } from '../../shared/core/time.ts';
import { above, allOf, atMost, below, is } from '../../shared/data/conditions.ts';
import { ref, type Table } from '../../shared/data/table.ts';
import { create, patch, remove } from '../../shared/data/writes.ts';
import type { Change } from '../../shared/events/stream.ts';
import type { Answer, RouteRequest } from '../../shared/http/exchange.ts';
import { mailOf } from '../../shared/messages/mail.ts';
import type { contract } from './contract.ts';
import { codeOf, codesEqual, nicknameClaim, passwordAllowed } from './rules.ts';
import type { AccountItem, CredentialItem, EmailCodeItem, TicketItem } from './store.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly signingKey: SigningKey };

/** Row 1. The item is the order to send the mail: the stream sees it and sends (`mailCode`). */
export async function requestEmailCode(
  { body: { email, purpose }, locale, now }: RouteRequest<Routes['requestEmailCode']>,
  { table }: Deps,
): Promise<Answer<Routes['requestEmailCode']>> {
  const { lifeSeconds, resendSeconds } = limits.emailCode;
  const expiresAt = ttl(now) + lifeSeconds;
  const code = { email, purpose, verificationId: newId(now), tries: 0, sentAt: iso(now), locale };
  const answer = { body: { expiresAt: iso(expiresAt * 1000), resendAt: iso(now + resendSeconds * 1000) } };

  const orWhen = atMost('sentAt', iso(now - resendSeconds * 1000));
  const refused = await table.commit({ code: create('EmailCode', code, { expiresAt, orWhen }) }, answer);
  if (refused) {
    const { sentAt = code.sentAt } = (refused.code?.item ?? {}) as Partial<EmailCodeItem>;
    const retryAfter = Math.ceil((fromIso(sentAt) + resendSeconds * 1000 - now) / 1000);
    throw new Problem('TOO_MANY_REQUESTS', { retryAfter: Math.max(1, retryAfter) });
  }
  return answer;
}

/** Sends what `requestEmailCode` ordered. A changed count of tries is no order; a repeated delivery sends the same code. */
export async function mailCode(
  { item, old }: Change<EmailCodeItem>,
  { table, signingKey, mailer }: Deps & { readonly mailer: Mailer },
): Promise<void> {
  if (!item || item.verificationId === old?.verificationId) return;
  const { email, locale, verificationId } = item;
  const known = await table.get<CredentialItem>('Credential', { email });
  const code = codeOf(await signingKey(), verificationId, email);
  const minutes = String(limits.emailCode.lifeSeconds / 60);
  const template = known ? 'EMAIL_CODE_KNOWN' : 'EMAIL_CODE_REGISTER';
  await mailer.send({ to: email, ...mailOf(template, locale, { code, minutes }) });
}

/** Each guess pays with a try before it is judged, so that no number of guesses at once gets more than five. */
export async function confirmEmailCode(
  { body: { email, purpose, code }, now }: RouteRequest<Routes['confirmEmailCode']>,
  { table, signingKey }: Deps,
): Promise<Answer<Routes['confirmEmailCode']>> {
  const key = { email, purpose };
  const open = allOf(below('tries', limits.emailCode.tries), above('expiresAt', now / 1000));
  const sent = await table.change<EmailCodeItem>(patch('EmailCode', key, { add: { tries: 1 } }, open));
  if (!sent || !codesEqual(code, codeOf(await signingKey(), sent.verificationId, email)))
    throw new Problem('CODE_INVALID');

  const ticket = newSecret();
  const expiresAt = ttl(now) + limits.ticketSeconds[purpose];
  const answer = { body: { ticket, expiresAt: iso(expiresAt * 1000) } };
  const refused = await table.commit(
    {
      code: remove('EmailCode', key, is('verificationId', sent.verificationId)),
      ticket: create('Ticket', { hash: fingerprint(ticket), purpose, email }, { expiresAt }),
    },
    answer,
  );
  if (refused) throw new Problem('CODE_INVALID');
  return answer;
}

/** Rows 3-6: the address, the nickname and the ticket are taken in one transaction with the account. */
export async function signUp(
  { body, now }: RouteRequest<Routes['signUp']>,
  { table }: Deps,
): Promise<Answer<Routes['signUp']>> {
  const { password, nickname, locale, timeZone } = body;
  const hash = fingerprint(body.ticket);
  const ticket = await table.get<TicketItem>('Ticket', { hash });
  if (ticket?.purpose !== 'REGISTER' || !ticket.email || ticket.expiresAt <= now / 1000)
    throw new Problem('TICKET_INVALID');
  const { email } = ticket;
  if (!passwordAllowed(password, { email, nickname })) throw new Problem('PASSWORD_REFUSED');

  const accountId = newId(now);
  const createdAt = iso(now);
  const account: AccountItem = {
    accountId,
    email,
    nickname,
    locale,
    timeZone,
    role: 'USER',
    status: 'ACTIVE',
    bricks: 0,
    createdAt,
  };
  const answer = { body: viewOf(account), location: '/v1/accounts/me' };
  const credential: CredentialItem = { email, accountId, passwordHash: await hashPassword(password) };
  const refused = await table.commit(
    {
      ticket: remove('Ticket', { hash }, is('purpose', 'REGISTER')),
      credential: create('Credential', { ...credential }),
      nickname: create('NicknameClaim', { nickname: nicknameClaim(nickname), accountId }),
      account: create('Account', { ...account }),
    },
    answer,
  );
  if (refused?.ticket) throw new Problem('TICKET_INVALID');
  if (refused?.credential) throw new Problem('EMAIL_TAKEN');
  if (refused) throw new Problem('NICKNAME_TAKEN');
  return answer;
}

export async function getOwnAccount(
  { account: { accountId } }: RouteRequest<Routes['getOwnAccount']>,
  { table }: Deps,
): Promise<Answer<Routes['getOwnAccount']>> {
  const account = await table.get<AccountItem>('Account', { accountId });
  if (!account) throw new Problem('NOT_FOUND');
  return { body: viewOf(account) };
}

/** The names people are shown by, in one request; an account that is gone has none. */
export async function nicknamesOf(table: Table, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(accountIds)];
  if (unique.length === 0) return new Map();
  const references = Object.fromEntries(
    unique.map((accountId) => [accountId, ref<AccountItem>('Account', { accountId })]),
  );
  const accounts = await table.getAll(references);
  return new Map(
    Object.values(accounts).flatMap((account) => (account ? [[account.accountId, account.nickname]] : [])),
  );
}

/** The counter of approved certifications moves only together with its ledger row (row 67). */
export const addBricks = (accountId: string, by: 1 | -1) => patch('Account', { accountId }, { add: { bricks: by } });

/** The claim of an address with its password hash: what a sign-in judges. */
export const credentialOf = (table: Table, email: string) => table.get<CredentialItem>('Credential', { email });

const viewOf = ({ accountId, email, nickname, locale, timeZone, bricks, createdAt }: AccountItem) => ({
  id: accountId,
  email,
  nickname,
  locale,
  timeZone,
  bricks,
  createdAt,
});
