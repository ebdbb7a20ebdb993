/** What other features do with the messages that somebody has. */
import { answered } from '../../../shared/data/outbox.ts';
import { type Part, ref, type Table } from '../../../shared/data/table.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { ConversationItem } from './items.ts';
import { isUnread } from './rules.ts';
import { messagesWith, type Pair, withoutMessage } from './store.ts';

/**
 * The ids of the messages that somebody got from a person after one message, up to another: the newest first, page by page.
 *
 * @param from the id of the message before them, or the beginning of ids of an instant
 * @param upTo the id of the last
 */
export async function* receivedBetween(table: Table, pair: Pair, from: string, upTo: string): AsyncGenerator<string[]> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    // Few are unread at once, and these are the newest.
    const page = await messagesWith(table, pair, 50, cursor);
    const within = page.items.filter(({ box, messageId }) => box === 'IN' && messageId > from && messageId <= upTo);
    yield within.map(({ messageId }) => messageId);
    cursor = page.items.some(({ messageId }) => messageId <= from) ? null : page.nextCursor;
  }
}

/** Row 83: a message that its reader reports is gone from the list of conversations, and counts as read in the inbox. */
export async function outOfSight(table: Table, pair: Pair, messageId: string, now: number): Promise<Part> {
  const [{ known }, looked] = await Promise.all([
    table.getAll({ known: ref('Conversation', pair) }),
    messagesWith(table, pair, limits.message.looked),
  ]);
  return known && [withoutMessage(known, messageId, looked), noticeEnded(known, messageId, now)];
}

/** A message has the id of its notification: that ends with it, if it was not read. */
export const noticeEnded = (known: ConversationItem, messageId: string, now: number): Part =>
  isUnread(known, messageId) && answered({ notificationId: messageId, of: [known.accountId] }, now);
