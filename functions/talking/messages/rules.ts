import { limits } from '../../../shared/product/limits.ts';
import type { ConversationItem, MessageItem } from './items.ts';

/** How a message begins, for lists and notifications: its title, or else its text, on one line. */
export function beginningOf({ title, body }: Pick<MessageItem, 'title' | 'body'>): string {
  const characters = [...(title ?? body).replace(/\s+/g, ' ').trim()];
  const { preview } = limits.message;
  return characters.length > preview ? `${characters.slice(0, preview - 1).join('')}…` : characters.join('');
}

/** Where a conversation is in the list, the last first: unread ones, then by their last message. */
export const placeOf = (rank: ConversationItem['rank'], lastAt: string) => `${rank}.${lastAt}`;

/** The places of what is unread. */
export const unreadPlaces = ['1.', '1.~'] as const;

type Seen = Pick<ConversationItem, 'lastIn'>;

/**
 * What a read mark comes to. Nobody reads what was not sent yet: a mark beyond the last message counts as the last.
 *
 * @param upTo the id of the last message that was shown
 * @returns the id up to which all is read, and whether nothing is left; undefined if there is nothing to read
 */
export function readTo(
  { lastIn }: Seen,
  upTo: string,
): { readonly until: string; readonly isAll: boolean } | undefined {
  if (lastIn === undefined) return undefined;
  const isAll = upTo >= lastIn;
  return { until: isAll ? lastIn : upTo, isAll };
}

type Unread = Pick<ConversationItem, 'rank' | 'readIn'>;

/** Whether a message of the other is one that was not read, if it is of the other. Ids sort by their time. */
export const isUnread = ({ rank, readIn = '' }: Unread, messageId: string) => rank === '1' && messageId > readIn;

/** Whether an item is still there; the table may delete it days late. */
export const isKept = ({ expiresAt }: { readonly expiresAt: number }, now: number) => expiresAt > now / 1000;
