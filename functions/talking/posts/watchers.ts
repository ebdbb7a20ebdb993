/** Tells open pages that a post has changed. They ask again: the event holds ids and a kind, and no content. */
import { may } from '../../../shared/access/powers.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { isKeptFrom } from '../../activity/written/rules.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { tellOpenPages } from '../connections/open-pages.ts';
import type { PostChanged } from './contract.ts';
import type { PostItem } from './items.ts';

type Kept = Old<PostItem, 'groupId' | 'postId' | 'accountId' | 'kind' | 'hiddenAt'>;

/**
 * Members who see the post now get its kind; members who saw it before and see it no more get null. Events may come again and
 * in any order, and say what is true when they are sent.
 */
export async function tellOfPost(
  { item, old, now, signal }: Change<PostItem, Kept>,
  { table, sockets }: Kernel & { readonly sockets: Sockets },
): Promise<void> {
  const key = item ?? old;
  if (!key) return;
  const { groupId, postId } = key;
  const [current, members] = await Promise.all([
    table.get('Post', { groupId, postId }),
    presentMembers(table, groupId),
  ]);
  const told = members.flatMap((member) => {
    const sees = current !== undefined && seesAs(member, current);
    if (!sees && !(old !== undefined && seesAs(member, old))) return [];
    const data: PostChanged = { groupId, postId, kind: sees ? current.kind : null };
    return [{ accountId: member.accountId, data }];
  });
  await tellOpenPages({ table, sockets }, 'post.changed', told, { now, signal });
}

/** Whether a member sees it, apart from their own reports and blocks: these hide nothing that ids would tell. */
const seesAs = (member: MembershipItem, post: Kept) =>
  !isKeptFrom(post, member.accountId, { hides: may(member.role, 'hideReported'), reported: false });
