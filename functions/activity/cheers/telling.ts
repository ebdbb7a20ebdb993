/** Tells authors, and open pages, of cheers. */
import { may } from '../../../shared/access/powers.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { idAt } from '../../../shared/core/ids.ts';
import { daysAfter, fromIso } from '../../../shared/core/time.ts';
import { absent, anyOf, atMost } from '../../../shared/data/conditions.ts';
import { nothing, type Outcome } from '../../../shared/data/meaning.ts';
import { eventOf } from '../../../shared/data/outbox.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { tellOpenPages } from '../../talking/connections/open-pages.ts';
import { isSeen } from '../written/rules.ts';
import { mayJudge } from '../written/seen.ts';
import type { CheersChanged } from './contract.ts';
import type { CheerCountItem, CheerItem } from './items.ts';
import { cheerNews } from './news.ts';
import { areSame, countsOf, kindsOf } from './rules.ts';

type Kept = Old<CheerItem, 'groupId' | 'certificationId' | 'accountId' | 'cheeredAt'>;

/**
 * The event that notifies the author of a cheer; undefined if there is nothing to tell: it was taken back, or the author
 * heard of another within a day. The count remembers for which cheer the author was notified, so a repeated delivery makes
 * the same event again, and no other cheer does.
 */
export async function newsOfCheer({ item, after, old }: Change<CheerItem, Kept>, table: Table) {
  if (!item || !after || after.cheeredAt === old?.cheeredAt || kindsOf(item).length === 0) return undefined;
  const { groupId, certificationId, accountId, cheeredAt } = after;
  const certification = await table.get('Certification', { groupId, certificationId });
  if (!certification) return undefined;
  let isTold = false;
  const before = (count: CheerCountItem | undefined): Outcome => {
    isTold = count?.toldAt === cheeredAt;
    return nothing;
  };
  const due = anyOf(absent('toldAt'), atMost('toldAt', daysAfter(cheeredAt, -1)));
  const key = { groupId, certificationId };
  const isFirst = await table.commit([or(before, patch('CheerCount', key, { set: { toldAt: cheeredAt } }, due))]);
  if (!isFirst && !isTold) return undefined;
  const at = fromIso(cheeredAt);
  return eventOf(cheerNews.cheered, idAt(at, 'cheered', certificationId), at, {
    to: [certification.accountId],
    by: accountId,
    ...key,
  });
}

/** Members who see the certification get its present counts. */
export async function tellOfCheers(
  { item, old, again, now, signal }: Change<CheerCountItem>,
  { table, sockets }: Kernel & { readonly sockets: Sockets },
): Promise<void> {
  if (!item || item.gone || (!again && areSame(item, old))) return;
  const { groupId, certificationId } = item;
  const key = { groupId, certificationId };
  const found = await table.getAll({ certification: ref('Certification', key), count: ref('CheerCount', key) });
  const { certification, count } = found;
  if (!certification) return;
  const data: CheersChanged = { ...key, ...countsOf(count) };
  const told = (await presentMembers(table, groupId)).filter((member) =>
    isSeen(certification, {
      viewerId: member.accountId,
      judges: mayJudge('certification', member),
      hides: may(member.role, 'hideReported'),
      ...{ reported: false, blocked: false },
    }),
  );
  await tellOpenPages(
    { table, sockets },
    'cheers.changed',
    told.map(({ accountId }) => ({ accountId, data })),
    { now, signal },
  );
}
