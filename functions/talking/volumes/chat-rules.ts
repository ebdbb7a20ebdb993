/** Row 147: what somebody's devices hear of a room. Pure. */
import type { ChatEntryItem, ChatMarkItem } from '../chat/items.ts';
import { seqOf } from '../chat/rules.ts';

export interface Reader {
  readonly accountId: string;
  readonly joinedAt: string;
  readonly mark: ChatMarkItem | undefined;
}

interface Room {
  readonly roomId: string;
  /** Messages that devices have not heard of yet, oldest first. */
  readonly messages: readonly ChatEntryItem[];
  /** The author of the message that one of them answers. */
  readonly answeredBy: (message: ChatEntryItem) => string | undefined;
  readonly hasBlocked: (accountId: string, authorId: string) => boolean;
}

/** Whether a message wakes anybody at all. */
export const wakes = ({ kind, silent, deletedAt, hiddenAt }: ChatEntryItem) =>
  kind === 'MESSAGE' && !silent && deletedAt === undefined && hiddenAt === undefined;

/**
 * What is new to somebody, and which of it answers them. `isTold`: they were told before and have not looked at the room since, so only
 * an answer to them is worth another message.
 */
export function newTo({ accountId, joinedAt, mark }: Reader, { roomId, messages, answeredBy, hasBlocked }: Room) {
  const read = mark?.[`seq ${roomId}`] ?? 0;
  const fresh = messages.filter(
    (each) =>
      each.accountId !== accountId &&
      seqOf(each.messageId) > read &&
      each.at >= joinedAt &&
      !hasBlocked(accountId, each.accountId),
  );
  const replies = fresh.filter((each) => answeredBy(each) === accountId);
  return { fresh, replies, isTold: (mark?.[`told ${roomId}`] ?? 0) > read };
}
