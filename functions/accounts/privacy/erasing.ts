/** Erases withdrawn accounts. The next look goes on where one ended half-way. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { fromIso } from '../../../shared/core/time.ts';
import { deleteAllOf } from '../../../shared/data/deleting.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import type { ErasedByCode } from '../../../shared/data/fates.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { remove } from '../../../shared/data/writes.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { endReminders } from '../../activity/reminders/waking.ts';
import { leaveForGood } from '../../groups/core/departure.ts';
import { memberships } from '../../groups/core/members.ts';
import { forgetLikes } from '../../groups/discovery/likes.ts';
import { forgetMarks } from '../../talking/chat/own.ts';
import { dropDevicesOf } from '../../talking/devices/service.ts';
import { forgetBallots } from '../../talking/polls/own.ts';
import type { AccountItem } from '../accounts/items.ts';
import { erased, withdrawal } from '../accounts/withdrawal.ts';

type Deps = Kernel & { readonly bucket: Bucket };

/** The parts of an erasing that are code of features, by the kind of item whose row names it. */
const code: Readonly<Record<ErasedByCode, (deps: Deps, account: AccountItem, now: number) => Promise<void>>> = {
  Membership: leaveGroups,
  Like: ({ table }, { accountId }) => forgetLikes(table, accountId),
  ChatMark: ({ table }, { accountId }) => forgetMarks(table, accountId),
  Ballot: ({ table }, { accountId }) => forgetBallots(table, accountId),
  Device: ({ table }, { accountId }) => dropDevicesOf({ table }, accountId),
  Export: dropExports,
  Reminding: ({ table }, { accountId }) => endReminders(table, accountId),
};

/** Milliseconds for which a request may still write after its account withdrew: no function of a request runs longer. */
const requestMs = 30_000;

/**
 * Erases a withdrawn account, and once more if a request that began before the withdrawal may have written since. A rejected
 * account is due when its days are over; it is withdrawn first, and that makes it due again.
 */
export async function eraseAccount({ subject: accountId, now }: DueRun, deps: Deps): Promise<DueResult> {
  const { account, authority } = await deps.table.getAll({
    account: ref('Account', { accountId }),
    authority: ref('Authority', { accountId }),
  });
  if (account?.status === 'REJECTED' && authority) {
    await deps.table.commit(withdrawal(account, authority, 'rejected', now));
    return 'done';
  }
  if (account?.status !== 'WITHDRAWN') return 'done';
  await erase(deps, account, now);
  return now - fromIso(account.withdrawnAt) < requestMs ? 'more' : 'done';
}

/** The account itself is changed last: by it the next look finds what one that ended half-way has left. */
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
    if (membership.state === 'ACTIVE' || membership.state === 'PENDING') await leaveForGood(table, membership, now);
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
