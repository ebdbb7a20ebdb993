import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
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
  summary: 'The inbox, newest first',
  description: 'Texts are in the language of the request. What a closed socket missed is here (rows 104, 105).',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(notification).extend({
    unread: z.int().max(limits.unread).meta({ description: 'Counted up to 100: more than 99 are shown as "99+"' }),
  }),
});

const readNotification = route({
  method: 'POST',
  path: '/v1/notifications/{notificationId}/read',
  summary: 'Mark a notification as read',
  description: 'Doing it again changes nothing.',
  auth: 'account',
});

const onOff = z.boolean();
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const settings = z
  .object({
    all: onOff.meta({ description: 'Off: none of the types below' }),
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
      .refine(({ from, to }) => from !== to, { path: ['to'] })
      .nullable()
      .meta({ description: "On the wall in the account's time zone; may cross midnight. Null: none" }),
  })
  .meta({ id: 'NotificationSettings' });

const getNotificationSettings = route({
  method: 'GET',
  path: '/v1/accounts/me/notification-settings',
  summary: 'Which notifications reach one at once, and when',
  description: 'Everything is on until it is switched off (row 18).',
  auth: 'account',
  result: settings,
});

const putNotificationSettings = route({
  method: 'PUT',
  path: '/v1/accounts/me/notification-settings',
  summary: 'Choose which notifications reach one at once, and when',
  description:
    'The inbox holds them all, whatever is switched off. A type that is off comes neither over the socket nor as a push message; in quiet hours no push message comes, now or later, and the socket goes on. What concerns the account itself is always told (rows 18, 104).',
  auth: 'account',
  body: z.strictObject(settings.shape),
  result: settings,
});

export const contract = feature({
  name: 'notifications',
  summary: 'What happened, told at once and kept in the inbox; what of it one wants to hear',
  routes: { listNotifications, readNotification, getNotificationSettings, putNotificationSettings },
  events: {
    notification: { name: 'notification', summary: 'Something happened; the inbox holds it too', data: notification },
  },
  consumers: {
    deliver: {
      summary: 'Puts what the outbox tells into inboxes, onto open sockets and devices',
      entity: 'Outbox',
      on: ['INSERT'],
      lane: 'live',
      rights: {
        read: ['Account', 'NotificationSettings', 'Block'],
        query: ['connectionsOfAccount', 'devicesOfAccount', 'membersOfGroup'],
        write: ['Notification', 'Connection', 'Presence', 'Device', 'DeviceClaim', 'NotificationSettings'],
        postToSockets: true,
        secrets: ['PushKeys'],
      },
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
