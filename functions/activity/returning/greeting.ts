/** Row 144: cheers greet the first certification of a member who is back, if they want that. */
import { exists } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { CertificationItem } from '../certifications/items.ts';
import { returningNews } from './news.ts';

type Key = 'groupId' | 'accountId' | 'certificationId' | 'status';

/** A certification is approved, and everybody may see it. The wish is taken back with the news, so it is told once. */
export async function greetBack(
  { item, old, again, now }: Change<CertificationItem, Old<CertificationItem, Key>>,
  { table }: Kernel,
): Promise<void> {
  if (item?.status !== 'APPROVED' || (!again && old?.status === 'APPROVED')) return;
  const { groupId, accountId, certificationId } = item;
  const member = await table.get('Membership', { groupId, accountId });
  // What was certified before the choice is no return.
  if (!member?.greets || member.state !== 'ACTIVE' || item.createdAt < (member.returnedAt ?? '')) return;
  const found = await table.getAll({
    group: ref('Group', { groupId }),
    certification: ref('Certification', { groupId, certificationId }),
  });
  if (!found.group || found.group.deletedAt || found.certification?.status !== 'APPROVED') return;
  await table.commit([
    or(nothing, patch('Membership', { groupId, accountId }, { remove: ['greets'] }, exists('greets'))),
    tell(returningNews.back, now, {
      ...{ toMembersOf: groupId, by: accountId, title: found.group.title, groupId, certificationId },
    }),
  ]);
}
