import { idAt } from '../../../shared/core/ids.ts';
import { fromIso } from '../../../shared/core/time.ts';
import { eventOf } from '../../../shared/data/outbox.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { groupNews } from '../../groups/core/news.ts';
import { isNews, leaderIsTold } from '../../groups/core/rules.ts';
import { type DeliveryDeps, deliver } from './delivery.ts';

type Kept = Old<MembershipItem, 'groupId' | 'accountId' | 'joinedAt' | 'entered' | 'leftBefore'>;

/**
 * Notifies the leader of a new member. The change itself tells: a membership that begins has another `joinedAt` than the
 * one before. So joining writes no outbox item. The notification's id follows from the membership and its `joinedAt`, so a
 * repeated delivery finds what it has stored. A member who left and came back is news again, but not within the hour. A change that was parked tells
 * of the entry that it was about, even if the person has left or come back since.
 */
export async function deliverJoining({ after, old, now, signal }: Change<MembershipItem, Kept>, deps: DeliveryDeps) {
  if (!after || after.joinedAt === old?.joinedAt || !leaderIsTold(after.entered)) return;
  const { groupId, accountId, joinedAt, leftBefore } = after;
  if (leftBefore !== undefined && !isNews(old?.joinedAt, fromIso(joinedAt))) return;
  const group = await deps.table.get('Group', { groupId });
  if (!group) return;
  const { leaderId, title } = group;
  const item = eventOf(groupNews.joined, idAt(fromIso(joinedAt), 'joined', groupId, accountId), fromIso(joinedAt), {
    to: [leaderId],
    by: accountId,
    title,
    groupId,
  });
  await deliver({ item, now, signal }, deps);
}
