/** Does the rest of withdrawals and exports, minute by minute. A run that ends half-way goes on with the next. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { is } from '../../../shared/data/conditions.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import type { EntityName, PatternName } from '../../../shared/data/registry.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { patch, remove } from '../../../shared/data/writes.ts';
import type { JobRun } from '../../../shared/events/job.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { forgetApplications } from '../../groups/applications/service.ts';
import { leaveForGood } from '../../groups/core/departure.ts';
import { memberships } from '../../groups/core/members.ts';
import { forgetLikes } from '../../groups/discovery/likes.ts';
import { dropDevicesOf } from '../../talking/devices/service.ts';
import type { AccountItem } from '../accounts/items.ts';
import { erased } from '../accounts/withdrawal.ts';
import { archive } from './archive.ts';
import type { ExportItem } from './items.ts';
import { privacyNews } from './news.ts';
import type { StoreInParts } from './parts.ts';
import { exportKey } from './rules.ts';

type Deps = Kernel & { readonly bucket: Bucket; readonly storeInParts: StoreInParts };

/** At most so many accounts or exports in one run; the next goes on. */
const perRun = 25;

/** The kinds of items that an account has to itself: each a partition that goes with it. */
const personal = {
  Block: 'blocksOfAccount',
  Notification: 'notificationsOfAccount',
  Export: 'exportsOfAccount',
  // Reviews of the account go; those that it wrote stay, and nothing says any more who did.
  Review: 'reviewsOf',
  WrittenReview: 'reviewsBy',
  Reported: 'reportedBy',
} as const satisfies Partial<Record<EntityName, PatternName>>;

export async function eraseAccounts({ now }: JobRun, deps: Deps): Promise<{ erased: number }> {
  const { items } = await deps.table.query('accountsWaiting', { waitingFor: 'ERASURE' }, { limit: perRun });
  return { erased: await eachAlone(deps, items, (account) => erase(deps, account, now)) };
}

/** Does what it can, one after another: what fails for one account holds up no other, and makes the run fail at its end. */
async function eachAlone<T>({ log }: Deps, items: readonly T[], work: (item: T) => Promise<void>): Promise<number> {
  let failed = 0;
  for (const item of items)
    await work(item).catch((error: unknown) => {
      failed++;
      log.error({ error }, 'failed for one');
    });
  if (failed > 0) throw new Error(`failed for ${failed} of ${items.length}`);
  return items.length;
}

async function erase({ table, bucket }: Deps, account: AccountItem, now: number): Promise<void> {
  const { accountId, identities = {} } = account;
  for (const { membership } of await memberships(table, accountId))
    if (membership.state === 'ACTIVE') await leaveForGood(table, membership, now);
  await forgetApplications(table, accountId);
  await forgetLikes(table, accountId);
  await dropDevicesOf({ table }, accountId);
  for (const [entity, pattern] of Object.entries(personal))
    await removeAll(table, entity as keyof typeof personal, pattern, accountId, bucket);
  await Promise.all([
    table.commit([or(nothing, remove('NotificationSettings', { accountId }))]),
    table.commit([or(nothing, remove('ReviewScore', { accountId }))]),
    table.commit([or(nothing, remove('Blocks', { accountId }))]),
    ...Object.entries(identities).map(([provider, subject]) =>
      table.commit([or(nothing, remove('Identity', { provider, subject }, is('accountId', accountId)))]),
    ),
  ]);
  await table.commit([or(nothing, erased(accountId))]);
}

/** Removes a partition page by page; what is stored in the bucket for an item goes before the item that names it. */
async function removeAll(
  table: Table,
  entity: keyof typeof personal,
  pattern: (typeof personal)[keyof typeof personal],
  accountId: string,
  bucket: Bucket,
): Promise<void> {
  for (;;) {
    const { items, nextCursor } = await table.query(pattern, { accountId }, { limit: 50, consistent: true });
    await Promise.all(
      items.map(async (item) => {
        if ('key' in item && item.key) await bucket.remove(item.key);
        // The types do not know that a kind and its own pattern go together.
        await table.commit([or(nothing, remove(entity, item as never))]);
      }),
    );
    if (nextCursor === null) return;
  }
}

export async function makeExports({ now }: JobRun, deps: Deps): Promise<{ made: number }> {
  const { items } = await deps.table.query('exportsWaiting', { waitingFor: 'EXPORT' }, { limit: perRun });
  return { made: await eachAlone(deps, items, (each) => makeExport(deps, each, now)) };
}

/** Made anew, the archive takes the place of itself; only the first to finish tells of it. */
async function makeExport(deps: Deps, { accountId, exportId, expiresAt }: ExportItem, now: number): Promise<void> {
  const { table, environment } = deps;
  const key = exportKey(accountId, exportId);
  const account = await table.get('Account', { accountId });
  const bytes =
    account && account.status !== 'WITHDRAWN'
      ? await deps.storeInParts(key, archive(deps, account, now), 'application/zip')
      : 0;
  const ready = bytes > 0;
  const hours = String(Math.max(1, Math.floor((expiresAt - now / 1000) / 3600)));
  const mail = {
    template: 'EXPORT_READY',
    locale: account?.locale ?? 'ko',
    values: { link: `${environment.WEB_URL}/me/exports`, hours },
  } as const;
  const set = ready ? ({ status: 'READY', key, bytes } as const) : {};
  await table.commit([
    or(nothing, patch('Export', { accountId, exportId }, { set, remove: ['waitingFor'] }, is('waitingFor', 'EXPORT'))),
    ready && account?.email !== undefined && mailOrder(now, { to: account.email, ...mail }),
    // Nobody caused it: the job tells even the one who asked.
    ready && tell(privacyNews.exportReady, now, { to: [accountId], by: byItself }),
  ]);
}
