/** Erases withdrawn accounts and makes archives of own data, minute by minute. The next run goes on where one ended half-way. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { is } from '../../../shared/data/conditions.ts';
import { deleteAllOf } from '../../../shared/data/deleting.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import type { ErasedByCode } from '../../../shared/data/fates.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { or } from '../../../shared/data/table.ts';
import { patch, remove } from '../../../shared/data/writes.ts';
import type { JobRun } from '../../../shared/events/job.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { leaveForGood } from '../../groups/core/departure.ts';
import { memberships } from '../../groups/core/members.ts';
import { forgetLikes } from '../../groups/discovery/likes.ts';
import { dropDevicesOf } from '../../talking/devices/service.ts';
import type { AccountItem } from '../accounts/items.ts';
import { erased } from '../accounts/withdrawal.ts';
import { forgetIdentities } from '../identities/own.ts';
import { archive } from './archive.ts';
import type { ExportItem } from './items.ts';
import { privacyNews } from './news.ts';
import type { StoreInParts } from './parts.ts';
import { exportKey } from './rules.ts';

type Deps = Kernel & { readonly bucket: Bucket; readonly storeInParts: StoreInParts };

/** At most so many accounts or exports in one run; the next goes on. */
const perRun = 25;

/** The parts of an erasing that are code of features, by the kind of item whose row names it. */
const code: Readonly<Record<ErasedByCode, (deps: Deps, account: AccountItem, now: number) => Promise<void>>> = {
  Membership: leaveGroups,
  Like: ({ table }, { accountId }) => forgetLikes(table, accountId),
  Device: ({ table }, { accountId }) => dropDevicesOf({ table }, accountId),
  Identity: ({ table }, account) => forgetIdentities(table, account),
  Export: dropExports,
};

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

/** The account itself is changed last: by it the next run finds what one that ended half-way has left. */
async function erase(deps: Deps, account: AccountItem, now: number): Promise<void> {
  const { table } = deps;
  const { accountId } = account;
  // The code comes first: the counts that it moves are deleted after it.
  for (const byCode of Object.values(code)) await byCode(deps, account, now);
  await deleteAllOf(table, 'account', accountId);
  await table.commit(or(nothing, erased(accountId)));
}

async function leaveGroups({ table }: Deps, { accountId }: AccountItem, now: number): Promise<void> {
  for (const { membership } of await memberships(table, accountId))
    if (membership.state === 'ACTIVE') await leaveForGood(table, membership, now);
}

/** An export's file is deleted before the item that names it. */
async function dropExports({ table, bucket }: Deps, { accountId }: AccountItem): Promise<void> {
  const exports = await everyItem((cursor) =>
    table.query('exportsOfAccount', { accountId }, { limit: 50, cursor, consistent: true }),
  );
  await inParallel(5, exports, async ({ exportId, key }) => {
    if (key) await bucket.remove(key);
    await table.commit(or(nothing, remove('Export', { accountId, exportId })));
  });
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
