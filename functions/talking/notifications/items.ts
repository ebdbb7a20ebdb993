import { kind } from '../../../shared/data/kind.ts';
import type { Announcement } from '../../../shared/data/outbox.ts';
import type { QuietHours } from './rules.ts';

/** News as one person got them. Their text is made when it is read, so that it never shows a name that has changed. */
export interface NotificationItem
  extends Pick<Announcement, 'notice' | 'actorId' | 'personId' | 'peopleIds' | 'values' | 'link' | 'count'> {
  readonly accountId: string;
  readonly notificationId: string;
  readonly createdAt: string;
  /** Since when it counts as unread: as a rule since it happened. Later where it came after its reader had read beyond it. */
  readonly toldAt: string;
  /** The account's id until it has read the notification: it puts the item into the index of unread ones (gsi1). */
  readonly unreadBy?: string;
  readonly readAt?: string;
  /** Its reader has deleted it. The entry stays until its end, so that a delivery which comes again does not bring it back. */
  readonly deletedAt?: string;
  /** Since when somebody has done what it asked for. It may be stored before the rest of the item. */
  readonly resolvedAt?: string;
  readonly expiresAt: number;
}

/** The choices of an account; absent parts are as they begin: on. The count of its devices moves with them. */
export interface NotificationSettingsItem {
  readonly accountId: string;
  readonly all?: boolean;
  /** Whether a class is sent live, and whether it is mailed: `live group`, `mail group`. */
  readonly [choice: `${'live' | 'mail'} ${string}`]: boolean;
  /** How loud a group is, and until when it is quiet (`chosenIn`): `volume {groupId}`, `quiet {groupId}`. Absent: ALL, and not quiet. */
  readonly [choice: `${'volume' | 'quiet'} ${string}`]: string;
  readonly quietHours?: QuietHours;
  /** The place in the inbox up to which all is read (`placeOf`). It only moves forward. */
  readonly readUntil?: string;
  readonly devices?: number;
}

/** News of a group that was pushed at once, or waits to be pushed with others of its kind (ADR 32). */
export interface HeldItem {
  readonly groupId: string;
  /** `{type of the news}.{event}` (`placeOfHeld`) */
  readonly place: string;
  readonly actorId: string;
  /** Whom it is for; without it all members of the group. */
  readonly to?: readonly string[];
  /** Those of them who were told at once. */
  readonly told: readonly string[];
  /** Whether it waits for somebody else. */
  readonly waits: boolean;
  readonly heldAt: string;
  /** When it was pushed with the others. It stays, so that a delivery that comes again finds it. */
  readonly pushedAt?: string;
  /** What has no entries in inboxes until it is pushed: the certification, and who knows of it already. */
  readonly gathers?: { readonly certificationId: string; readonly except: readonly string[] };
  readonly expiresAt: number;
}

export const items = {
  Notification: kind<NotificationItem>()({
    about: 'an entry of the inbox; in gsi1 until it is read by itself',
    pk: 'INBOX#{accountId}',
    sk: 'NOTIFICATION#{notificationId}',
    gsi1: { pk: 'UNREAD#{unreadBy}', sk: '{toldAt}#{notificationId}', sparse: true },
    life: '30 d',
    of: { account: 'accountId' },
    fate: { account: { dropped: { pattern: 'notificationsOfAccount' } } },
    archive: { as: 'notifications', found: { pattern: 'notificationsOfAccount' } },
    patterns: {
      notificationsOfAccount: { serves: 'the inbox, newest first' },
      unreadOfAccount: { serves: 'what somebody has not read yet', index: 'gsi1' },
    },
  }),
  Held: kind<HeldItem>()({
    about: 'news of a group that waits to be pushed with others of its kind, or was pushed lately',
    pk: 'HELD#{groupId}',
    sk: 'NEWS#{place}',
    life: '3 h',
    of: { group: 'groupId', account: 'actorId' },
    fate: { group: { dropped: { pattern: 'heldOfGroup' } }, account: { expires: true } },
    archive: { not: 'gone by itself within hours' },
    patterns: {
      heldOfGroup: { serves: 'what waits to be pushed in a group; a range of it is one kind of news' },
    },
  }),
  NotificationSettings: kind<NotificationSettingsItem>()({
    about:
      'which notifications an account wants, how loud its groups are, how far it has read, and on how many devices',
    pk: 'SETTINGS#{accountId}',
    sk: 'NOTIFICATIONS',
    of: { account: 'accountId' },
    fate: { account: { dropped: { key: true } } },
    archive: { as: 'settings', found: { key: true } },
  }),
} as const;
