import { beginningOfIds } from '../../../shared/core/ids.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import { limits } from '../../../shared/product/limits.ts';
import { sendToAccount } from '../connections/service.ts';
import { receivedBetween } from '../messages/box.ts';
import type { ConversationRead } from '../messages/contract.ts';
import type { ConversationItem } from '../messages/items.ts';
import { type DeliveryDeps, resolved } from './delivery.ts';

const atOnce = 20;

type Kept = Old<ConversationItem, 'accountId' | 'otherId' | 'readIn'>;

/**
 * Messages that somebody has read ask for nothing in the inbox any more, on none of their devices. A message has the id of its
 * notification, so a notification that comes after this finds that it was read. What came after the mark stays unread.
 */
export async function readWithConversation(
  { after, old, now, changedAt }: Change<ConversationItem, Kept>,
  deps: DeliveryDeps,
): Promise<void> {
  if (after?.readIn === undefined || after.readIn === old?.readIn) return;
  const { accountId, otherId, readIn: upTo } = after;
  // Older notifications are gone from the inbox.
  const oldest = beginningOfIds(now - limits.notificationSeconds * 1000);
  const from = old?.readIn !== undefined && old.readIn > oldest ? old.readIn : oldest;
  for await (const ids of receivedBetween(deps.table, { accountId, otherId }, from, upTo))
    await inParallel(atOnce, ids, (id) => deps.table.commit([resolved(accountId, id, iso(changedAt))]));
  const data: ConversationRead = { accountId: otherId, upTo };
  await sendToAccount(deps, accountId, () => ({ event: 'conversation.read', data }));
}
