import { fromIso, iso, localTime } from '../../../shared/core/time.ts';
import { type News, type NotificationClass, notificationClasses } from '../../../shared/messages/news.ts';
import { isHeard, loudnessOf, type Chosen as Volumes } from './volume-rules.ts';

/** The accounts that an event notifies: each once, and never the one that caused it (table 2.8). */
export const recipientsOf = ({ to, actorId }: { readonly to: readonly string[]; readonly actorId: string }) =>
  [...new Set(to)].filter((accountId) => accountId !== actorId);

/** Wall-clock times, `HH:MM`: from the first on, until the second. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** What an account has chosen of one way of being told: a class that is not named is as it is by itself. */
type Choices = { readonly [choice: `${'live' | 'mail'} ${string}`]: boolean | undefined };
type Chosen = Choices & Volumes & { readonly all?: boolean; readonly quietHours?: QuietHours };

const byClass = <T>(of: (name: NotificationClass) => T) =>
  Object.fromEntries(notificationClasses.map((name) => [name, of(name)])) as Record<NotificationClass, T>;

/** The choices of an account, and for the rest the beginning: everything is on, and nothing is mailed (rows 18, 104). */
export const settingsOf = (chosen: Chosen = {}) => ({
  all: chosen.all ?? true,
  types: byClass((name) => chosen[`live ${name}`] ?? true),
  mail: byClass((name) => chosen[`mail ${name}`] ?? false),
  quietHours: chosen.quietHours ?? null,
});

/** The place of an entry among those that are read or not: texts that sort. Only those of ids in moim's form are compared. */
export const placeOf = ({ toldAt, notificationId }: { readonly toldAt: string; readonly notificationId: string }) =>
  `${toldAt}#${notificationId}`;

/** Row 105: whether an entry is read: by itself, because its reader has read beyond it, or because what it asked for is done. */
export const isRead = (
  entry: {
    readonly readAt?: string;
    readonly resolvedAt?: string;
    readonly toldAt: string;
    readonly notificationId: string;
  },
  readUntil: string | undefined,
) =>
  entry.readAt !== undefined ||
  entry.resolvedAt !== undefined ||
  (readUntil !== undefined && placeOf(entry) <= readUntil);

/** Whether the inbox still has an entry. The table may be days late in dropping what has expired. */
export const isThere = (
  { deletedAt, expiresAt }: { readonly deletedAt?: string; readonly expiresAt: number },
  now: number,
): boolean => deletedAt === undefined && expiresAt > now / 1000;

/** How many of some entries their reader has not read. */
export const unreadAmong = (
  entries: readonly (Parameters<typeof isRead>[0] & Parameters<typeof isThere>[0])[],
  readUntil: string | undefined,
  now: number,
): number => entries.filter((entry) => isThere(entry, now) && !isRead(entry, readUntil)).length;

/**
 * Since when a new entry counts as unread. What is late, so that its reader has read beyond it already, is new from when
 * it is stored, and in any case after what is read: it must not be read before anybody has seen it.
 */
export function toldAtOf(
  { createdAt, notificationId }: { readonly createdAt: string; readonly notificationId: string },
  readUntil: string | undefined,
  now: number,
): string {
  if (readUntil === undefined || !isRead({ toldAt: createdAt, notificationId }, readUntil)) return createdAt;
  return iso(Math.max(now, fromIso(readUntil.split('#')[0]!) + 1));
}

/** Whether a local time (`22:30`) is within quiet hours, which may cross midnight. */
export const isQuiet = (time: string, { from, to }: QuietHours) =>
  from < to ? from <= time && time < to : from <= time || time < to;

interface Circumstances {
  readonly news: Pick<News, 'class' | 'concerns'>;
  /** The group that it is of, if any. */
  readonly groupId?: string | undefined;
  readonly settings: Chosen | undefined;
  /** Whether the receiver has blocked the one who caused it. */
  readonly blocked: boolean;
  readonly now: number;
  /** The receiver's zone. */
  readonly timeZone: string;
}

/**
 * Where a notification goes (table 2.8, row 104). A notification from a blocked person goes nowhere. Every other one is
 * stored. It also goes over sockets and to devices, unless its type is switched off; to devices not in quiet hours. It is
 * mailed where its type is chosen for that; what is about the account itself has mails of its own. The volume of its group decides
 * about devices and mails (row 147): an open page is not woken by it, and shows what the inbox holds.
 */
export function gatesOf({ news, groupId, settings, blocked, now, timeZone }: Circumstances) {
  if (blocked) return { inbox: false, socket: false, push: false, mail: false };
  const { all, types, mail, quietHours } = settingsOf(settings);
  const live = news.class === 'always' || (all && types[news.class]);
  const quiet = quietHours !== null && isQuiet(localTime(now, timeZone), quietHours);
  const heard = groupId === undefined || isHeard(news.concerns, loudnessOf(settings, groupId, now));
  const mailed = news.class !== 'always' && all && mail[news.class];
  return { inbox: true, socket: live, push: live && heard && !quiet, mail: heard && mailed };
}

/** The beginning of a text, so long that a device shows it; characters are never cut in two. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
