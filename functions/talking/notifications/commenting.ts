import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { CommentItem } from '../comments/items.ts';
import { newsOfComment } from '../comments/telling.ts';
import { type DeliveryDeps, deliver } from './delivery.ts';

type Kept = Old<CommentItem, 'groupId' | 'commentId' | 'subject' | 'accountId' | 'createdAt'>;

/** Notifies those whom a comment concerns. The change itself tells, so commenting writes no outbox item. */
export async function deliverComment(change: Change<CommentItem, Kept>, deps: DeliveryDeps): Promise<void> {
  const item = await newsOfComment(change, deps.table);
  if (item) await deliver({ item, now: change.now, signal: change.signal }, deps);
}
