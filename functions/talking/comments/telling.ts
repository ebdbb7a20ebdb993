/** Tells people of comments, and open pages that there are others. */
import { may } from '../../../shared/access/powers.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { idAt } from '../../../shared/core/ids.ts';
import { fromIso } from '../../../shared/core/time.ts';
import type { OutboxItem } from '../../../shared/data/items.ts';
import { eventOf } from '../../../shared/data/outbox.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { kinds } from '../../activity/written/kinds.ts';
import { idIn, thingRef } from '../../activity/written/reported.ts';
import { isSeen, type Written } from '../../activity/written/rules.ts';
import { mayJudge } from '../../activity/written/seen.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { tellOpenPages } from '../connections/open-pages.ts';
import type { CommentsChanged } from './contract.ts';
import type { CommentCountItem, CommentItem } from './items.ts';
import { commentNews } from './news.ts';
import type { Commented } from './values.ts';

type Kept = Old<CommentItem, 'groupId' | 'commentId' | 'subject' | 'accountId' | 'createdAt'>;

/** The kind of what a comment is on. The contract lets through no other. */
const kindIn = (subject: string) => subject.split(':')[0] as Commented;

/**
 * The event that notifies the author of a thing, and those who commented on it before, of a comment; undefined if there is
 * nothing to tell. Only present members who see the thing are told. The same comment always makes the same event.
 */
export async function newsOfComment(
  { after }: Change<CommentItem, Kept>,
  table: Table,
): Promise<OutboxItem | undefined> {
  if (!after) return undefined;
  const { groupId, commentId, subject, accountId, createdAt } = after;
  const [found, before, members] = await Promise.all([
    table.getAll({ thing: thingRef(groupId, subject), comment: ref('Comment', { groupId, commentId }) }),
    table.query('commentsOn', { groupId, subject }, { limit: limits.comment.told, newestFirst: true }),
    presentMembers(table, groupId),
  ]);
  const { thing, comment } = found;
  if (!thing || !comment || comment.hiddenAt !== undefined) return undefined;
  const kind = kindIn(subject);
  const concerned = new Set([thing.accountId, ...before.items.map((each) => each.accountId)]);
  const to = members
    .filter((member) => concerned.has(member.accountId) && seesAs(kind, thing, member))
    .map((member) => member.accountId);
  const at = fromIso(createdAt);
  const link = { groupId, [kinds[kind].id]: idIn(subject) };
  // Each kind has news whose screen is found by the id of the kind.
  const news: (typeof commentNews)[Commented] = commentNews[kind];
  return eventOf(news, idAt(at, 'commented', commentId), at, { to, by: accountId, ...link } as never);
}

/** Members who see a thing get how many comments it has now. */
export async function tellOfComments(
  { item, now, signal }: Change<CommentCountItem>,
  { table, sockets }: Kernel & { readonly sockets: Sockets },
): Promise<void> {
  if (!item || item.gone) return;
  const { groupId, subject } = item;
  const [{ thing, count }, members] = await Promise.all([
    table.getAll({ thing: thingRef(groupId, subject), count: ref('CommentCount', { groupId, subject }) }),
    presentMembers(table, groupId),
  ]);
  if (!thing) return;
  const data: CommentsChanged = { groupId, on: subject, count: count?.comments ?? 0 };
  const told = members.filter((member) => seesAs(kindIn(subject), thing, member));
  await tellOpenPages(
    { table, sockets },
    'comments.changed',
    told.map(({ accountId }) => ({ accountId, data })),
    { now, signal },
  );
}

/** Whether a member sees a thing, apart from their own reports and blocks: these hide nothing that ids would tell. */
const seesAs = (kind: Commented, thing: Written, member: MembershipItem) =>
  isSeen(thing, {
    viewerId: member.accountId,
    judges: mayJudge(kind, member),
    hides: may(member.role, 'hideReported'),
    ...{ reported: false, blocked: false },
  });
