/** Row 133: what a link to a picture may show, and to whom it belongs. */
import { isSeenBy, seen } from '../../../shared/access/access.ts';
import { isActive } from '../../../shared/access/accounts.ts';
import { may } from '../../../shared/access/powers.ts';
import { type Found, ref } from '../../../shared/data/table.ts';
import type { ProgressPictureItem } from './items.ts';

export const refsOf = ({ groupId, accountId, of }: ProgressPictureItem) => ({
  link: ref('ProgressLink', { groupId, accountId, of }),
  group: ref('Group', { groupId }),
  member: ref('Membership', { groupId, accountId }),
  account: ref('Account', { accountId }),
});

/**
 * What a link shows, as long as its maker could still make it.
 *
 * @throws Problem NOT_FOUND
 */
export function shownBy({ hash, of }: ProgressPictureItem, found: Found<ReturnType<typeof refsOf>>) {
  const link = seen(found.link, (each) => each.hash === hash);
  const group = seen(found.group, (each) => each.deletedAt === undefined && each.approvalStatus === 'APPROVED');
  const member = seen(
    found.member,
    ({ state, role }) => state === 'ACTIVE' && (of !== 'GROUP' || may(role, 'shareProgress')),
  );
  const account = seen(isActive(found.account) ? found.account : undefined);
  return { link, group, member, account };
}

/** The title of the group: of one that not everybody may see only where its leader has said so. */
export const titleIn = ({ of }: ProgressPictureItem, { group, link }: ReturnType<typeof shownBy>): string | null =>
  isSeenBy(group, undefined) || (of === 'GROUP' && link.named) ? group.title : null;
