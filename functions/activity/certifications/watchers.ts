/** Tells open pages that a certification has changed. They ask again: the event holds ids and a state, and no content. */
import { may } from '../../../shared/access/powers.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { isOnline, presenceRef } from '../../talking/connections/presence.ts';
import { sendToAccount } from '../../talking/connections/service.ts';
import { isSeen } from '../written/rules.ts';
import { mayJudge } from '../written/seen.ts';
import type { CertificationChanged } from './contract.ts';
import type { CertificationItem } from './items.ts';

type Kept = Old<CertificationItem, 'groupId' | 'certificationId' | 'accountId' | 'status' | 'hiddenAt'>;

/**
 * Members who see the certification now get its state; members who saw it before and see it no more get null. All others
 * get nothing. Events may come again and in any order, and say what is true when they are sent.
 */
export async function tellWatchers(
  { item, old, now, signal }: Change<CertificationItem, Kept>,
  { table, sockets }: Kernel & { readonly sockets: Sockets },
): Promise<void> {
  const key = item ?? old;
  if (!key) return;
  const { groupId, certificationId } = key;
  const current = await table.get('Certification', { groupId, certificationId });
  const told = (await presentMembers(table, groupId)).flatMap((member) => {
    const sees = current !== undefined && seesAs(member, current);
    return sees || (old !== undefined && seesAs(member, old)) ? [{ member, status: sees ? current.status : null }] : [];
  });
  const online = await onlineOf(table, told, now);
  await inParallel(sentAtOnce, online.slice(0, limits.watchers), async ({ member, status }) => {
    if (signal.aborted) return;
    const data: CertificationChanged = { groupId, certificationId, status };
    await sendToAccount({ table, sockets }, member.accountId, () => ({ event: 'certification.changed', data }));
  });
}
const sentAtOnce = 20;

/** Whether a member sees it, apart from their own reports and blocks: these hide nothing that ids would tell. */
const seesAs = (member: MembershipItem, certification: Kept) =>
  isSeen(certification, {
    viewerId: member.accountId,
    judges: mayJudge('certification', member),
    hides: may(member.role, 'hideReported'),
    reported: false,
    blocked: false,
  });

/** Those with an open socket, as far as is known: a hundred in a request of half a unit each. */
async function onlineOf<T extends { readonly member: MembershipItem }>(
  table: Table,
  told: readonly T[],
  now: number,
): Promise<T[]> {
  const pieces = await inParallel(5, piecesOf(100, told), async (some) => {
    const references = some.map(({ member: { accountId } }) => [accountId, presenceRef(accountId)] as const);
    const presence = await table.getAll(Object.fromEntries(references), { eventual: true });
    return some.filter(({ member }) => isOnline(presence[member.accountId], now));
  });
  return pieces.flat();
}
