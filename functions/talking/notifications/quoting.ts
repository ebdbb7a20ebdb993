/**
 * Some notifications quote what they lead to. The inbox looks whether that is still there for its reader when it is read: so what was
 * hidden comes back with its words if somebody decides so, in any order, and nothing is written into hundreds of inboxes.
 */
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { News } from '../../../shared/messages/news.ts';
import type { ReportedItem } from '../../activity/written/items.ts';
import { hasReported, reportedRef, thingRef } from '../../activity/written/reported.ts';
import type { MessageItem } from '../messages/items.ts';
import type { NotificationItem } from './items.ts';

interface Entry {
  readonly news: Pick<News, 'quotes' | 'screen'>;
  readonly notification: NotificationItem;
}

/** What may hide words: that they are hidden from all, or that their reader has reported them. */
interface Quoted {
  readonly hiddenAt?: string;
  readonly reportedAt?: string;
}
type References = {
  [thing: `thing ${string}`]: Reference<Quoted>;
  [reported: `in ${string}`]: Reference<ReportedItem>;
};

/**
 * The entries whose words are gone, or kept from their reader, by the ids of the notifications. One request, and none if no entry
 * of the page quotes anything.
 */
export async function goneAmong(table: Table, entries: readonly Entry[]): Promise<ReadonlySet<string>> {
  const quoting = entries.filter(({ news }) => news.quotes !== undefined);
  if (quoting.length === 0) return new Set();
  const wanted: References = {};
  for (const { notification } of quoting) {
    const { accountId, link } = notification;
    const subject = subjectIn(notification);
    wanted[`thing ${subject}`] = subject.startsWith(ofMessages)
      ? messageRef(notification)
      : thingRef(link.groupId!, subject);
    if (link.groupId !== undefined) wanted[`in ${link.groupId}`] = reportedRef(accountId, link.groupId);
  }
  const found = await table.getAll(wanted, { eventual: true });
  const gone = quoting.filter(({ notification }) => {
    const subject = subjectIn(notification);
    const thing = found[`thing ${subject}`];
    const isKept = thing?.hiddenAt !== undefined || thing?.reportedAt !== undefined;
    return !thing || isKept || hasReported(found[`in ${notification.link.groupId}`], subject);
  });
  return new Set(gone.map(({ notification }) => notification.notificationId));
}

const ofMessages = 'privateMessage:';

/** What a notification leads to, by its kind and id: the post or poll of its screen, or the message whose id it has. */
function subjectIn({ notificationId, link }: NotificationItem): string {
  if (link.postId !== undefined) return `post:${link.postId}`;
  if (link.pollId !== undefined) return `poll:${link.pollId}`;
  return ofMessages + notificationId;
}

const messageRef = ({ accountId, notificationId, link }: NotificationItem): Reference<MessageItem> =>
  ref('Message', { accountId, otherId: link.accountId!, messageId: notificationId });
