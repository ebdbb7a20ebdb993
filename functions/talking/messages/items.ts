import { kind } from '../../../shared/data/kind.ts';
import type { Box } from './values.ts';

/** A private message, as one of the two has it. Each has a copy of their own. */
export interface MessageItem {
  readonly accountId: string;
  readonly otherId: string;
  /** The same in both copies. */
  readonly messageId: string;
  readonly box: Box;
  readonly groupId: string;
  readonly title?: string;
  readonly body: string;
  readonly replyTo?: string;
  /** How the message begins that it answers. */
  readonly quote?: string;
  /** Since when its reader has reported it: their copy is shown to them no more, and kept for those who decide. */
  readonly reportedAt?: string;
  /** Since when administrators have hidden it; its writer sees that. */
  readonly hiddenAt?: string;
  readonly createdAt: string;
  readonly expiresAt: number;
}

/** What somebody sees of their messages with one person, without reading them. */
export interface ConversationItem {
  readonly accountId: string;
  readonly otherId: string;
  /** A group that both were in when the last message was sent. */
  readonly groupId: string;
  /** Whether there is a message that was not read. */
  readonly rank: '0' | '1';
  /** Where it is in the list: by its rank, then by its last message (`placeOf`). */
  readonly place: string;
  readonly lastAt: string;
  readonly lastId: string;
  readonly lastBox: Box;
  /** How the last message begins; absent if it was deleted. */
  readonly lastText?: string;
  /** The last message of the other. */
  readonly lastIn?: string;
  /** How far its owner has read. It only moves forward. */
  readonly readIn?: string;
  /** How far the other has read. It only moves forward. */
  readonly readByOther?: string;
  readonly expiresAt: number;
}

export const items = {
  Message: kind<MessageItem>()({
    about: 'a private message in the box of one of the two',
    pk: 'MESSAGES#{accountId}',
    sk: 'WITH#{otherId}#{messageId}',
    life: '365 d',
    of: { account: 'accountId' },
    fate: { account: { dropped: { pattern: 'messagesOfAccount' } } },
    archive: { as: 'privateMessages', found: { pattern: 'messagesOfAccount' } },
    patterns: {
      messagesOfAccount: { serves: 'the box of an account; a range of it is what it has of one person' },
    },
  }),
  Conversation: kind<ConversationItem>()({
    about: 'with whom somebody has messages: the last of them, and whether one was not read',
    pk: 'CONVERSATIONS#{accountId}',
    sk: 'WITH#{otherId}',
    gsi1: { pk: 'TALKS#{accountId}', sk: '{place}#{otherId}' },
    life: '365 d after the last message',
    of: { account: 'accountId' },
    fate: { account: { dropped: { pattern: 'conversationsOfAccount' } } },
    archive: { not: 'it repeats the messages, which are in it' },
    patterns: {
      conversationsOfAccount: { serves: 'all conversations of an account' },
      newestTalks: {
        serves: 'the conversations of an account, unread ones first, then by their last message',
        index: 'gsi1',
      },
    },
  }),
} as const;
