import { kind } from '../../../shared/data/kind.ts';

/** What somebody has chosen for their reminders of one mission (row 146). */
export interface OwnReminder {
  readonly groupId: string;
  /** `HH:MM` on their own clock; none where 20:00 stays. */
  readonly times: readonly string[];
  /** 1 is Monday, 7 is Sunday. */
  readonly weekdays: readonly number[];
  readonly sentence?: string;
}

/** All that one account has chosen: one item, so that its limits are conditions, and a reminder reads it at once. */
export interface OwnRemindersItem {
  readonly accountId: string;
  readonly [mission: `mission ${string}`]: OwnReminder;
  readonly version: number;
}

/** How far the reminders of an account have come. A run that finds `dueAt` later than now has nothing to do. */
export interface RemindingItem {
  readonly accountId: string;
  /** When its reminders are looked at next: the instant of its entry among what is due. Absent where nothing is ahead. */
  readonly dueAt?: string;
  /** Up to which instant it is decided what was said, ISO 8601: nothing is said twice. */
  readonly covered: string;
  /** The days with a reminder since the person did anything, oldest first (row 144). */
  readonly unanswered?: readonly string[];
  /** When the last reminder was sent: what somebody did before that, and is told of late or again, does not answer it. */
  readonly remindedAt?: string;
  readonly version: number;
}

export const items = {
  OwnReminders: kind<OwnRemindersItem>()({
    about: 'when somebody wants to be reminded of their missions, and in which words',
    pk: 'OWNREMINDERS#{accountId}',
    sk: 'REMINDERS',
    of: { account: 'accountId' },
    fate: { account: { dropped: { key: true } } },
    archive: { as: 'reminders', found: { key: true } },
  }),
  Reminding: kind<RemindingItem>()({
    about: 'when the reminders of somebody are looked at next, and how many were not answered',
    pk: 'REMINDING#{accountId}',
    sk: 'REMINDING',
    of: { account: 'accountId' },
    fate: { account: { goes: 'with its entry among what is due', by: 'endReminders (activity/reminders/waking.ts)' } },
    archive: { not: 'the reminders themselves are in the inbox' },
  }),
} as const;
