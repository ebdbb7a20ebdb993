import { localTime } from '../../../shared/core/time.ts';
import { type News, type NotificationClass, notificationClasses } from '../../../shared/messages/news.ts';

/** The accounts that an event notifies: each once, and never the one that caused it (table 2.8). */
export const recipientsOf = ({ to, actorId }: { readonly to: readonly string[]; readonly actorId: string }) =>
  [...new Set(to)].filter((accountId) => accountId !== actorId);

/** Wall-clock times, `HH:MM`: from the first on, until the second. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

interface Chosen {
  readonly all?: boolean;
  readonly types?: Readonly<Record<NotificationClass, boolean>>;
  readonly quietHours?: QuietHours;
}

/** The choices of an account, and for the rest the beginning: everything is on (row 18). */
export const settingsOf = ({ all = true, types, quietHours }: Chosen = {}) => ({
  all,
  types: Object.fromEntries(notificationClasses.map((name) => [name, types?.[name] ?? true])) as Record<
    NotificationClass,
    boolean
  >,
  quietHours: quietHours ?? null,
});

/** Whether a local time (`22:30`) is within quiet hours, which may cross midnight. */
export const isQuiet = (time: string, { from, to }: QuietHours) =>
  from < to ? from <= time && time < to : from <= time || time < to;

interface Circumstances {
  readonly news: Pick<News, 'class'>;
  readonly settings: Chosen | undefined;
  /** Whether the receiver has blocked the one who caused it. */
  readonly blocked: boolean;
  readonly now: number;
  /** The receiver's zone. */
  readonly timeZone: string;
}

/**
 * Where a notification goes (table 2.8, row 104). A notification from a blocked person goes nowhere. Every other one is
 * stored. It also goes over sockets and to devices, unless its type is switched off; to devices not in quiet hours.
 */
export function gatesOf({ news, settings, blocked, now, timeZone }: Circumstances) {
  if (blocked) return { inbox: false, socket: false, push: false };
  const { all, types, quietHours } = settingsOf(settings);
  const live = news.class === 'always' || (all && types[news.class]);
  const quiet = quietHours !== null && isQuiet(localTime(now, timeZone), quietHours);
  return { inbox: true, socket: live, push: live && !quiet };
}

/** The beginning of a text, so long that a device shows it; characters are never cut in two. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
