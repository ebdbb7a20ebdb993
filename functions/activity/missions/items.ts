import { kind } from '../../../shared/data/kind.ts';
import type { Approval } from '../../groups/core/values.ts';
import type { MissionKind, MissionStatus, Way } from './values.ts';

/** How often a mission is to be certified. A mission that is done once has 1, all weekdays and 1. */
export interface Repetition {
  /** The number of days in a week from Monday to Sunday. */
  readonly timesPerWeek: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekdays: readonly number[];
  /** Certifications on one day; null for as many as one likes. */
  readonly perDayLimit: number | null;
}

/** How often a mission was to be certified in the weeks before a Monday. */
export type PastTerms = Pick<Repetition, 'timesPerWeek' | 'weekdays'> & { readonly until: string };

/** One point of a checklist, and whether it asks for a picture of its own. */
export interface CheckItem {
  readonly text: string;
  readonly photo: boolean;
}

export interface MissionItem extends Repetition {
  readonly groupId: string;
  readonly missionId: string;
  readonly title: string;
  readonly content: string;
  readonly rule: string;
  readonly kind: MissionKind;
  readonly way: Way;
  /** Only with the way CHECKLIST. */
  readonly checklist?: readonly CheckItem[];
  readonly approval: Approval;
  /** What takes its place from a Monday on: members rely on the week that has begun. */
  readonly next?: Repetition & { readonly from: string };
  /** What it asked before, oldest first: a change does not move what past weeks asked. */
  readonly past?: readonly PastTerms[];
  /** Its first day; absent where it has begun when it was made. */
  readonly startDate?: string;
  /** The instant at which a mission that is done once is over. */
  readonly dueAt?: string;
  readonly status: MissionStatus;
  /** When time next changes it: the instant of its entry among what is due. */
  readonly lifeAt?: string;
  /** When it came to its end, in whatever way. */
  readonly endedAt?: string;
  /** Who has ended it by hand. */
  readonly endedBy?: string;
  /** Present members who have done or skipped it, if it is done once. They follow by the stream. */
  readonly done?: number;
  readonly skipped?: number;
  /** Since when everybody who was there had done it. */
  readonly successAt?: string;
  /** Somebody has certified it: what it asks for no longer changes. */
  readonly begun?: true;
  /** Set for the mission that the frequency of the group implies (row 51). */
  readonly implied?: true;
  /** The group's id before the end of the mission: it puts the mission among those that are shown first. */
  readonly liveIn?: string;
  readonly makerId: string;
  readonly version: number;
  readonly createdAt: string;
}

/**
 * What a member has done of a mission in one ISO week, or in all of one that is done once (`ONCE`). Each transition of a
 * certification adds to it in its own transaction. By day (`2026-11-28`): certifications that take the day, those of them that
 * are approved (`ok`) and that wait, those of both that make up for it later (`made`), and whether it is skipped. DENIED
 * ones take their day.
 */
export interface MissionWeekItem {
  readonly groupId: string;
  readonly accountId: string;
  readonly missionId: string;
  readonly week: string;
  /** The last day on which it matters for what its member still has to do. */
  readonly until: string;
  /** How often it was written. */
  readonly n: number;
  /** What the mission counts of it, if that is done once. */
  readonly told?: 'DONE' | 'SKIPPED';
  readonly total?: number;
  readonly okTotal?: number;
  readonly waitTotal?: number;
  readonly skipTotal?: number;
  readonly [taken: `2${string}`]: number;
  readonly [ok: `ok ${string}`]: number;
  readonly [wait: `wait ${string}`]: number;
  readonly [made: `made ${string}`]: number;
  readonly [skip: `skip ${string}`]: number;
  /**
   * When the brick of a deleted certification was first laid, by its id. The next certification of the week takes the earliest
   * one over, so that no brick counts in a second week of leagues (row 161).
   */
  readonly [laid: `laid ${string}`]: string;
}

/** What a member has used in a month of what a month allows. */
export interface MemberMonthItem {
  readonly groupId: string;
  readonly accountId: string;
  /** `2026-11` */
  readonly month: string;
  /** Certifications that were sent after their day was over (row 155). */
  readonly late?: number;
  /** Missed days that were made up for (row 137). */
  readonly madeUp?: number;
  /** Days that were excused without a grant (row 119). */
  readonly excused?: number;
  readonly expiresAt: number;
}

export const items = {
  Mission: kind<MissionItem>()({
    about: 'what members do',
    pk: 'MISSIONS#{groupId}',
    sk: 'MISSION#{missionId}',
    gsi1: { pk: 'LIVE_MISSIONS#{liveIn}', sk: '{createdAt}#{missionId}', sparse: true },
    of: { group: 'groupId', account: 'makerId' },
    fate: {
      group: { dropped: { pattern: 'missionsOfGroup' } },
      account: { stays: 'without a name: it was made for the group' },
    },
    archive: { not: 'it belongs to the group; the own certifications name it' },
    patterns: {
      missionsOfGroup: { serves: 'missions of a group, oldest first' },
      liveMissions: { serves: 'missions of a group before their end, oldest first', index: 'gsi1' },
    },
  }),
  MissionWeek: kind<MissionWeekItem>()({
    about: 'what a member has done of a mission in one ISO week: holds its limits, and rates follow from it',
    pk: 'WEEKS#{groupId}#{accountId}',
    sk: 'WEEK#{week}#{missionId}',
    gsi1: { pk: 'OWN_WEEKS#{accountId}', sk: '{until}#{missionId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'weeksOfMember', with: 'Membership' } },
      account: { stays: 'counts of the certifications, which stay' },
    },
    archive: { not: 'the days of the certifications, which are in it' },
    patterns: {
      weeksOfMember: { serves: 'what a member has done in a group, by week' },
      ownWeeks: { serves: 'what somebody has done lately in all their groups', index: 'gsi1' },
    },
  }),
  MemberMonth: kind<MemberMonthItem>()({
    about: 'how often a member did in a month what a month allows so often',
    pk: 'MONTHS#{groupId}#{accountId}',
    sk: 'MONTH#{month}',
    life: '100 d after the month began',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { expires: true },
      account: { expires: true },
    },
    archive: { not: 'the certifications and excuses, which are in it' },
  }),
} as const;
