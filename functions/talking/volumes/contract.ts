import * as z from 'zod';
import { because, day, edit, feature, id, pageOf, pageQuery, route } from '../../../shared/core/contract.ts';
import { loudness } from '../notifications/fields.ts';
import { deliveryRights, pauses, volumes } from '../notifications/values.ts';

const oneVolume = '/v1/groups/{groupId}/volume';

const listVolumes = route({
  method: 'GET',
  path: '/v1/accounts/me/volumes',
  summary: 'List how loud your groups are',
  description:
    'The groups that you are a member of. A page may be short, or empty, as groups that you left are left out.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(loudness.extend({ groupId: id, title: z.string() }).meta({ id: 'GroupLoudness' })),
});

const getVolume = route({
  method: 'GET',
  path: oneVolume,
  summary: 'Get how loud a group is',
  description: 'Members, for themselves; others get 404.',
  auth: 'account',
  result: loudness,
});

const editVolume = route({
  method: 'PATCH',
  path: oneVolume,
  summary: 'Change how loud a group is',
  description:
    'Members, for themselves; others get 404. A pause ends by itself, at the minute. Days and 08:00 are those of the time zone of your account. A day is a year away at most. Null ends the pause. Neither the inbox nor open pages are quieter. A member who leaves and comes back begins with ALL.',
  auth: 'account',
  body: edit({
    volume: z.enum(volumes).optional(),
    snooze: z
      .strictObject({ for: z.enum(pauses), through: day.optional() })
      .refine((pause) => (pause.for === 'DAY') === (pause.through !== undefined), {
        ...because('pauseDay'),
        path: ['through'],
      })
      .nullable()
      .optional()
      .meta({ description: 'HOUR: for an hour. MORNING: until 08:00 of tomorrow. DAY: until the end of `through`' }),
  }).meta({ examples: [{ volume: 'MENTIONS' }, { snooze: { for: 'MORNING' } }] }),
  result: loudness,
});

export const contract = feature({
  name: 'volumes',
  summary: 'How loud groups are, and what is pushed together',
  routes: { listVolumes, getVolume, editVolume },
  due: {
    pushHeld: {
      summary: 'Pushes news of a group that waited for others of its kind',
      rights: {
        ...deliveryRights,
        read: [...deliveryRights.read, 'Group', 'Notification', 'Certification', 'Post', 'Poll'],
        query: [...deliveryRights.query, 'blockersOf'],
      },
    },
    pushRoom: {
      summary: 'Pushes what was written in a chat room',
      rights: {
        read: ['ChatHead', 'ChatEntry', 'Account', 'NotificationSettings', 'Group'],
        query: [
          ...(['entriesOfGroup', 'membersOfGroup', 'marksOfGroup', 'listenersOfGroup', 'blockersOf'] as const),
          'devicesOfAccount',
        ],
        write: ['ChatHead', 'ChatMark', 'Due', 'Device', 'DeviceClaim', 'NotificationSettings'],
        secrets: ['PushKeys'],
      },
    },
  },
  consumers: {
    gatherCertification: {
      summary: 'Keeps approved certifications to be told to members together',
      entity: 'Certification',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: { write: ['Held', 'Due'] },
      keeps: ['groupId', 'certificationId', 'accountId', 'status', 'modifiedAt', 'askedBy'],
    },
    forgetVolume: {
      summary: 'Forgets how loud a group was that somebody left',
      entity: 'Membership',
      on: ['MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { read: ['NotificationSettings', 'Membership'], write: ['NotificationSettings'] },
      keeps: ['groupId', 'accountId', 'joinedAt', 'state'],
    },
  },
  rights: {
    http: {
      query: ['groupsOfAccount'],
      read: ['NotificationSettings', 'Account', 'Group', 'Membership'],
      write: ['NotificationSettings'],
      check: ['Membership'],
    },
  },
});
