import { addDays, dayMs, fromIso, iso, weekStart } from '../../../shared/core/time.ts';
import type { FieldReason } from '../../../shared/messages/catalog.ts';
import { limits } from '../../../shared/product/limits.ts';
import { dayBegins, type GroupDays } from '../../groups/core/day-rules.ts';
import type { Frequency } from '../../groups/core/items.ts';
import type { MissionItem, Repetition } from './items.ts';
import type { MissionKind, MissionStatus, Way } from './values.ts';

/** How often a mission is to be certified from a Monday on. */
type Terms = Pick<Repetition, 'timesPerWeek' | 'weekdays'> & { readonly from: string };

const allDays = [1, 2, 3, 4, 5, 6, 7] as const;

/** Row 51: 매일 7, 평일 5 (Monday to Friday), 주말 2 (Saturday, Sunday), 주 n일 n on any days. */
export function repetition(frequency: Frequency): {
  readonly timesPerWeek: number;
  readonly weekdays: readonly number[];
} {
  switch (frequency.every) {
    case 'DAY':
      return { timesPerWeek: 7, weekdays: allDays };
    case 'WEEKDAY':
      return { timesPerWeek: 5, weekdays: [1, 2, 3, 4, 5] };
    case 'WEEKEND':
      return { timesPerWeek: 2, weekdays: [6, 7] };
    default:
      return { timesPerWeek: frequency.times, weekdays: allDays };
  }
}

/** The repetition of a mission that is done once. */
const once: Repetition = { timesPerWeek: 1, weekdays: allDays, perDayLimit: 1 };

/** How often a mission is to be certified in the week of a day: a change counts from its Monday on. */
export const repetitionOn = (mission: Repetition & Pick<MissionItem, 'next'>, day: string): Repetition =>
  mission.next && day >= mission.next.from ? mission.next : mission;

/** What a mission asked before a day, with what was replaced by then. */
export function pastOn(
  { timesPerWeek, weekdays, next, past }: Pick<MissionItem, 'timesPerWeek' | 'weekdays' | 'next' | 'past'>,
  day: string,
): MissionItem['past'] {
  if (!next || day < next.from) return past;
  return [...(past ?? []), { timesPerWeek, weekdays, until: next.from }].slice(-limits.mission.pastTerms);
}

/** All that a mission has asked and will ask, each from a Monday on; the first from ever. */
export function termsOf({
  timesPerWeek,
  weekdays,
  next,
  past = [],
}: Pick<MissionItem, 'timesPerWeek' | 'weekdays' | 'next' | 'past'>): Terms[] {
  const now = { from: past.at(-1)?.until ?? '', timesPerWeek, weekdays };
  const before = past.map((each, i) => ({ ...each, from: past[i - 1]?.until ?? '' }));
  return [...before, now, ...(next ? [next] : [])].map((each) => ({
    ...{ from: each.from, timesPerWeek: each.timesPerWeek, weekdays: each.weekdays },
  }));
}

/** The first day of the next week. */
export const nextMonday = (today: string) => addDays(weekStart(today), 7);

/**
 * Row 52: the leader makes any mission; members make those that are done once, unless the group keeps that to its leader.
 *
 * @param runs whether one may make every mission
 */
export const mayMake = (runs: boolean, kind: MissionKind, membersMayCreate: boolean) =>
  runs || (kind === 'ONCE' && membersMayCreate);

/** Whoever made a mission that is done once, and whoever runs all, may change it. */
export const mayChange = (mission: Pick<MissionItem, 'makerId' | 'kind'>, accountId: string, runs: boolean) =>
  runs || (mission.makerId === accountId && mission.kind === 'ONCE');

/** Whether a mission is before its end. */
export const isLive = ({ status }: { readonly status: MissionStatus }) => status === 'WAIT' || status === 'ONGOING';

/** What is asked for a mission, as a request says it or as it stands. */
export interface Wish {
  readonly kind: MissionKind;
  readonly way: Way;
  readonly checklist?: readonly { readonly text: string; readonly photo?: boolean | undefined }[] | undefined;
  readonly startDate?: string | undefined;
  readonly dueAt?: string | undefined;
  readonly frequency?: Frequency | undefined;
  readonly weekdays?: readonly number[] | undefined;
  readonly timesPerWeek?: number | undefined;
}

interface WishError {
  readonly pointer: string;
  readonly reason: FieldReason;
}

/** Row 51: what contradicts itself in a mission that somebody wants. */
export function wishErrors(wish: Wish, days: GroupDays, today: string, now: number): WishError[] {
  const { kind, way, checklist = [], startDate, dueAt } = wish;
  const errors: WishError[] = [];
  if ((way === 'CHECKLIST') !== checklist.length > 0) errors.push({ pointer: '/checklist', reason: 'checklist' });
  if (checklist.filter(({ photo }) => photo).length > limits.certification.images)
    errors.push({ pointer: '/checklist', reason: 'checklistPhotos' });
  const days1 = [wish.frequency, wish.weekdays ?? wish.timesPerWeek].filter((each) => each !== undefined).length;
  if (days1 !== (kind === 'REPEAT' ? 1 : 0)) errors.push({ pointer: '/frequency', reason: 'missionFrequency' });
  if (wish.timesPerWeek !== undefined && wish.timesPerWeek > (wish.weekdays ?? allDays).length)
    errors.push({ pointer: '/timesPerWeek', reason: 'missionTimes' });
  if (startDate !== undefined && startDate < today) errors.push({ pointer: '/startDate', reason: 'startInPast' });
  if (dueAt === undefined) return errors;
  const begins = startDate === undefined ? now : Math.max(now, dayBegins(startDate, days));
  const due = fromIso(dueAt);
  const latest = now + limits.mission.dueDays * dayMs;
  if (kind !== 'ONCE' || due <= begins || due > latest) errors.push({ pointer: '/dueAt', reason: 'missionDue' });
  return errors;
}

/** How often a mission is to be certified, as somebody wants it. */
export function repetitionOf(wish: Wish, perDayLimit: number | null): Repetition {
  if (wish.kind === 'ONCE') return once;
  if (wish.frequency) return { ...repetition(wish.frequency), perDayLimit };
  const weekdays = (wish.weekdays ?? allDays).toSorted((a, b) => a - b);
  return { weekdays, timesPerWeek: wish.timesPerWeek ?? weekdays.length, perDayLimit };
}

/** The instant at which time next changes a mission; undefined if nothing will. */
export function lifeAtOf(
  { status, startDate, dueAt }: Pick<MissionItem, 'status' | 'startDate' | 'dueAt'>,
  days: GroupDays,
): string | undefined {
  if (status === 'WAIT' && startDate !== undefined) return iso(dayBegins(startDate, days));
  return status === 'ONGOING' ? dueAt : undefined;
}
