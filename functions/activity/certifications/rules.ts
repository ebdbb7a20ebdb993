import type { Role } from '../../../shared/access/powers.ts';
import { addDays, hourMs, isoWeek, weekday } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { type GroupTerms, kinds } from '../../groups/core/rules.ts';
import type { Approval, Kind } from '../../groups/core/values.ts';
import type { MissionItem, Repetition } from '../missions/items.ts';
import { repetitionOn } from '../missions/rules.ts';
import type { Way } from '../missions/values.ts';
import type { CertificationItem, WallWeekItem } from './items.ts';
import type { Decided, Status } from './values.ts';

/** Row 54: the state of a new or edited certification. A certification of the leader needs no approval. */
export const initialStatus = (approval: Approval, role: Role): Status =>
  approval === 'AUTO' || role === 'LEADER' ? 'APPROVED' : 'WAITING';

/**
 * Whether a list may ask for a state: for any state of own certifications, for others as far as the viewer may see
 * them.
 */
export const mayList = (status: Status, own: boolean, judges: boolean) => own || status === 'APPROVED' || judges;

/** Table 2.9: WAITING → APPROVED | DENIED, DENIED → APPROVED. No other decision is possible. */
export const mayDecide = (from: Status, to: Decided) => from === 'WAITING' || (from === 'DENIED' && to === 'APPROVED');

/** Row 57: the author may delete it, and anyone who may remove certifications of others. */
export const mayDelete = (certification: { readonly accountId: string }, viewerId: string, removes: boolean) =>
  certification.accountId === viewerId || removes;

/** Row 56: a certification that was approved automatically is changed by its author on its own day alone. */
export const isOnItsDay = ({ approval, day }: { readonly approval: Approval; readonly day: string }, today: string) =>
  approval !== 'AUTO' || day === today;

/** Row 57: likewise deleted, unless its mission is done once. A skip is taken back until its day is over. */
export const mayDeleteOn = (
  certification: { readonly approval: Approval; readonly day: string; readonly once?: true; readonly status: Status },
  today: string,
) => {
  if (certification.once) return true;
  return certification.status === 'SKIPPED' ? certification.day >= today : isOnItsDay(certification, today);
};

/** Row 58: a skip is of today, or of one of the days after it. */
export const maySkip = (day: string, today: string) => day >= today && day <= addDays(today, limits.skipDays);

/**
 * Row 67: how a change of state moves the author's bricks: +1 into APPROVED, -1 out of it. undefined: it does not
 * exist.
 */
export function brickChange(from: Status | undefined, to: Status | undefined): 1 | 0 | -1 {
  const before = from === 'APPROVED';
  const after = to === 'APPROVED';
  return before === after ? 0 : after ? 1 : -1;
}

/**
 * Row 161: when the brick of a certification was first laid, after it has come into a state.
 *
 * @param before undefined: it did not exist
 * @returns undefined if it has never been approved
 */
export function firstLaid(
  before: Pick<CertificationItem, 'laidAt' | 'modifiedAt' | 'status'> | undefined,
  to: Status,
  now: string,
): string | undefined {
  if (before?.laidAt !== undefined) return before.laidAt;
  // From before it was kept: the last change is the approval, or an edit that needed none, on the same day.
  if (before?.status === 'APPROVED') return before.modifiedAt;
  return to === 'APPROVED' ? now : undefined;
}

/** When a group takes certifications. */
interface OpeningHours {
  readonly startDate: string;
  readonly endDate: string;
  /** True: it opens on its first day and closes a day after its last. False: it is open until it is finished. */
  readonly closes: boolean;
  /** Whether its leader has ended it. Then it takes no certifications on any day. */
  readonly over: boolean;
}

/** Row 42: the opening hours follow from the kind, from the days, and from the leader, who may have ended the group. */
export const hoursOf = (
  {
    kind,
    startDate,
    endDate,
    status,
    disbandsAt,
  }: Pick<GroupTerms, 'startDate' | 'endDate' | 'status'> & {
    readonly kind: Kind;
    readonly disbandsAt?: string | undefined;
  },
  now: string,
): OpeningHours => ({
  startDate,
  endDate,
  closes: kinds[kind].closes,
  over: status === 'COMPLETED' || (disbandsAt !== undefined && disbandsAt <= now),
});

/** Rows 42, 51: why no certification is taken today: the group is not open, or the mission asks for none on this weekday. */
export function closedOn(
  today: string,
  { startDate, endDate, closes, over }: OpeningHours,
  mission: { readonly weekdays: readonly number[] },
): 'NOT_IN_PERIOD' | 'NOT_ON_WEEKDAY' | undefined {
  const opens = closes ? startDate : '';
  const last = closes ? addDays(endDate, limits.openDaysAfterEnd) : endDate;
  if (over || today < opens || today > last) return 'NOT_IN_PERIOD';
  return mission.weekdays.includes(weekday(today)) ? undefined : 'NOT_ON_WEEKDAY';
}

/** Why a mission takes no certification at an instant: it has not begun or is over, or for the reasons of `closedOn`. */
export function missionClosed(
  mission: Pick<MissionItem, 'status' | 'startDate' | 'dueAt' | 'next'> & Repetition,
  today: string,
  hours: OpeningHours,
  now: string,
): ReturnType<typeof closedOn> {
  const { status, startDate, dueAt } = mission;
  // The minute's run may be late.
  const begun = status === 'ONGOING' || (status === 'WAIT' && startDate !== undefined && startDate <= today);
  if (!begun || (dueAt !== undefined && dueAt <= now)) return 'NOT_IN_PERIOD';
  return closedOn(today, hours, repetitionOn(mission, today));
}

/** What somebody shows for a mission. */
interface Evidence {
  readonly text: string;
  readonly link: string | undefined;
  readonly images: number;
  /** The items of a checklist that are done, by their place. */
  readonly checked: readonly number[];
}

/** What a mission asks for as evidence. */
export interface Asked {
  readonly way: Way;
  /** The number of items of its checklist, and of the pictures that they ask for. */
  readonly items: number;
  readonly itemPhotos: number;
}

export const askedBy = ({ way, checklist = [] }: Pick<MissionItem, 'way' | 'checklist'>): Asked => ({
  ...{ way, items: checklist.length, itemPhotos: checklist.filter(({ photo }) => photo).length },
});

/** Row 51: what is missing of the evidence that a mission asks for. */
export function missingEvidence(
  { way, items, itemPhotos }: Asked,
  { text, link, images, checked }: Evidence,
): { readonly pointer: string; readonly reason: 'evidenceMissing' | 'checkAll' | 'photoForEach' } | undefined {
  const missing = (field: string) => ({ pointer: `/${field}`, reason: 'evidenceMissing' as const });
  if (way === 'PHOTO') return images > 0 ? undefined : missing('uploadIds');
  if (way === 'LINK') return link === undefined ? missing('link') : undefined;
  if (way === 'TEXT') return text === '' ? missing('text') : undefined;
  const all = new Set(checked);
  if (all.size !== items || [...all].some((each) => each >= items)) return { pointer: '/checked', reason: 'checkAll' };
  return itemPhotos > 0 && images !== itemPhotos ? { pointer: '/uploadIds', reason: 'photoForEach' } : undefined;
}

/** Row 155: why a certification cannot be of an instant in the past. */
export function occurredError(occurredAt: number, now: number): 'occurredAhead' | 'occurredLongAgo' | undefined {
  if (occurredAt > now) return 'occurredAhead';
  return now - occurredAt > limits.late.hours * hourMs ? 'occurredLongAgo' : undefined;
}

/** Row 137: whether a day may be made up for: it is over, and no longer than so many days ago. */
export const mayMakeUp = (day: string, today: string) => day < today && day >= addDays(today, -limits.makeUps.days);

/** The first and the last ISO week that have days of a month (`2026-11`). */
export function weeksOfMonth(month: string): readonly [first: string, last: string] {
  const first = `${month}-01`;
  // The 32nd day after the first lies in the next month, whatever its length.
  const next = `${addDays(first, 31).slice(0, 7)}-01`;
  return [isoWeek(first), isoWeek(addDays(next, -1))];
}

/** The weeks of members as columns of a wall: one for each member, with the days of the month on which bricks were laid. */
export function columnsOf(month: string, weeks: readonly WallWeekItem[]) {
  const columns = new Map<string, { day: string; bricks: number }[]>();
  for (const week of weeks) {
    const days = Object.entries(week)
      .filter(([name, bricks]) => name.startsWith(`${month}-`) && Number(bricks) > 0)
      .map(([day, bricks]) => ({ day, bricks: Number(bricks) }));
    if (days.length > 0) columns.set(week.accountId, [...(columns.get(week.accountId) ?? []), ...days]);
  }
  return [...columns].map(([accountId, days]) => ({
    accountId,
    bricks: days.reduce((sum, { bricks }) => sum + bricks, 0),
    days: days.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
  }));
}
