/** What a reminder says, if anything (rows 111, 144, 146). Decided from what is now, at the moment of sending. Pure. */
import { addDays, fromIso, minuteMs, weekday } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { type Cause, type Circle, type Moment, momentsIn, nextMoment, type Part, type Task } from './moment-rules.ts';

const { mergeMinutes, lateMinutes, unansweredDays, weeks, ownADay } = limits.reminders;

/** Somebody, as they are when a reminder is decided. */
export interface Person extends Part {
  /** Whether a mission is still to be done, on the day that it is now in its group. */
  readonly isOpen: (task: Task) => boolean;
  /** Whether somebody rests from a group on a day. */
  readonly rests: (circle: Circle, day: string) => boolean;
  /** The last day on which they did something in any group. */
  readonly lastDeed: string | undefined;
}

/** What is kept of the reminders so far. */
export interface Past {
  /** Up to which instant moments were decided, in milliseconds since 1970. */
  readonly covered: number;
  /** The days with a reminder since somebody did anything, oldest first. */
  readonly unanswered: readonly string[];
}

/** One thing that a reminder names. */
export interface Entry {
  readonly cause: Cause;
  readonly circle: Circle;
  readonly task?: Task;
}

/** LINE: one kind line instead of the entries, for somebody who has been away. `last`: after it, reminders pause. */
export interface Said {
  readonly kind: 'ENTRIES' | 'LINE';
  readonly entries: readonly Entry[];
  readonly day: string;
  readonly last: boolean;
}

export interface Decided extends Past {
  readonly said: Said | undefined;
  /** When it is next time to decide, in milliseconds since 1970; undefined if nothing is ahead. */
  readonly next: number | undefined;
}

/** The reminder of an instant, and when the next one is decided. Nothing is decided twice: `covered` only grows. */
export function decide(person: Person, past: Past, now: number): Decided {
  const since = Math.max(past.covered, now - lateMinutes * minuteMs - 1);
  const speaking = momentsIn(person, since, now).filter((moment) => speaks(person, moment, now));
  // A moment that says nothing pulls nothing forward.
  const soon = speaking.length === 0 ? [] : momentsIn(person, now, now + mergeMinutes * minuteMs);
  const all = [...speaking, ...soon.filter((moment) => speaks(person, moment, now))];
  const covered = Math.max(past.covered, speaking.length === 0 ? now : now + mergeMinutes * minuteMs);
  const before = past.unanswered.filter((day) => person.lastDeed === undefined || day > person.lastDeed);
  const day = all.map((moment) => moment.day).toSorted()[0];
  const manner = day === undefined ? 'NOTHING' : mannerOn(before, day);
  const unanswered = day === undefined || manner === 'NOTHING' || before.includes(day) ? before : [...before, day];
  const said: Said | undefined =
    day === undefined || manner === 'NOTHING'
      ? undefined
      : { kind: manner, entries: entriesOf(all), day, last: unanswered.length === unansweredDays };
  return { said, covered, unanswered, next: nextAt(person, covered, unanswered) };
}

/**
 * What is said aloud, and what goes to the inbox alone: reminders of groups that are quiet for the person wake no device (row 147).
 *
 * @param isHeard whether a group may wake the person's devices with what concerns them
 */
export function heardOf(
  said: Said,
  isHeard: (groupId: string) => boolean,
): readonly { readonly said: Said; readonly quiet?: true }[] {
  const aloud = said.entries.filter(({ circle }) => isHeard(circle.groupId));
  if (aloud.length === said.entries.length) return [{ said }];
  const rest = said.entries.filter((each) => !aloud.includes(each));
  const silent = { said: { ...said, entries: rest, last: said.last && aloud.length === 0 }, quiet: true as const };
  return aloud.length > 0 ? [{ said: { ...said, entries: aloud } }, silent] : [silent];
}

/** Whether a moment says anything now: its day is still that day, and what it is about is still open. */
function speaks(person: Person, { circle, task, day }: Moment, now: number): boolean {
  if (groupDay(now, circle.days) !== day || person.rests(circle, day)) return false;
  if (!task) return true;
  return (task.dueAt === undefined || now < fromIso(task.dueAt)) && person.isOpen(task);
}

/**
 * Row 144: reminders on three days without an answer, then one line a week, three times, then none.
 *
 * @param unanswered days with a reminder since somebody did anything
 */
export function mannerOn(unanswered: readonly string[], day: string): Said['kind'] | 'NOTHING' {
  const known = unanswered.indexOf(day);
  const nth = known === -1 ? unanswered.length : known;
  if (nth < unansweredDays) return 'ENTRIES';
  if (known !== -1 || nth >= unansweredDays + weeks) return 'NOTHING';
  return day >= addDays(unanswered.at(-1)!, 7) ? 'LINE' : 'NOTHING';
}

/** When to decide next. After three days without an answer that is a week later, and after the last line never. */
function nextAt(person: Person, covered: number, unanswered: readonly string[]): number | undefined {
  const latest = unanswered.at(-1);
  if (latest === undefined || unanswered.length < unansweredDays) return nextMoment(person, covered)?.at;
  const next = nextMoment(person, covered);
  // Another reminder of the third day.
  if (next && unanswered.length === unansweredDays && next.day <= latest) return next.at;
  if (unanswered.length >= unansweredDays + weeks) return undefined;
  return nextMoment(person, covered, addDays(latest, 7))?.at;
}

/** The weightiest first: of several moments of a mission, that one counts. */
const weights: readonly Cause[] = ['DUE_DAY', 'EVE', 'OWN', 'DAILY', 'END'];

/** What the moments say, each mission and each end once. */
function entriesOf(moments: readonly Moment[]): Entry[] {
  const byThing = new Map<string, Entry>();
  const inWeight = moments.toSorted((a, b) => weights.indexOf(a.cause) - weights.indexOf(b.cause));
  for (const { cause, circle, task } of inWeight) {
    const name = task ? task.missionId : `end ${circle.groupId}`;
    if (!byThing.has(name)) byThing.set(name, { cause, circle, ...(task ? { task } : {}) });
  }
  return [...byThing.values()];
}

/** `HH:MM` as minutes since midnight. */
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Row 146: how many reminders some times of a day are. Those within ten minutes of the first of them are one. */
export function remindersOf(times: readonly string[]): number {
  let [count, open] = [0, Number.NEGATIVE_INFINITY];
  for (const at of times.map(minutesOf).toSorted((a, b) => a - b)) {
    if (at - open <= mergeMinutes) continue;
    count++;
    open = at;
  }
  return count;
}

/** Row 146: whether somebody's own times are more than three reminders on any day of the week. */
export const isTooMany = (
  own: readonly { readonly times: readonly string[]; readonly weekdays: readonly number[] }[],
) =>
  [1, 2, 3, 4, 5, 6, 7].some(
    (day) => remindersOf(own.filter(({ weekdays }) => weekdays.includes(day)).flatMap(({ times }) => times)) > ownADay,
  );

/** Row 112: which variant of the motivation texts fits a day. */
export const variantOn = (day: string) => (({ 1: 'MONDAY', 7: 'SUNDAY' }) as const)[weekday(day) as 1 | 7] ?? 'ANY_DAY';
