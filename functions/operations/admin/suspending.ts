/** Suspending an account for a time (row 162). Its sessions are over at once, and it ends by itself. */
import { adminOf, stillAdmin } from '../../../shared/access/access.ts';
import { active } from '../../../shared/access/accounts.ts';
import { fromIso, iso } from '../../../shared/core/time.ts';
import { anyOf, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { due } from '../../../shared/data/due.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, type Part, ref, type Table } from '../../../shared/data/table.ts';
import { drop, patch } from '../../../shared/data/writes.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { timeText } from '../../../shared/messages/days.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem, type Suspension } from '../../../shared/product/problems.ts';
import type { LivingAccount } from '../../accounts/accounts/items.ts';
import { sessionsOf } from '../../accounts/sessions/signed-in.ts';
import type { contract } from './contract.ts';
import { isLastingTooLong } from './rules.ts';
import { isLiving, viewOf } from './view.ts';

type Routes = typeof contract.routes;

/**
 * What a suspension writes. Refused as NOT_APPLICABLE for an account that waits for approval or was rejected.
 *
 * @param by the administrator, or `operator`
 */
export function suspended(account: LivingAccount, { reason, until }: Suspension, by: string, now: number): Part {
  const { accountId, email, locale, timeZone } = account;
  const status = { status: 'SUSPENDED' } as const;
  // A suspension that is made longer began when it began.
  const since = account.status === 'SUSPENDED' ? {} : { suspendedAt: iso(now) };
  const mayBe = anyOf(active, is('status', 'SUSPENDED'));
  const end = fromIso(until);
  const time = timeText(end, { locale, timeZone }, now);
  return [
    or(
      'NOT_APPLICABLE',
      patch('Account', { accountId }, { set: { ...status, ...since }, add: { version: 1 } }, mayBe),
      patch(
        'Authority',
        { accountId },
        { set: { ...status, suspension: { reason, until } }, add: { version: 1 } },
        mayBe,
      ),
    ),
    due({ kind: 'endSuspension', subject: accountId, at: until }),
    decided(now, {
      scopeId: accountId,
      by,
      subject: `account:${accountId}`,
      before: account.status,
      after: 'SUSPENDED',
      reason,
    }),
    email !== undefined &&
      mailOrder(now, { to: email, template: 'ACCOUNT_SUSPENDED', locale, values: { reason, time } }),
  ];
}

/** The end of a suspension, before its time or at it. Nothing to do if there is none. */
export const lifted = (accountId: string, until?: string) => {
  const set = { status: 'ACTIVE' } as const;
  const when = until === undefined ? is('status', 'SUSPENDED') : is('suspension.until', until);
  return or(
    nothing,
    patch('Authority', { accountId }, { set, remove: ['suspension'], add: { version: 1 } }, when),
    patch('Account', { accountId }, { set, remove: ['suspendedAt'], add: { version: 1 } }, is('status', 'SUSPENDED')),
  );
};

export async function suspendAccount(
  { params: { accountId }, body, account: who, locale, now }: RouteRequest<Routes['suspendAccount']>,
  { table }: Kernel,
): Promise<Answer<Routes['suspendAccount']>> {
  const before = await other(table, accountId, { account: who, now });
  if (isLastingTooLong(body.until, now)) {
    const reason = catalogOf(locale).fields.suspensionEnd;
    throw new Problem('INVALID_REQUEST', { errors: [{ pointer: '/until', reason }] });
  }
  const by = who.accountId;
  const until = iso(fromIso(body.until));
  await table.commit([stillAdmin(by), suspended(before, { reason: body.reason, until }, by, now)]);
  return { body: viewOf({ ...before, status: 'SUSPENDED' }) };
}

export async function liftSuspension(
  { params: { accountId }, account: who, now }: RouteRequest<Routes['liftSuspension']>,
  { table }: Kernel,
): Promise<Answer<Routes['liftSuspension']>> {
  const before = await other(table, accountId, { account: who, now });
  const by = who.accountId;
  await table.commit([
    stillAdmin(by),
    lifted(accountId),
    decided(now, { scopeId: accountId, by, subject: `account:${accountId}`, before: before.status, after: 'ACTIVE' }),
  ]);
  return noContent;
}

/** The sessions that there are now. A stolen device is out, and its owner signs in again. */
export async function signOutAccount(
  { params: { accountId }, account: who, now }: RouteRequest<Routes['signOutAccount']>,
  { table }: Kernel,
): Promise<Answer<Routes['signOutAccount']>> {
  await other(table, accountId, { account: who, now });
  const by = who.accountId;
  const sessions = await sessionsOf(table, accountId);
  await table.commit([
    stillAdmin(by),
    sessions.map(({ sessionId }) => drop('Session', { accountId, sessionId })),
    sessions.length > 0 &&
      decided(now, { scopeId: accountId, by, subject: `sessions:${accountId}`, before: 'OPEN', after: 'ENDED' }),
  ]);
  return noContent;
}

/** Somebody else's account, for an administrator: nobody decides on themselves. */
async function other(
  table: Table,
  accountId: string,
  who: Pick<RouteRequest<Routes['suspendAccount']>, 'account' | 'now'>,
): Promise<LivingAccount> {
  const { account } = await adminOf(table, who, { account: ref('Account', { accountId }) });
  if (!account || !isLiving(account) || accountId === who.account.accountId) throw new Problem('NOT_FOUND');
  return account;
}

/** A suspension that was lifted, or made longer, has another end or none: then nothing is due. */
export async function endSuspension({ subject: accountId, now }: DueRun, { table }: Kernel): Promise<DueResult> {
  const authority = await table.get('Authority', { accountId });
  const until = authority?.suspension?.until;
  if (until !== undefined && fromIso(until) <= now) await table.commit([lifted(accountId, until)]);
  return 'done';
}
