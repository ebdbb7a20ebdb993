/**
 * Whose points have to be looked at. The stream brings it, so that no certification ever waits for a league. A mark says only
 * whom to look at: repeated, late and in any order, it leads to the same points.
 */
import { iso } from '../../../shared/core/time.ts';
import { due } from '../../../shared/data/due.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { AccountItem } from '../../accounts/accounts/items.ts';
import { marked } from '../boards/boards.ts';
import type { BrickItem, CertificationItem } from '../certifications/items.ts';
import { closingDue } from './following.ts';
import type { LeagueMemberItem } from './items.ts';
import { mayCount, partOf, scopeOfPart } from './rules.ts';

type Deps = Pick<Kernel, 'table'>;

/**
 * Two commits, and not a transaction: many write the entry of one minute at once, and transactions would refuse each other. Who
 * dies in between is delivered again.
 */
async function mark(table: Table, accountId: string, now: number): Promise<void> {
  const scopeId = scopeOfPart(partOf(accountId));
  await table.commit([marked(scopeId, accountId, now)]);
  await table.commit([due({ kind: 'publishLeague', subject: scopeId, at: iso(now) })]);
}

/** Most people take part in no league: looking costs far less than marking. Who joins a moment later is looked at for that. */
async function markMember(table: Table, accountId: string, now: number): Promise<void> {
  const member = await table.get('LeagueMember', { accountId });
  if (member && mayCount(member, now)) await mark(table, accountId, now);
}

/** A brick was laid, or taken away. */
export async function markLayer(
  { item, old, now }: Change<BrickItem, Old<BrickItem, 'accountId'>>,
  { table }: Deps,
): Promise<void> {
  const brick = item ?? old;
  if (brick) await markMember(table, brick.accountId, now);
}

/** A certification was hidden by reports or a decision, or is shown again. */
export async function markAuthor(
  { item, old, again, now }: Change<CertificationItem, Old<CertificationItem, 'hiddenAt' | 'accountId'>>,
  { table }: Deps,
): Promise<void> {
  if (!item || (!again && item.hiddenAt === old?.hiddenAt)) return;
  await markMember(table, item.accountId, now);
}

/** An account was suspended, may go on, or was withdrawn. */
export async function markOwner(
  { item, old, again, now }: Change<AccountItem, Old<AccountItem, 'status'>>,
  { table }: Deps,
): Promise<void> {
  if (!item || (!again && item.status === old?.status)) return;
  await markMember(table, item.accountId, now);
}

/** Somebody takes part from now on or again, or no longer. The first of a part makes the closing of the week due. */
export async function markJoined(
  { item, old, again, now }: Change<LeagueMemberItem, Old<LeagueMemberItem, 'accountId' | 'leftAt'>>,
  { table }: Deps,
): Promise<void> {
  const member = item ?? old;
  if (!member || (!again && item && old && item.leftAt === old.leftAt)) return;
  const { accountId } = member;
  if (item && (again || !old)) await table.commit([due(closingDue(item.since, partOf(accountId)))]);
  await mark(table, accountId, now);
}
