import { activeAccount } from '../../../shared/access/accounts.ts';
import { stillInSession, stillSignedIn } from '../../../shared/access/signed-in.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { due } from '../../../shared/data/due.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { charged } from '../../../shared/data/quota.ts';
import { create } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { leadershipsOf } from '../../groups/core/members.ts';
import { withdrawal } from '../accounts/withdrawal.ts';
import type { contract } from './contract.ts';
import type { ExportItem } from './items.ts';
import { ledWithOthers } from './rules.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };

/**
 * Row 17. At once, nobody can sign in any more, the name is gone from everything, address and names are free again. The
 * rest is erased by `eraseAccount`, which is due at once.
 */
export async function withdraw(
  { body, account, locale, now }: RouteRequest<Routes['withdraw']>,
  { table }: Kernel,
): Promise<Answer<Routes['withdraw']>> {
  const { accountId } = account;
  const [leaving, led] = await Promise.all([
    withdrawal(table, accountId, body, now),
    leadershipsOf(table, accountId, now),
  ]);
  if (ledWithOthers(led).length > 0) throw new Problem('LEADS_GROUPS');
  const { email } = leaving.account;
  const mail = email !== undefined && mailOrder(now, { to: email, template: 'ACCOUNT_WITHDRAWN', locale, values: {} });
  await table.commit([leaving.writes, stillInSession(account, leaving.account, now), mail], noContent);
  return noContent;
}

/** Row 121. Made by `makeExport`, which is due at once. */
export async function requestExport(
  { account, now }: RouteRequest<Routes['requestExport']>,
  { table }: Kernel,
): Promise<Answer<Routes['requestExport']>> {
  const { accountId } = account;
  const own = activeAccount(await table.get('Account', { accountId }));
  const expiresAt = ttl(now) + limits.exportSeconds;
  const exportId = newId(now);
  const asked = { accountId, exportId, status: 'PENDING', requestedAt: iso(now) } as const;
  const answer = { body: viewOf({ ...asked, expiresAt }, null), location: '/v1/accounts/me/exports' };
  await table.commit(
    [
      stillSignedIn(account, own, now),
      charged({ limit: 'export', subject: accountId }, now),
      create('Export', asked, { expiresAt }),
      due({ kind: 'makeExport', subject: `${accountId}:${exportId}`, at: iso(now) }),
    ],
    answer,
  );
  return answer;
}

export async function listExports(
  { account: { accountId }, now }: RouteRequest<Routes['listExports']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['listExports']>> {
  const { items } = await table.query('exportsOfAccount', { accountId }, { limit: 20, newestFirst: true });
  const living = items.filter(({ expiresAt }) => expiresAt > now / 1000);
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
