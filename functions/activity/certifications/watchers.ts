/** Tells open pages that a certification has changed. They ask again: the event holds ids and a state, and no content. */
import { may } from '../../../shared/access/powers.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { tellOpenPages } from '../../talking/connections/open-pages.ts';
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
    if (!sees && !(old !== undefined && seesAs(member, old))) return [];
    const data: CertificationChanged = { groupId, certificationId, status: sees ? current.status : null };
    return [{ accountId: member.accountId, data }];
  });
  await tellOpenPages({ table, sockets }, 'certification.changed', told, { now, signal });
}

/** Whether a member sees it, apart from their own reports and blocks: these hide nothing that ids would tell. */
const seesAs = (member: MembershipItem, certification: Kept) =>
  isSeen(certification, {
    viewerId: member.accountId,
    judges: mayJudge('certification', member),
    hides: may(member.role, 'hideReported'),
    reported: false,
    blocked: false,
  });
