/**
 * Row 38: administrators hear that groups and accounts wait for their approval: at most once an hour, with how many wait,
 * however many come.
 */

import { fromIso, hourMs, iso, minuteMs, ttl } from '../../../shared/core/time.ts';
import { due } from '../../../shared/data/due.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { or, type Page } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { adminNews } from './news.ts';

/**
 * Whatever comes to wait within an hour shares one entry, for the end of that hour. The entry is written by the stream and
 * alone, so that those who found a group at once do not meet in it.
 */
export async function waits(
  { item }: Change<{ readonly waitingFor?: string | undefined; readonly createdAt: string }>,
  { table }: Kernel,
): Promise<void> {
  if (!item?.waitingFor) return;
  // What comes in the last minute may be too late for the stream: it is told an hour later.
  const at = iso(Math.ceil((fromIso(item.createdAt) + minuteMs) / hourMs) * hourMs);
  await table.commit([due({ kind: 'tellOfWaiting', subject: at, at })]);
}

/** What has been decided by then is not told. A repetition finds that the hour has been told. */
export async function tellOfWaiting({ subject, now }: DueRun, { table }: Kernel): Promise<DueResult> {
  const [groups, accounts, administrators] = await Promise.all([
    table.query('groupsWaiting', { waitingFor: 'APPROVAL' }, { limit: limits.unread }),
    table.query('accountsWaiting', { waitingFor: 'APPROVAL' }, { limit: limits.unread }),
    table.query('administrators', { administers: 'MOIM' }, { limit: limits.administratorsTold }),
  ]);
  const to = administrators.items.map(({ accountId }) => accountId);
  if (to.length === 0 || groups.items.length + accounts.items.length === 0) return 'done';
  const told = { accountId: byItself, action: `approvals ${subject}`, at: iso(now) };
  await table.commit([
    or(nothing, create('Throttle', told, { expiresAt: ttl(now + hourMs) })),
    tell(adminNews.waiting, now, { to, by: byItself, groups: counted(groups), accounts: counted(accounts) }),
  ]);
  return 'done';
}

const counted = ({ items }: Page<unknown>) => (items.length < limits.unread ? String(items.length) : '99+');
