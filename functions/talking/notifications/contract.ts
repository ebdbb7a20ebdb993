import * as z from 'zod';
import { because, feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import type { Rights } from '../../../shared/core/rights.ts';
import { type LinkId, type NotificationClass, type Screen, screens } from '../../../shared/messages/news.ts';
import { limits } from '../../../shared/product/limits.ts';
import { notificationTypes } from '../../news.ts';

const screenNames = Object.keys(screens) as [Screen, ...Screen[]];
const linkIds = Object.fromEntries(
  Object.values(screens).flatMap((ids) => ids.map((name) => [name, id.optional()])),
) as Readonly<Record<LinkId, z.ZodOptional<typeof id>>>;
const notification = z
  .object({
    id,
    type: z.enum(notificationTypes),
    text: z.string(),
    link: z.object({ screen: z.enum(screenNames), ...linkIds }),
    read: z.boolean(),
    createdAt: instant,
  })
  .meta({ id: 'Notification' });

const listNotifications = route({
  method: 'GET',
  path: '/v1/notifications',
  summary: 'List your notifications',
  description: 'Newest first, in the language of the request. Includes what a closed socket missed.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(notification).extend({
    unread: z.int().max(limits.unread).meta({ description: 'Counted up to 100; show more than 99 as "99+"' }),
  }),
});

const readNotification = route({
  method: 'POST',
  path: '/v1/notifications/{notificationId}/read',
  summary: 'Mark a notification as read',
  description: 'Idempotent: reading it again changes nothing.',
  auth: 'account',
});

const onOff = z.boolean();
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, because('time'));
const settings = z
  .object({
    all: onOff.meta({ description: 'If off, none of the types below is sent' }),
    types: z.strictObject({
      newUpload: onOff,
      remind: onOff,
      nudge: onOff,
      comment: onOff,
      group: onOff,
      message: onOff,
    } satisfies Readonly<Record<NotificationClass, typeof onOff>>),
    quietHours: z
      .strictObject({ from: clock.meta({ examples: ['22:00'] }), to: clock.meta({ examples: ['07:00'] }) })
      .refine(({ from, to }) => from !== to, { ...because('sameTimes'), path: ['to'] })
      .nullable()
      .meta({ description: 'Local times in the time zone of the account; may cross midnight. Null: no quiet hours' }),
  })
  .meta({ id: 'NotificationSettings' });

const getNotificationSettings = route({
  method: 'GET',
  path: '/v1/accounts/me/notification-settings',
  summary: 'Get your notification settings',
  description: 'Everything is on until you switch it off.',
  auth: 'account',
  result: settings,
});

const putNotificationSettings = route({
  method: 'PUT',
  path: '/v1/accounts/me/notification-settings',
  summary: 'Replace your notification settings',
  description:
    'The inbox keeps every notification. A type that is off is sent neither over the socket nor as a push message. During quiet hours no push message is sent, and none is sent later; the socket goes on. News about your account is always sent.',
  auth: 'account',
  body: z.strictObject(settings.shape),
  result: settings,
});

/** The rights of every consumer that delivers. */
const deliveryRights = {
  read: ['Account', 'NotificationSettings', 'Block'],
  query: ['connectionsOfAccount', 'devicesOfAccount', 'membersOfGroup'],
  write: ['Notification', 'Connection', 'Presence', 'Device', 'DeviceClaim', 'NotificationSettings'],
  postToSockets: true,
  secrets: ['PushKeys'],
} as const satisfies Rights;

export const contract = feature({
  name: 'notifications',
  summary: 'Notifications: live, in the inbox, and their settings',
  routes: { listNotifications, readNotification, getNotificationSettings, putNotificationSettings },
  events: {
    notification: { name: 'notification', summary: 'A new notification; the inbox holds it too', data: notification },
  },
  consumers: {
    deliver: {
      summary: 'Delivers outbox events to inboxes, open sockets and devices',
      entity: 'Outbox',
      on: ['INSERT'],
      lane: 'live',
      rights: deliveryRights,
    },
    deliverJoining: {
      summary: 'Notifies the leader of a new member',
      entity: 'Membership',
      on: ['INSERT', 'MODIFY'],
      lane: 'live',
      rights: { ...deliveryRights, read: [...deliveryRights.read, 'Group'] },
      keeps: ['groupId', 'accountId', 'joinedAt', 'entered'],
    },
  },
  rights: {
    http: {
      query: ['notificationsOfAccount', 'unreadOfAccount'],
      read: ['NotificationSettings', 'Account'],
      write: ['Notification', 'NotificationSettings'],
    },
  },
});
