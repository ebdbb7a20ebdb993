import { activeAuthority, isActive } from '../../../shared/access/accounts.ts';
import { stillInSession, stillSignedIn } from '../../../shared/access/signed-in.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { namedId } from '../../../shared/core/ids.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { due } from '../../../shared/data/due.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { ownView } from '../../../shared/data/fates.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { nothing, untilSettled } from '../../../shared/data/meaning.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { leadershipsOf } from '../../groups/core/members.ts';
import type { LivingAccount } from '../accounts/items.ts';
import { ownAccount } from '../accounts/service.ts';
import { ticketFor } from '../accounts/verification.ts';
import { withdrawal } from '../accounts/withdrawal.ts';
import { identitiesOf } from '../identities/own.ts';
import type { contract } from './contract.ts';
import type { ExportItem } from './items.ts';
import { ledWithOthers } from './rules.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };

/**
 * Row 17. At once, nobody can sign in any more, the name is gone from everything, address and names are free again. The
 * rest is erased by `eraseAccount`, which is due at once. Of two requests at once, one finds no account any more.
 */
export async function withdraw(
  { body, account: who, locale, now }: RouteRequest<Routes['withdraw']>,
  { table }: Kernel,
): Promise<Answer<Routes['withdraw']>> {
  const [shown, led] = await Promise.all([ownAccount(table, who.accountId), leadershipsOf(table, who.accountId, now)]);
  if (ledWithOthers(led).length > 0) throw new Problem('LEADS_GROUPS');
  let own: typeof shown | undefined = shown;
  await untilSettled(async () => {
    const { account, authority } = own ?? (await ownAccount(table, who.accountId));
    own = undefined;
    // After a new password, which the proof was not for, the session is over.
    const alive = stillInSession(who, authority, now);
    const ended = withdrawal(account, authority, body.reason, now);
    await table.commit([ended, alive, farewell(account, locale, now)], noContent);
  });
  return { ...noContent, endsSession: true };
}

const farewell = ({ email }: LivingAccount, locale: Locale, now: number) =>
  email !== undefined && mailOrder(now, { to: email, template: 'ACCOUNT_WITHDRAWN', locale, values: {} });

/** Row 121 for people who have no session because their account was not approved: their mailbox is the proof. */
export async function copyUnapproved(
  { body, now, note }: RouteRequest<Routes['copyUnapproved']>,
  { table }: Kernel,
): Promise<Answer<Routes['copyUnapproved']>> {
  const decisionsOf = (scopeId: string) =>
    everyItem((cursor) => table.query('decisionsIn', { scopeId }, { limit: 50, cursor }));
  const { account, authority, unused, more: decisions = [] } = await unapproved(table, body.ticket, now, decisionsOf);
  note({ account: account.accountId });
  const identities = await identitiesOf(table, authority);
  const answer = {
    body: {
      account: ownView('Account', account),
      decisions: decisions.map((decision) => ownView('Decision', decision)),
      identities: identities.map((identity) => ownView('Identity', identity)),
    },
  };
  await table.commit([unused], answer);
  return answer;
}

/** Row 17 for people whose account was not approved. The address may sign up again at once. */
export async function leaveUnapproved(
  { body, locale, now, note }: RouteRequest<Routes['leaveUnapproved']>,
  { table }: Kernel,
): Promise<Answer<Routes['leaveUnapproved']>> {
  await untilSettled(async () => {
    const { account, authority, used } = await unapproved(table, body.ticket, now);
    note({ account: account.accountId });
    await table.commit(
      [used, withdrawal(account, authority, body.reason, now), farewell(account, locale, now)],
      noContent,
    );
  });
  return noContent;
}

/**
 * The account that a ticket is for, as long as it waits for approval or was rejected, and the writes about the ticket.
 *
 * @param beside what else is read about it, at the same time
 */
async function unapproved<T>(table: Table, ticket: string, now: number, beside?: (accountId: string) => Promise<T>) {
  const { accountId, used, unused } = await ticketFor(table, ticket, 'LEAVE', now);
  if (accountId === undefined) throw new Problem('TICKET_INVALID');
  const [{ account, authority }, more] = await Promise.all([
    table.getAll({ account: ref('Account', { accountId }), authority: ref('Authority', { accountId }) }),
    beside?.(accountId),
  ]);
  if (!account || account.status === 'WITHDRAWN' || !authority) throw new Problem('TICKET_INVALID');
  const maySignIn: boolean = isActive(authority);
  // Whoever is suspended may lead groups: they wait until they may sign in again.
  if (maySignIn || account.status === 'SUSPENDED') throw new Problem('NOT_APPLICABLE');
  return { account, authority, used, unused, more };
}
/**
 * Row 121. Made by `makeExport`, which is due at once. A request while one is under way gives that one, and so do requests at
 * once: the id is that of the minute.
 */
export async function requestExport(
  { account, now }: RouteRequest<Routes['requestExport']>,
  { table }: Kernel,
): Promise<Answer<Routes['requestExport']>> {
  const { accountId } = account;
  const [found, recent] = await Promise.all([
    table.get('Authority', { accountId }),
    table.query('exportsOfAccount', { accountId }, { limit: 20, consistent: true }),
  ]);
  const own = activeAuthority(found);
  const answerOf = (item: ExportItem) => ({ body: viewOf(item, null), location: '/v1/accounts/me/exports' });
  const pending = recent.items.find(({ status, expiresAt }) => status === 'PENDING' && expiresAt > now / 1000);
  if (pending) {
    await table.commit([stillSignedIn(account, own, now)], answerOf(pending));
    return answerOf(pending);
  }
  const expiresAt = ttl(now) + limits.exportSeconds;
  const exportId = namedId('export', accountId, iso(now).slice(0, 'yyyy-mm-ddThh:mm'.length));
  const asked = { accountId, exportId, status: 'PENDING', requestedAt: iso(now), expiresAt } as const;
  let other: ExportItem | undefined;
  const order = or(
    (before) => {
      other = before;
      return nothing;
    },
    create('Export', asked),
  );
  await table.commit(
    [
      order,
      stillSignedIn(account, own, now),
      charged({ limit: 'export', subject: accountId }, now),
      due({ kind: 'makeExport', subject: `${accountId}:${exportId}`, at: iso(now) }),
    ],
    answerOf(asked),
  );
  return answerOf(other ?? asked);
}

export async function listExports(
  { account: { accountId }, now }: RouteRequest<Routes['listExports']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['listExports']>> {
  const { items } = await table.query('exportsOfAccount', { accountId }, { limit: 20 });
  const living = items
    .filter(({ expiresAt }) => expiresAt > now / 1000)
    .toSorted((a, b) => (a.requestedAt < b.requestedAt ? 1 : -1));
  const link = async ({ key }: ExportItem) => (key ? bucket.link(key, limits.downloadSeconds) : null);
  return { body: { items: await Promise.all(living.map(async (each) => viewOf(each, await link(each)))) } };
}

const viewOf = ({ exportId, status, requestedAt, expiresAt, bytes }: ExportItem, url: string | null) => ({
  id: exportId,
  status,
  requestedAt,
  expiresAt: iso(expiresAt * 1000),
  bytes: bytes ?? null,
  url,
});
