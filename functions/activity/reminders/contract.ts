import * as z from 'zod';
import { because, feature, id, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { line } from '../../../shared/product/text-fields.ts';

const { ownADay, sentence: sentenceMax } = limits.reminders;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, because('time'));
const isUnique = <T>(list: readonly T[]) => new Set(list).size === list.length;
const times = z
  .array(clock)
  .max(ownADay)
  .refine(isUnique, because('duplicates'))
  .meta({
    description: 'On your own clock. Empty: at 20:00 in the time zone of the group, on `weekdays`',
    examples: [['07:10']],
  });
const weekdays = z.array(z.int().min(1).max(7)).min(1).max(7).refine(isUnique, because('duplicates')).meta({
  description: '1 is Monday, 7 is Sunday. Where days of the group begin later, a time before belongs to the day before',
});
const sentence = line({ min: 1, max: sentenceMax })
  .nullable()
  .meta({ description: 'When and where you do it, in your words. Only you see it', examples: ['아침 먹고 식탁에서'] });

const reminder = z
  .object({
    groupId: id,
    missionId: id,
    times: z.array(z.string()),
    weekdays: z.array(z.int()),
    sentence: z.string().nullable(),
  })
  .meta({ id: 'OwnReminder' });

const path = '/v1/groups/{groupId}/missions/{missionId}/reminder';

const listReminders = route({
  method: 'GET',
  path: '/v1/accounts/me/reminders',
  summary: 'List your own reminder times',
  description:
    'All missions for which you have chosen something. Other missions remind at 20:00 in the time zone of the group.',
  auth: 'account',
  result: z.object({ items: z.array(reminder) }),
});

const setReminder = route({
  method: 'PUT',
  path,
  summary: 'Choose when to be reminded of a mission',
  description:
    'Members; others get 404. Your times take the place of 20:00. Nothing is sent once you have done the mission. Times within ten minutes are one reminder, and there are at most three a day. Replaces what you chose before. Idempotent.',
  auth: 'account',
  body: z
    .strictObject({ times, weekdays: weekdays.default([1, 2, 3, 4, 5, 6, 7]), sentence: sentence.default(null) })
    .meta({ examples: [{ times: ['07:10'], weekdays: [1, 2, 3, 4, 5], sentence: '아침 먹고 식탁에서' }] }),
  result: reminder,
  problems: ['REMINDER_LIMIT'],
});

const clearReminder = route({
  method: 'DELETE',
  path,
  summary: 'Be reminded of a mission at 20:00 again',
  description: 'Members; others get 404. Deletes times and sentence. Idempotent.',
  auth: 'account',
});

/** What is needed to have somebody looked at earlier. */
const waking = { read: ['Reminding'], write: ['Reminding', 'Due'] } as const;

export const contract = feature({
  name: 'reminders',
  summary: 'Reminders of what is not done yet, and own times for them',
  routes: { listReminders, setReminder, clearReminder },
  due: {
    remind: {
      summary: 'Reminds somebody of what is open, if anything is',
      rights: {
        read: [
          ...(['Reminding', 'OwnReminders', 'Account', 'NotificationSettings', 'Agenda', 'Membership'] as const),
          ...(['Mission', 'MissionWeek', 'Motivations'] as const),
        ],
        query: ['groupsOfAccount', 'ownWeeks'],
        write: ['Reminding', 'Due', 'Outbox'],
        check: ['MissionWeek'],
      },
    },
  },
  consumers: {
    followMembership: {
      summary: 'Has a new member reminded; forgets own times of one who left',
      entity: 'Membership',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: {
        read: [...waking.read, 'OwnReminders', 'Membership'],
        query: ['missionsOfGroup'],
        write: [...waking.write, 'OwnReminders'],
      },
      keeps: ['groupId', 'accountId', 'state'],
    },
    followMission: {
      summary: 'Has members reminded of a new or changed mission',
      entity: 'Mission',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: { ...waking, read: [...waking.read, 'Group'], query: ['membersOfGroup'] },
      keeps: ['groupId', 'missionId'],
    },
    followDeed: {
      summary: 'Reminds a person again who did something after silence',
      entity: 'Certification',
      on: ['INSERT'],
      lane: 'background',
      rights: waking,
      keeps: ['accountId'],
    },
    followZone: {
      summary: 'Moves own reminder times to another time zone',
      entity: 'Account',
      on: ['MODIFY'],
      lane: 'background',
      rights: { ...waking, read: [...waking.read, 'OwnReminders'] },
      keeps: ['accountId', 'timeZone'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Mission', 'Account', 'OwnReminders', 'Reminding'],
      write: ['OwnReminders', 'Reminding', 'Due'],
      check: ['Membership'],
    },
  },
});
