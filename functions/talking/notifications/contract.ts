import * as z from 'zod';
import {
  because,
  edit,
  feature,
  id,
  instant,
  pageOf,
  pageQuery,
  route,
  serverEvent,
} from '../../../shared/core/contract.ts';
import { type LinkId, type NotificationClass, type Screen, screens } from '../../../shared/messages/news.ts';
import { limits } from '../../../shared/product/limits.ts';
import { notificationTypes } from '../../news.ts';
import { commentedThings } from '../comments/contract.ts';
import { deliveryRights, quotedKinds } from './values.ts';

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
    resolved: z.boolean().meta({
      description: 'Whether somebody has done what it asked for, such as a decision. Then it counts as read',
    }),
    createdAt: instant,
  })
  .meta({ id: 'Notification' });

const listNotifications = route({
  method: 'GET',
  path: '/v1/notifications',
  summary: 'List your notifications',
  description:
    'Newest first, in the language of the request. With `since`, oldest first: what came after that notification, and some minutes before it again, as late ones may come; know them by their ids. That is what a closed socket missed.',
  auth: 'account',
  query: z.strictObject({
    ...pageQuery,
    since: id.optional().meta({ description: 'The last notification that the client has seen' }),
  }),
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

const readNotifications = route({
  method: 'POST',
  path: '/v1/notifications/read',
  summary: 'Mark all notifications as read',
  description:
    'All that came up to the one named by `until`; without it, all that came until now. Later ones stay unread. Idempotent.',
  auth: 'account',
  body: z.strictObject({ until: id.optional() }),
  problems: ['NOT_FOUND'],
});

const deleteNotification = route({
  method: 'DELETE',
  path: '/v1/notifications/{notificationId}',
  summary: 'Delete a notification',
  description: 'For good. Idempotent while the notification would have been kept.',
  auth: 'account',
});

const onOff = z.boolean();
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, because('time'));
const types = {
  newUpload: onOff,
  remind: onOff,
  nudge: onOff,
  comment: onOff,
  group: onOff,
  message: onOff,
} satisfies Readonly<Record<NotificationClass, typeof onOff>>;
const all = onOff.meta({ description: 'If off, none of the types is sent or mailed' });
const quietHours = z
  .strictObject({ from: clock.meta({ examples: ['22:00'] }), to: clock.meta({ examples: ['07:00'] }) })
  .refine(({ from, to }) => from !== to, { ...because('sameTimes'), path: ['to'] })
  .nullable()
  .meta({ description: 'Local times in the time zone of the account; may cross midnight. Null: no quiet hours' });
const settings = z
  .object({
    all,
    types: z.strictObject(types).meta({ description: 'Classes that are sent over sockets and to devices' }),
    mail: z.strictObject(types).meta({ description: 'Classes that are mailed as well' }),
    quietHours,
  })
  .meta({ id: 'NotificationSettings' });

const getNotificationSettings = route({
  method: 'GET',
  path: '/v1/accounts/me/notification-settings',
  summary: 'Get your notification settings',
  description: 'Until you choose otherwise, everything is on and nothing is mailed.',
  auth: 'account',
  result: settings,
});

const editNotificationSettings = route({
  method: 'PATCH',
  path: '/v1/accounts/me/notification-settings',
  summary: 'Change your notification settings',
  description:
    'Fields that are left out stay as they are. The inbox keeps every notification. A type that is off is sent neither over the socket nor as a push message. During quiet hours no push message is sent, and none is sent later; the socket and mails go on. News about your account is always sent. At most 30 notifications a day are mailed.',
  auth: 'account',
  body: edit({
    all: all.optional(),
    types: z.strictObject(types).partial().optional(),
    mail: z.strictObject(types).partial().optional(),
    quietHours: quietHours.optional(),
  }),
  result: settings,
});

const notificationResolved = serverEvent({
  name: 'notification.resolved',
  summary: 'Somebody has done what a notification asked for',
  data: z.object({ id }).meta({ id: 'NotificationResolved' }),
});

export const contract = feature({
  name: 'notifications',
  summary: 'Notifications: live, in the inbox, and their settings',
  routes: {
    listNotifications,
    readNotification,
    readNotifications,
    deleteNotification,
    getNotificationSettings,
    editNotificationSettings,
  },
  events: {
    notification: { name: 'notification', summary: 'A new notification; the inbox holds it too', data: notification },
    notificationResolved,
  },
  consumers: {
    deliver: {
      summary: 'Delivers outbox events to inboxes, sockets, devices, mailboxes',
      entity: 'Outbox',
      on: ['INSERT'],
      lane: 'live',
      rights: deliveryRights,
    },
    tellWatchers: {
      summary: 'Tells members with an open page of a changed certification',
      entity: 'Certification',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'live',
      rights: {
        read: ['Certification', 'Presence'],
        query: ['membersOfGroup', 'connectionsOfAccount'],
        write: ['Connection', 'Presence'],
        postToSockets: true,
      },
      keeps: ['groupId', 'certificationId', 'accountId', 'status', 'hiddenAt'],
    },
    deliverJoining: {
      summary: 'Notifies the leader of a new member',
      entity: 'Membership',
      on: ['INSERT', 'MODIFY'],
      lane: 'live',
      rights: { ...deliveryRights, read: [...deliveryRights.read, 'Group'] },
      keeps: ['groupId', 'accountId', 'joinedAt', 'entered', 'leftBefore'],
    },
    tellOfGroup: {
      summary: 'Tells members with an open page of a changed group',
      entity: 'Group',
      on: ['MODIFY'],
      lane: 'live',
      rights: {
        read: ['Group', 'Presence'],
        query: ['membersOfGroup', 'connectionsOfAccount'],
        write: ['Connection', 'Presence'],
        postToSockets: true,
      },
    },
    tellOfApplication: {
      summary: 'Tells open pages of applicant and deciders of an application',
      entity: 'Application',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'live',
      rights: {
        read: ['Group', 'Application', 'Membership', 'Block', 'Presence'],
        query: ['connectionsOfAccount'],
        write: ['Connection', 'Presence'],
        postToSockets: true,
      },
      keeps: ['groupId', 'accountId', 'state', 'appliedAt'],
    },
    tellOfAttendance: {
      summary: 'Tells those who decide of an attendance',
      entity: 'Attendance',
      on: ['INSERT', 'MODIFY'],
      lane: 'live',
      rights: {
        read: ['Group', 'Presence'],
        query: ['connectionsOfAccount'],
        write: ['Connection', 'Presence'],
        postToSockets: true,
      },
      keeps: ['state', 'version'],
    },
    deliverCheer: {
      summary: 'Notifies the author of a certification of a cheer',
      entity: 'Cheer',
      on: ['INSERT', 'MODIFY'],
      lane: 'live',
      rights: {
        ...deliveryRights,
        read: [...deliveryRights.read, 'Certification'],
        write: [...deliveryRights.write, 'CheerCount'],
      },
      keeps: ['groupId', 'certificationId', 'accountId', 'cheeredAt'],
    },
    tellOfCheers: {
      summary: 'Tells members with an open page of changed cheers',
      entity: 'CheerCount',
      on: ['INSERT', 'MODIFY'],
      lane: 'live',
      rights: {
        read: ['Certification', 'CheerCount', 'Presence'],
        query: ['membersOfGroup', 'connectionsOfAccount'],
        write: ['Connection', 'Presence'],
        postToSockets: true,
      },
    },
    tellOfPost: {
      summary: 'Tells members with an open page of a post',
      entity: 'Post',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'live',
      rights: {
        read: ['Post', 'Presence'],
        query: ['membersOfGroup', 'connectionsOfAccount'],
        write: ['Connection', 'Presence'],
        postToSockets: true,
      },
      keeps: ['groupId', 'postId', 'accountId', 'kind', 'hiddenAt'],
    },
    deliverComment: {
      summary: 'Notifies those whom a comment concerns',
      entity: 'Comment',
      on: ['INSERT'],
      lane: 'live',
      rights: {
        ...deliveryRights,
        read: [...deliveryRights.read, 'Comment', ...commentedThings],
        query: [...deliveryRights.query, 'commentsOn'],
      },
      keeps: ['groupId', 'commentId', 'subject', 'accountId', 'createdAt'],
    },
    tellOfComments: {
      summary: 'Tells members with an open page of comments',
      entity: 'CommentCount',
      on: ['INSERT', 'MODIFY'],
      lane: 'live',
      rights: {
        read: ['CommentCount', 'Presence', ...commentedThings],
        query: ['membersOfGroup', 'connectionsOfAccount'],
        write: ['Connection', 'Presence'],
        postToSockets: true,
      },
    },
    readWithConversation: {
      summary: 'Ends notifications of messages that were read',
      entity: 'Conversation',
      on: ['MODIFY'],
      lane: 'live',
      rights: {
        query: ['messagesOfAccount', 'connectionsOfAccount'],
        write: ['Notification', 'Connection', 'Presence'],
        postToSockets: true,
      },
      keeps: ['accountId', 'otherId', 'readIn'],
    },
  },
  rights: {
    http: {
      query: ['notificationsOfAccount', 'unreadOfAccount'],
      read: ['NotificationSettings', 'Notification', 'Account', ...quotedKinds, 'Reported'],
      write: ['Notification', 'NotificationSettings'],
    },
  },
});
