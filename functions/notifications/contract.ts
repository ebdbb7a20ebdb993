import * as z from 'zod';
import { feature, id, instant, pageOf, pageQuery, route } from '../../shared/core/contract.ts';

const notification = z
  .object({
    id,
    type: z.enum(['GROUP_JOINED', 'CERTIFICATION_SUBMITTED', 'CERTIFICATION_APPROVED', 'CERTIFICATION_DENIED']),
    text: z.string(),
    link: z.object({ screen: z.enum(['group', 'certification']), groupId: id, certificationId: id.optional() }),
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
  result: pageOf(notification).extend({ unread: z.int() }),
});

const readNotification = route({
  method: 'POST',
  path: '/v1/notifications/{notificationId}/read',
  summary: 'Mark a notification as read',
  description: 'Doing it again changes nothing.',
  auth: 'account',
});

export const contract = feature({
  name: 'notifications',
  summary: 'What happened, told at once over the socket and kept in the inbox',
  routes: { listNotifications, readNotification },
  events: {
    notification: { name: 'notification', summary: 'Something happened; the inbox holds it too', data: notification },
  },
  consumers: {
    deliver: {
      summary: 'Puts what the outbox tells into inboxes and onto open sockets',
      entity: 'Outbox',
      on: ['INSERT'],
      batchSize: 25,
    },
  },
  rights: {
    http: { query: ['notificationsOfAccount'], read: ['Inbox'], write: ['Notification', 'Inbox'] },
    stream: { query: ['connectionsOfAccount'], write: ['Notification', 'Inbox', 'Connection'], postToSockets: true },
  },
});
