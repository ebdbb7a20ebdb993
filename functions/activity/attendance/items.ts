import { kind } from '../../../shared/data/kind.ts';
import type { Asked } from '../../../shared/data/outbox.ts';
import type { AttendanceState } from './values.ts';

/** Row 103: a meeting on a day of each week. */
export interface Meeting {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** `HH:MM` by the clock of the group. */
  readonly start: string;
  /** Minutes after the start up to which one is not late. */
  readonly graceMinutes: number;
  /** In a club: where it is; members whose home gym is another one attend as alternates. */
  readonly place?: string | undefined;
  /** Row 156: check-in codes are taken near it alone. */
  readonly position?: { readonly latitude: number; readonly longitude: number } | undefined;
  /** Who looks after it. */
  readonly staffId?: string | undefined;
  /** The first day on which it may be: the day on which it was planned. */
  readonly since: string;
}

/** All meetings of a group and its holidays in one item: its version keeps two changes made at once apart. */
export interface AttendancePlanItem {
  readonly groupId: string;
  /** By weekday, one a day at most. */
  readonly meetings: readonly Meeting[];
  /** Row 156: what the check-in codes of the group follow from (base32, 160 bits). It is made with the plan, and never leaves moim. */
  readonly codeSecret?: string | undefined;
  /** Days without a meeting, in their order. */
  readonly holidays: readonly string[];
  /** Row 101: the last day that the night's run has closed. */
  readonly closedUntil: string;
  /** The last day on which a meeting was held, by the plan as it was then: its week closes with absences whatever the plan says later. */
  readonly heldOn?: string | undefined;
  /** The instant of the entry of its next run; absent when none will come. */
  readonly dueAt?: string | undefined;
  /** Goes up with each edit of meetings or holidays. */
  readonly version: number;
}

/** Row 98: the attendance of a member in a week of a season. The key allows one. */
export interface AttendanceItem {
  readonly groupId: string;
  readonly accountId: string;
  /** The season; in a group without seasons, the group's id. */
  readonly seasonId: string;
  readonly week: number;
  /** Season and week as a text that sorts by the week (`weekIdOf`). */
  readonly weekId: string;
  readonly state: AttendanceState;
  /** The day of the meeting; of a correction without a request, the first day of the week; of an absence, its last. */
  readonly day: string;
  readonly place?: string | undefined;
  /** In a club: the home gym that the member named when they asked, by which `alternate` was judged. */
  readonly homeGym?: string | undefined;
  /** When the member asked, or arrived. Absent if they never did. */
  readonly requestedAt?: string | undefined;
  /** Whether that was after the grace. It was judged at that moment, by the plan as it was. */
  readonly late?: true | undefined;
  /** At another place than the member's own: COUNTED of those that a season allows while it is accepted. */
  readonly alternate?: 'ASKED' | 'COUNTED' | undefined;
  /** Row 156: asked for by a right code, on a device that had counted for another member at the same meeting. */
  readonly sharedDevice?: true | undefined;
  /** Asked for anew at the same meeting, after a doubt: it is decided, whatever code comes. */
  readonly again?: true | undefined;
  /** Why it was rejected. */
  readonly reason?: string | undefined;
  /** The group's id while somebody has to decide on it. */
  readonly waitingIn?: string | undefined;
  readonly askedBy?: Asked | undefined;
  /** Who has decided on it or corrected it. */
  readonly decidedBy?: string | undefined;
  readonly version: number;
}

/** Row 100: what a member has in a season. It moves in the transaction of each decision. */
export interface AttendanceCountItem {
  readonly groupId: string;
  readonly seasonId: string;
  readonly accountId: string;
  readonly present?: number;
  readonly late?: number;
  readonly absent?: number;
  readonly holiday?: number;
  readonly alternates?: number;
  /** How often a counter has moved. */
  readonly moves?: number;
}

export const items = {
  AttendancePlan: kind<AttendancePlanItem>()({
    about: 'when a group meets, and its holidays',
    pk: 'ATTENDANCEPLAN#{groupId}',
    sk: 'PLAN',
    secret: ['codeSecret'],
    of: { group: 'groupId' },
    fate: { group: { dropped: { key: true } } },
  }),
  AttendanceCount: kind<AttendanceCountItem>()({
    about:
      'how often a member was present, late and absent in a season; there is one for each member with an attendance in it',
    pk: 'ATTENDANCECOUNTS#{groupId}',
    sk: 'IN#{seasonId}#{accountId}',
    gsi1: { pk: 'ATTENDANCECOUNTS_OF#{accountId}', sk: '{groupId}#{seasonId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'attendanceCountsOfGroup' } },
      account: { dropped: { pattern: 'attendanceCountsOf' } },
    },
    archive: { as: 'attendanceCounts', found: { pattern: 'attendanceCountsOf' } },
    counters: {
      present: { counts: 'attendancesOfMember', where: { state: 'PRESENT' } },
      late: { counts: 'attendancesOfMember', where: { state: 'LATE' } },
      absent: { counts: 'attendancesOfMember', where: { state: 'ABSENT' } },
      holiday: { counts: 'attendancesOfMember', where: { state: 'HOLIDAY' } },
      alternates: { counts: 'attendancesOfMember', where: { alternate: 'COUNTED' } },
    },
    patterns: {
      attendanceCountsOfGroup: { serves: 'what the members of a group have, by season' },
      attendanceCountsOf: { serves: 'what somebody has in all groups', index: 'gsi1' },
    },
  }),
  Attendance: kind<AttendanceItem>()({
    about: 'the attendance of a member in a week of a season; in gsi1 while it waits for a decision',
    pk: 'ATTENDANCES#{groupId}',
    sk: 'WEEK#{weekId}#{accountId}',
    gsi1: { pk: 'ATTENDANCES_WAITING#{waitingIn}', sk: '{requestedAt}#{accountId}', sparse: true },
    gsi2: { pk: 'ATTENDANCES_OF#{groupId}#{seasonId}#{accountId}', sk: '{weekId}#{accountId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'attendancesOfGroup' } },
      account: { dropped: { pattern: 'attendancesOfMember', with: 'AttendanceCount' } },
    },
    archive: { as: 'attendances', found: { pattern: 'attendancesOfMember', with: 'AttendanceCount' } },
    secret: ['askedBy', 'decidedBy'],
    patterns: {
      attendancesOfGroup: { serves: 'every attendance in a group, by season and week' },
      attendancesWaiting: { serves: 'attendances that wait for a decision, oldest first', index: 'gsi1' },
      attendancesOfMember: { serves: "a member's attendances in a season, by week", index: 'gsi2' },
    },
  }),
} as const;
