import type { MemberState, Role } from '../../../shared/access/powers.ts';
import { addDays, daysAfter, fromIso } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import {
  type Approval,
  type ApprovalStatus,
  applicationStates,
  type Entered,
  type GroupStatus,
  type JoinPolicy,
  type Kind,
  type Visibility,
} from './values.ts';

interface KindRule {
  readonly joinPolicy: JoinPolicy;
  readonly visibility: Visibility;
  /** Seats: at least, at most, and unless said. */
  readonly seats: readonly [min: number, max: number, usual: number];
  /** Whether it begins and ends on named days. */
  readonly period: 'NEEDED' | 'OPTIONAL';
  readonly approval: Approval;
  /** Row 42: certifications and chat only from the first day to a day after the last. */
  readonly closes: boolean;
  /** Row 26: in how many of the kind one person may be. */
  readonly perAccount: number | undefined;
  readonly foundedBy: 'ANYBODY' | 'ADMIN';
}

const of = limits.capacity;
/** Row 20: one aggregate; a kind is no more than these defaults and bounds. */
export const kinds = {
  CHALLENGE: {
    joinPolicy: 'INSTANT',
    visibility: 'PUBLIC',
    seats: [...of.CHALLENGE, 50],
    period: 'NEEDED',
    approval: 'LEADER',
    closes: true,
    perAccount: undefined,
    foundedBy: 'ANYBODY',
  },
  STUDY: {
    joinPolicy: 'APPLY',
    visibility: 'PUBLIC',
    seats: [...of.STUDY, 10],
    period: 'NEEDED',
    approval: 'AUTO',
    closes: false,
    perAccount: undefined,
    foundedBy: 'ANYBODY',
  },
  OPEN_ROOM: {
    joinPolicy: 'INSTANT',
    visibility: 'PUBLIC',
    seats: [...of.OPEN_ROOM, 10],
    period: 'OPTIONAL',
    approval: 'AUTO',
    closes: false,
    perAccount: undefined,
    foundedBy: 'ANYBODY',
  },
  PRIVATE_GROUP: {
    joinPolicy: 'CODE',
    visibility: 'PRIVATE',
    seats: [...of.PRIVATE_GROUP, 10],
    period: 'OPTIONAL',
    approval: 'AUTO',
    closes: false,
    perAccount: 5,
    foundedBy: 'ANYBODY',
  },
  TEAM: {
    joinPolicy: 'LINK',
    visibility: 'PRIVATE',
    seats: [...of.TEAM, 20],
    period: 'OPTIONAL',
    approval: 'AUTO',
    closes: false,
    perAccount: 3,
    foundedBy: 'ANYBODY',
  },
  CLUB: {
    joinPolicy: 'APPLY',
    visibility: 'PUBLIC',
    seats: [...of.CLUB, 100],
    period: 'OPTIONAL',
    approval: 'LEADER',
    closes: false,
    perAccount: undefined,
    foundedBy: 'ADMIN',
  },
} as const satisfies Record<Kind, KindRule>;

/** The most seats a group may have; `paid`: whether a team has paid for more (row 25). */
export const mostSeats = (kind: Kind, paid: boolean) =>
  kind === 'TEAM' && paid ? limits.paidTeamSeats : kinds[kind].seats[1];

/** The last day of a group that ends on none: later than all that are asked for. */
export const noEnd = '2999-12-31';

/** A group's dates and seats. Days are local to the group's zone. */
export interface GroupTerms {
  readonly startDate: string;
  /** `noEnd` where it has none. */
  readonly endDate: string;
  /** The last day on which one may join; absent where that is the end. */
  readonly recruitUntil?: string | undefined;
  readonly capacity: number;
  readonly memberCount: number;
  /** As it was set; the dates and the seats may say more. */
  readonly status: GroupStatus;
  /** Whether the leader has set it, and not the dates. */
  readonly statusPinned?: boolean | undefined;
}

export type PeriodError = {
  readonly pointer: string;
  readonly reason:
    | 'startInPast'
    | 'endBeforeStart'
    | 'endNeeded'
    | 'endOnlyLater'
    | 'deadlineAfterStart'
    | 'deadlineInPast';
};

/** Row 23: a group starts today or later, ends after it starts (a challenge may end the same day), and recruits until then. */
export function periodErrors(
  kind: Kind,
  {
    startDate,
    endDate,
    recruitUntil,
  }: Pick<GroupTerms, 'startDate' | 'recruitUntil'> & { readonly endDate?: string | undefined },
  today: string,
): PeriodError[] {
  const errors: PeriodError[] = [];
  if (startDate < today) errors.push({ pointer: '/startDate', reason: 'startInPast' });
  if (endDate === undefined && kinds[kind].period === 'NEEDED')
    errors.push({ pointer: '/endDate', reason: 'endNeeded' });
  if (endDate !== undefined && (endDate < startDate || (endDate === startDate && kind !== 'CHALLENGE')))
    errors.push({ pointer: '/endDate', reason: 'endBeforeStart' });
  if (recruitUntil !== undefined && recruitUntil > startDate)
    errors.push({ pointer: '/recruitUntil', reason: 'deadlineAfterStart' });
  if (recruitUntil !== undefined && recruitUntil < today)
    errors.push({ pointer: '/recruitUntil', reason: 'deadlineInPast' });
  return errors;
}

/** Why a new last day cannot be (row 24): it lies after today and the first day, and only ever moves later. */
export function extensionError(
  { kind, startDate, endDate }: { readonly kind: Kind } & Pick<GroupTerms, 'startDate' | 'endDate'>,
  newEnd: string,
  today: string,
): PeriodError | undefined {
  const moves = endDate === noEnd || newEnd >= endDate;
  if (newEnd <= today || !moves) return { pointer: '/endDate', reason: 'endOnlyLater' };
  const long = newEnd > startDate || (newEnd === startDate && kind === 'CHALLENGE');
  return long ? undefined : { pointer: '/endDate', reason: 'endBeforeStart' };
}

/** Row 49: what a leader may only change before the first day: members rely on it from then on. */
export const fixedOnceBegun = ['startDate', 'frequency', 'approval'] as const;

/**
 * Why a group cannot begin on another day (row 23): the day lies ahead, and neither the last day nor the deadline that
 * stays contradicts it.
 */
export function restartErrors(
  { kind, endDate, recruitUntil }: { readonly kind: Kind } & Pick<GroupTerms, 'endDate' | 'recruitUntil'>,
  startDate: string,
  today: string,
): PeriodError[] {
  const late: PeriodError = { pointer: '/recruitUntil', reason: 'deadlineAfterStart' };
  return [
    ...periodErrors(kind, { startDate, endDate }, today),
    ...(recruitUntil !== undefined && recruitUntil > startDate ? [late] : []),
  ];
}

/** Why a new deadline for joining cannot be (row 23). */
export function deadlineError(
  { startDate }: Pick<GroupTerms, 'startDate'>,
  newDeadline: string,
  today: string,
): PeriodError | undefined {
  if (newDeadline < today) return { pointer: '/recruitUntil', reason: 'deadlineInPast' };
  return newDeadline > startDate ? { pointer: '/recruitUntil', reason: 'deadlineAfterStart' } : undefined;
}

/**
 * Row 41: in progress from the day it starts or from the moment its seats fill; finished the day after it ends. What the
 * leader has set stands, but for the end, which comes anyway.
 */
export function statusOn(today: string, terms: GroupTerms): GroupStatus {
  const { startDate, endDate, capacity, memberCount, status, statusPinned } = terms;
  if (status === 'COMPLETED' || status === 'FINISHED') return status;
  if (today > endDate) return 'FINISHED';
  if (statusPinned || status === 'IN_PROGRESS') return status;
  return today >= startDate || memberCount >= capacity ? 'IN_PROGRESS' : 'RECRUITING';
}

/** The last day on which one may join. */
export const lastDayToJoin = ({ endDate, recruitUntil }: Pick<GroupTerms, 'endDate' | 'recruitUntil'>) =>
  recruitUntil ?? endDate;

/** Whether a group is over, by its dates or because its leader said so. */
export const isOver = (today: string, terms: GroupTerms) => ['FINISHED', 'COMPLETED'].includes(statusOn(today, terms));

/** Whether a group takes people: it has a seat, is not over, and its deadline has not passed (rows 28, 32). */
export const isOffered = (today: string, terms: GroupTerms) =>
  today <= lastDayToJoin(terms) && terms.memberCount < terms.capacity && !isOver(today, terms);

/** A leader who is signed in nowhere: since when they were not there, and when they were told what comes of it. */
export interface Silence {
  readonly accountId: string;
  readonly since: string;
  readonly warnedAt?: string;
}

/** Row 125: when something follows from a leader's silence: a warning, and some days after it another leader. */
export const silenceDue = ({ since, warnedAt }: Silence) =>
  warnedAt === undefined ? daysAfter(since, limits.silence.warnDays) : daysAfter(warnedAt, limits.silence.graceDays);

/** From when on members may ask for another leader. */
export const mayAskFrom = ({ since }: Silence) => daysAfter(since, limits.silence.askDays);

/** The state of a group besides its terms. */
export interface GroupState {
  readonly joinPolicy: JoinPolicy;
  readonly allowRejoin: boolean;
  readonly approvalStatus: ApprovalStatus;
  readonly disbandsAt?: string | undefined;
  readonly deletedAt?: string | undefined;
}

/**
 * Whether somebody's coming or going is news to others: not if the same person did the same within the last hour (report
 * F13). Whoever comes and goes again and again is told of once.
 *
 * @param before ISO 8601: when they did it last; undefined: never
 */
export const isNews = (before: string | undefined, now: number): boolean =>
  before === undefined || now - fromIso(before) >= limits.toldAgainSeconds * 1000;

/** Whether the leader is notified of a new member (table 2.8). Whoever is accepted was let in by the leader's own decision. */
export const leaderIsTold = (entered: Entered | undefined) => entered !== undefined && entered !== 'ACCEPTED';

/**
 * Why a person may not come in, whatever the way, or undefined if nothing stands against it (rows 27, 28, 31).
 *
 * @param inTime whether the person has applied before the deadline, which is no deadline for deciding
 */
export function entryRefusal(today: string, group: GroupTerms & GroupState, state: Past | undefined, inTime = false) {
  if (state === 'ACTIVE') return 'ALREADY_MEMBER';
  if (state === 'KICKED') return 'KICKED';
  if (state === 'LEFT' && !group.allowRejoin) return 'REJOIN_REFUSED';
  const over = isOver(today, group) || (!inTime && today > lastDayToJoin(group));
  if (over || group.disbandsAt || group.approvalStatus !== 'APPROVED') return 'GROUP_CLOSED';
  return group.memberCount >= group.capacity ? 'GROUP_FULL' : undefined;
}

/** Why a person may not join by this way. */
export function joinRefusal(
  today: string,
  group: GroupTerms & GroupState,
  state: Past | undefined,
  way: JoinPolicy = 'INSTANT',
) {
  const refusal = entryRefusal(today, group, state);
  if (refusal && refusal !== 'GROUP_FULL') return refusal;
  if (group.joinPolicy !== way) return 'JOIN_BY_OTHER_WAY';
  return refusal;
}

/** The next day, after today, on which the dates alone change what the group is or whether it takes people. */
export function nextChange(
  today: string,
  { startDate, endDate, recruitUntil, status }: GroupTerms,
): string | undefined {
  if (status === 'FINISHED' || status === 'COMPLETED') return undefined;
  const days = [startDate, ...(recruitUntil ? [addDays(recruitUntil, 1)] : [])];
  if (endDate !== noEnd) days.push(addDays(endDate, 1));
  return days.filter((day) => day > today).toSorted()[0];
}

/** The state of a person's membership apart from an application that waits. */
export type Past = Exclude<MemberState, 'PENDING'>;

/** A membership, as far as it says whether and how a person was in the group before. */
interface Earlier {
  readonly state: MemberState;
  readonly leftAt?: string;
  readonly readmitted?: boolean;
}

/** The state of a membership before an application waited, and again if the application comes to nothing. */
export const stateBefore = (member: Earlier | undefined): Past | undefined => {
  if (member?.state === 'PENDING') return member.leftAt === undefined ? undefined : 'LEFT';
  return member?.state;
};

/** Row 31: what a person's past in a group says about their coming back: whom the leader has readmitted has none. */
export const pastOf = (member: Earlier | undefined): Past | undefined => {
  const before = stateBefore(member);
  return before === 'LEFT' && member?.readmitted ? undefined : before;
};

/** Members are compared by these where somebody else has to lead. */
interface Seniority {
  readonly accountId: string;
  readonly role: Role;
  readonly joinedAt: string;
}

/**
 * Row 125: who leads a group next: the manager who has been in it longest, else whoever has. In an open room that is
 * whoever came first, whatever their part (row 44). Members who joined in the same millisecond are told apart by their ids.
 */
export function successorOf<M extends Seniority>(members: readonly M[], byJoiningAlone = false): M | undefined {
  const rank = ({ role, joinedAt, accountId }: M) =>
    `${role === 'MANAGER' && !byJoiningAlone ? 0 : 1} ${joinedAt} ${accountId}`;
  return members.filter(({ role }) => role !== 'LEADER').toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}

/** The states in which another application may take one's place: all that nobody waits for. */
export const settledStates = applicationStates.filter((state) => state !== 'PENDING');
