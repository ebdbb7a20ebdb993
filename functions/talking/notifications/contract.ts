import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';

const notification = z
  .object({
    id,
    type: z.enum([
      'GROUP_JOINED',
      'CERTIFICATION_SUBMITTED',
      'CERTIFICATION_APPROVED',
      'CERTIFICATION_DENIED',
      'GROUP_STATUS',
      'GROUP_EXTENDED',
      'GROUP_DISBANDING',
      'GROUP_KEPT',
      'GROUP_DELETED',
      'GROUP_APPROVED',
      'GROUP_REJECTED',
      'APPLICATION_RECEIVED',
      'APPLICATION_ACCEPTED',
      'APPLICATION_REJECTED',
      'MEMBER_LEFT',
      'MEMBER_KICKED',
      'KICKED',
      'WARNED',
      'OWNER_CHANGED',
      'ROLE_CHANGED',
      'LEADER_SILENT',
      'ACCOUNT_APPROVED',
      'EXPORT_READY',
      'REPORT_RECEIVED',
      'REPORT_HIDDEN',
      'REPORT_ACCEPTED',
      'REPORT_REJECTED',
      'PLAN_HIDDEN',
      'PLAN_RESTORED',
    ]),
    text: z.string(),
    link: z.object({
      screen: z.enum(['group', 'certification', 'applications', 'account', 'reports', 'plan']),
      groupId: id.optional(),
      certificationId: id.optional(),
      planId: id.optional(),
    }),
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
    }),
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
  rights: {
    http: {
      query: ['notificationsOfAccount', 'unreadOfAccount'],
      read: ['NotificationSettings'],
      write: ['Notification', 'NotificationSettings'],
    },
  },
});
