import { adminOf, stillAdmin } from '../../../shared/access/access.ts';
import { daysAfter, iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { due } from '../../../shared/data/due.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { LivingAccount } from '../../accounts/accounts/items.ts';
import type { contract } from './contract.ts';
import { adminNews } from './news.ts';
import { administration } from './role.ts';
import { isLiving, viewOf } from './view.ts';

type Routes = typeof contract.routes;

export async function listWaitingAccounts(
  { query: { limit, cursor }, account, now }: RouteRequest<Routes['listWaitingAccounts']>,
  { table }: Kernel,
): Promise<Answer<Routes['listWaitingAccounts']>> {
  const waiting = table.query('accountsWaiting', { waitingFor: 'APPROVAL' }, { limit, cursor });
  const [page] = await Promise.all([waiting, adminOf(table, { account, now })]);
  return { body: { items: page.items.filter(isLiving).map(viewOf), nextCursor: page.nextCursor } };
}

export const approveAccount = (request: RouteRequest<Routes['approveAccount']>, deps: Kernel) =>
  decide(request, deps, 'ACTIVE', undefined);

export const rejectAccount = (request: RouteRequest<Routes['rejectAccount']>, deps: Kernel) =>
  decide(request, deps, 'REJECTED', request.body.reason);

/** The decision, its record and the mail that tells of it are one transaction, refused where the right was just lost. */
async function decide(
  { params: { accountId }, account, now, note }: Omit<RouteRequest<Routes['approveAccount']>, 'body'>,
  { table }: Kernel,
  after: 'ACTIVE' | 'REJECTED',
  reason: string | undefined,
) {
  note({ detail: after === 'ACTIVE' ? 'APPROVED' : 'REJECTED' });
  const by = account.accountId;
  const before = await accountFor(table, accountId, { account, now });
  if (before.status !== 'PENDING') throw new Problem('ALREADY_DECIDED');
  const approves = after === 'ACTIVE';
  const { locale, email } = before;
  const answer = { body: viewOf({ ...before, status: after }) };
  await table.commit(
    [
      stillAdmin(by),
      or(
        'ALREADY_DECIDED',
        patch(
          'Account',
          { accountId },
          { set: { status: after }, add: { version: 1 }, remove: ['waitingFor'] },
          is('status', 'PENDING'),
        ),
        patch('Authority', { accountId }, { set: { status: after }, add: { version: 1 } }, is('status', 'PENDING')),
      ),
      decided(now, {
        scopeId: accountId,
        by,
        subject: `account:${accountId}`,
        before: 'PENDING',
        after,
        reason,
      }),
      // Nobody keeps the data of whoever may not use moim.
      !approves && due({ kind: 'eraseAccount', subject: accountId, at: daysAfter(iso(now), limits.rejectedDays) }),
      approves && tell(adminNews.accountApproved, now, { to: [accountId], by }),
      email !== undefined &&
        mailOrder(now, {
          to: email,
          template: approves ? 'ACCOUNT_APPROVED' : 'ACCOUNT_REJECTED',
          locale,
          values: { nick: before.nickname, reason: reason ?? '', days: String(limits.rejectedDays) },
        }),
    ],
    answer,
  );
  return answer;
}

export async function setRole(
  { params: { accountId }, body: { role }, account, now, note }: RouteRequest<Routes['setRole']>,
  { table }: Kernel,
): Promise<Answer<Routes['setRole']>> {
  note({ detail: role });
  const by = account.accountId;
  const before = await accountFor(table, accountId, { account, now });
  // The last administrator could not be undone, and nobody judges themselves.
  if (accountId === by) throw new Problem('NOT_FOUND');
  await table.commit([
    stillAdmin(by),
    administration(accountId, role, now),
    or(overtaken, patch('Account', { accountId }, { set: { role }, add: { version: 1 } }, is('status', before.status))),
    role !== before.role &&
      decided(now, { scopeId: accountId, by, subject: `account:${accountId}`, before: before.role, after: role }),
  ]);
  return { body: viewOf({ ...before, role }) };
}

/** An account, for an administrator. */
async function accountFor(
  table: Kernel['table'],
  accountId: string,
  who: Pick<RouteRequest<Routes['setRole']>, 'account' | 'now'>,
): Promise<LivingAccount> {
  const { account } = await adminOf(table, who, { account: ref('Account', { accountId }) });
  if (!account || !isLiving(account)) throw new Problem('NOT_FOUND');
  return account;
}
