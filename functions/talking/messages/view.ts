/** Messages and the people in them, as their reader sees them. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import type { Person } from '../../accounts/accounts/people.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import type { MessageView } from './contract.ts';
import type { ConversationItem, MessageItem } from './items.ts';

export const personView = async (bucket: Bucket, id: string, person: Person | undefined, locale: Locale) => ({
  id,
  nickname: person?.nickname ?? catalogOf(locale).unknownPerson,
  picture: await thumbnailOf(bucket, person?.picture),
  withdrawn: person === undefined,
});

/** Whether the other has read a message of one's own. Ids sort by their time. */
const isRead = (conversation: Pick<ConversationItem, 'readByOther'> | undefined, messageId: string) =>
  conversation?.readByOther !== undefined && messageId <= conversation.readByOther;

export function messageView(item: MessageItem, conversation?: Pick<ConversationItem, 'readByOther'>): MessageView {
  const { messageId, box, title, body, replyTo, quote, createdAt, hiddenAt } = item;
  const mine = box === 'OUT';
  return {
    ...{ id: messageId, mine, title: title ?? null, body, replyTo: replyTo ?? null, quote: quote ?? null },
    at: createdAt,
    read: mine && isRead(conversation, messageId),
    hidden: hiddenAt !== undefined,
  };
}

export async function conversationView(
  bucket: Bucket,
  item: ConversationItem,
  person: Person | undefined,
  locale: Locale,
) {
  const { otherId, lastAt, lastId, lastBox, lastText, rank } = item;
  const mine = lastBox === 'OUT';
  return {
    with: await personView(bucket, otherId, person, locale),
    last: { mine, text: lastText ?? null, at: lastAt, read: mine && isRead(item, lastId) },
    unread: rank === '1',
  };
}
