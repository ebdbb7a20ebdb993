import { absent, allOf, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { nothing, overtaken } from '../../../shared/data/meaning.ts';
import { or, type Page, type Table } from '../../../shared/data/table.ts';
import { check, create, patch, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import type { ConversationItem, MessageItem } from './items.ts';
import { beginningOf, isUnread, placeOf } from './rules.ts';
import type { Box } from './values.ts';

/** Somebody, and the person whom they write with. */
export interface Pair {
  readonly accountId: string;
  readonly otherId: string;
}

/** Nothing has come and nothing was read since a conversation was looked at. */
const asRead = ({ lastId, rank }: ConversationItem) => allOf(is('lastId', lastId), is('rank', rank));

/**
 * A copy of a message, and what the conversation says of it.
 *
 * @param known the conversation as it was read: it changes only if it is still so
 */
export function copyOf(
  pair: Pair,
  box: Box,
  message: Omit<MessageItem, 'accountId' | 'otherId' | 'box'>,
  known: ConversationItem | undefined,
): Write[] {
  const { messageId, groupId, createdAt, expiresAt } = message;
  const rank = box === 'IN' ? ('1' as const) : (known?.rank ?? '0');
  const set = {
    ...{ groupId, lastAt: createdAt, lastId: messageId, lastBox: box, lastText: beginningOf(message), expiresAt },
    ...{ rank, place: placeOf(rank, createdAt) },
    ...(box === 'IN' ? { lastIn: messageId } : {}),
  };
  const unchanged = known ? asRead(known) : absent('lastId');
  return [
    create('Message', { ...pair, ...message, box }),
    ...or(overtaken, upsert('Conversation', pair, { set }, unchanged)),
  ];
}

/** Messages of somebody with one person, newest first, strongly consistent. */
export const messagesWith = (table: Table, { accountId, otherId }: Pair, limit: number, cursor?: string) =>
  table.query(
    'messagesOfAccount',
    { accountId },
    { limit, cursor, between: [otherId, otherId], newestFirst: true, consistent: true },
  );

/** How far the other of a pair has read moves forward in the copy of the one who wrote. */
export const readByOther = ({ accountId, otherId }: Pair, until: string): Write[] =>
  or(
    nothing,
    patch(
      'Conversation',
      { accountId: otherId, otherId: accountId },
      { set: { readByOther: until } },
      anyOf(absent('readByOther'), below('readByOther', until)),
    ),
  );

/** A conversation is read so far; if that is all, and nothing has come since it was looked at, nothing is unread. */
export function readUpTo(known: ConversationItem, { until, isAll }: { until: string; isAll: boolean }): Write[] {
  const forward = anyOf(absent('readIn'), below('readIn', until));
  if (!isAll) return or(nothing, patch('Conversation', known, { set: { readIn: until } }, forward));
  const set = { rank: '0', place: placeOf('0', known.lastAt), readIn: until } as const;
  return or(overtaken, patch('Conversation', known, { set }, asRead(known)));
}

/** Whether its owner sees a message: it is in their box, and they have not reported it. */
export const isShown = ({ reportedAt }: Pick<MessageItem, 'reportedAt'>) => reportedAt === undefined;

/**
 * The conversation after a message was deleted from it or reported: what it says of its messages is of those that are left. They
 * are asked to be there still, so that of two deletions at once the second looks again.
 *
 * @param newest messages of the conversation, that one among them or not
 */
export function withoutMessage(known: ConversationItem, messageId: string, newest: Page<MessageItem>): Write[] {
  const left = newest.items.filter((each) => each.messageId !== messageId && isShown(each));
  const isLast = known.lastId === messageId;
  const last = isLast ? left[0] : undefined;
  if (isLast && !last && newest.nextCursor === null) return or(overtaken, remove('Conversation', known, asRead(known)));
  const lastIn = left.find(({ box }) => box === 'IN');
  // Beyond what was looked at, there may be more of the other.
  const isKnown = isUnread(known, messageId) && (lastIn !== undefined || newest.nextCursor === null);
  if (!last && !isKnown && !isLast) return or(overtaken, check('Conversation', known, is('lastId', known.lastId)));
  const rank = isKnown && !(lastIn && isUnread(known, lastIn.messageId)) ? '0' : known.rank;
  const lastAt = last?.createdAt ?? known.lastAt;
  const set = {
    ...{ rank, place: placeOf(rank, lastAt) },
    ...(last && { lastAt, lastId: last.messageId, lastBox: last.box, lastText: beginningOf(last) }),
  };
  // Everything that was looked at is reported: the list says that there was something.
  const text = isLast && !last ? (['lastText'] as const) : [];
  const relied = new Set([last, isKnown ? lastIn : undefined].filter((each) => each !== undefined));
  return [
    ...or(overtaken, patch('Conversation', known, { set, remove: text }, asRead(known))),
    ...[...relied].flatMap((each) => or(overtaken, check('Message', each, absent('reportedAt')))),
  ];
}
