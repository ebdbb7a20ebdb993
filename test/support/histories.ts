/**
 * Random histories of a group: as a list of what was written, from which `slow-progress.ts` computes, and as counters that
 * moved with every step, which the rules see.
 */
import fc from 'fast-check';
import type {
  Counts,
  Member,
  Mission,
  OnceMission,
  RepeatMission,
  Setting,
  Terms,
} from '../../functions/activity/progress/rules.ts';

/** A certification or a skip, as it stands. */
export interface Written {
  readonly accountId: string;
  readonly missionId: string;
  readonly day: string;
  readonly isMakeUp: boolean;
  state: 'WAITING' | 'APPROVED' | 'DENIED' | 'SKIPPED' | 'DELETED';
}

export interface History {
  readonly missions: readonly Mission[];
  readonly members: readonly Member[];
  readonly setting: Setting;
  readonly firstDay: string;
  readonly written: readonly Written[];
}

/** Numbers from 0 to 1, always the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let t = Math.imul(at ^ (at >>> 15), at | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

// Days by plain arithmetic in UTC, apart from the calendar that the rules use.
const dayMs = 86_400_000;
export const later = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
export const dayOfWeek = (day: string) => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
export const mondayOf = (day: string) => later(day, 1 - dayOfWeek(day));
/** By the rule of ISO 8601: the week belongs to the year of its Thursday. */
export function weekOf(day: string): string {
  const thursday = later(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const nth = Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / dayMs / 7) + 1;
  return `${year}-W${String(nth).padStart(2, '0')}`;
}

/** The day of a group at an instant, by the runtime's own calendar: before the start of the day, it is the day before. */
export function groupDay(instant: number, zone: string, dayStart: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const),
    hourCycle: 'h23',
  }).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)!.value;
  const day = `${of('year')}-${of('month')}-${of('day')}`;
  return `${of('hour')}:${of('minute')}` < dayStart ? later(day, -1) : day;
}

type Steps = Record<Exclude<keyof Counts, 'madeUp'> | 'madeUp', Record<string, number>>;

/** The counters of members, moved by what each step adds, as transactions do it. */
class Counters {
  readonly of = new Map<string, Map<string, Map<string, Steps>>>();

  move({ accountId, missionId, day, isMakeUp }: Written, isOnce: boolean, from?: string, to?: string): void {
    const ofMember = this.of.get(accountId)!;
    const weeks = ofMember.get(missionId) ?? new Map<string, Steps>();
    ofMember.set(missionId, weeks);
    const week = isOnce ? 'ONCE' : weekOf(day);
    const counts = weeks.get(week) ?? { taken: {}, approved: {}, waiting: {}, skipped: {}, madeUp: {} };
    weeks.set(week, counts);
    const add = (name: keyof Steps, change: number) => {
      counts[name][day] = (counts[name][day] ?? 0) + change;
    };
    for (const [state, change] of [[from, -1] as const, [to, 1] as const]) {
      if (state === undefined || state === 'DELETED') continue;
      add(state === 'SKIPPED' ? 'skipped' : 'taken', change);
      if (state === 'APPROVED') add('approved', change);
      if (state === 'WAITING') add('waiting', change);
      if (isMakeUp && (state === 'APPROVED' || state === 'WAITING')) add('madeUp', change);
    }
  }
}

export const zones = ['Asia/Seoul', 'America/New_York', 'Asia/Beirut', 'Australia/Lord_Howe'] as const;
/** Days before a clock changes in one of the zones, and before New Year. */
export const starts = [
  '2026-03-06',
  '2026-03-28',
  '2026-04-03',
  '2026-09-28',
  '2026-10-23',
  '2026-10-30',
  '2026-12-26',
];

interface Wish {
  readonly seed: number;
  readonly zone: string;
  readonly members: number;
  readonly weeks: number;
  /** An instant on the first day. */
  readonly start: number;
}

/** Small histories in every zone, around the changes of its clock. */
export const wish = {
  seed: fc.nat(),
  zone: fc.constantFrom(...zones),
  members: fc.integer({ min: 1, max: 6 }),
  weeks: fc.integer({ min: 1, max: 6 }),
  start: fc.constantFrom(...starts).map((day) => Date.parse(`${day}T12:00:00Z`)),
};

/** A group's life up to a random instant, often within a minute of midnight. */
export function historyOf({ seed, zone, members: howMany, weeks, start }: Wish): History {
  const next = chance(seed);
  const pick = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const dayStart = `0${pick(0, 5)}:${next() < 0.5 ? '00' : '30'}`;
  const firstDay = groupDay(start, zone, dayStart);
  const length = pick(1, weeks * 7 - 1);
  const edge = next() < 0.5 ? pick(-60_000, 60_000) : pick(0, dayMs);
  const today = groupDay(start + length * dayMs + edge, zone, dayStart);
  const lastDay = later(firstDay, pick(length - 10, length + 20));
  const missions = missionsFrom(firstDay, length, pick, next);
  const counters = new Counters();
  const written: Written[] = [];
  const members = Array.from({ length: howMany }, (_, at): Member => {
    const accountId = `account ${at}`;
    counters.of.set(accountId, new Map());
    const since = later(firstDay, next() < 0.5 ? 0 : pick(0, length));
    const excused = Array.from({ length: pick(0, 2) }, () => {
      const from = later(firstDay, pick(0, length + 7));
      return { from, until: later(from, pick(0, 9)) };
    });
    const keen = next();
    for (const mission of missions) {
      const own = live({ accountId, mission, firstDay, today, keen, next, counters });
      written.push(...own);
    }
    return { accountId, since, excused, counts: counters.of.get(accountId)! };
  });
  return { missions, members, setting: { today, period: { from: firstDay, until: lastDay } }, firstDay, written };
}

function missionsFrom(
  firstDay: string,
  length: number,
  pick: (from: number, to: number) => number,
  next: () => number,
): Mission[] {
  const terms = (from: string): Terms => {
    const weekdays = [1, 2, 3, 4, 5, 6, 7].filter(() => next() < 0.8);
    const some = weekdays.length > 0 ? weekdays : [pick(1, 7)];
    return { from, weekdays: some, timesPerWeek: next() < 0.5 ? some.length : pick(1, some.length) };
  };
  const repeated = Array.from({ length: pick(1, 2) }, (_, at): RepeatMission => {
    const from = later(firstDay, next() < 0.7 ? 0 : pick(0, length));
    const changes = next() < 0.3 ? [later(mondayOf(from), 7 * pick(1, 4))] : [];
    const until = next() < 0.3 ? { until: later(from, pick(0, length)) } : {};
    return { kind: 'REPEAT', missionId: `repeat ${at}`, from, ...until, terms: [from, ...changes].map(terms) };
  });
  const single = Array.from({ length: pick(0, 2) }, (_, at): OnceMission => {
    const from = later(firstDay, pick(0, length));
    const dueDay = next() < 0.8 ? { dueDay: later(from, pick(0, 14)) } : {};
    const until = next() < 0.2 ? { until: later(from, pick(0, 14)) } : {};
    return { kind: 'ONCE', missionId: `once ${at}`, from, ...dueDay, ...until };
  });
  return [...repeated, ...single];
}

interface Life {
  readonly accountId: string;
  readonly mission: Mission;
  readonly firstDay: string;
  readonly today: string;
  readonly keen: number;
  readonly next: () => number;
  readonly counters: Counters;
}

/** What one member does for one mission, day by day; also on days on which nothing is asked of them. */
function live({ accountId, mission, firstDay, today, keen, next, counters }: Life): Written[] {
  const isOnce = mission.kind === 'ONCE';
  const own: Written[] = [];
  const begin = (day: string, isMakeUp: boolean, state: Written['state']) => {
    const thing: Written = { accountId, missionId: mission.missionId, day, isMakeUp, state };
    counters.move(thing, isOnce, undefined, state);
    own.push(thing);
  };
  for (let day = firstDay; day <= today; day = later(day, 1)) {
    const isFree = (of: string) => !own.some((thing) => thing.day === of && thing.state !== 'DELETED');
    const isDone = isOnce && own.some(({ state }) => state === 'APPROVED' || state === 'WAITING');
    const isKeen = next() < keen * (isOnce ? 0.1 : 1);
    if (isKeen && !isDone) begin(day, false, next() < 0.3 ? 'APPROVED' : 'WAITING');
    // Row 53: a limit of two a day.
    if (next() < 0.1 && !isOnce && !own.some((thing) => thing.day === day && thing.state === 'SKIPPED'))
      begin(day, false, 'WAITING');
    if (next() < 0.08 && isFree(day)) begin(day, false, 'SKIPPED');
    const missed = later(day, -1);
    if (next() < 0.1 && !isOnce && missed >= firstDay && isFree(missed)) begin(missed, true, 'WAITING');
    for (const thing of own) {
      const to = turned(thing.state, next());
      if (to === undefined) continue;
      counters.move(thing, isOnce, thing.state, to);
      thing.state = to;
    }
  }
  return own;
}

/** What becomes of a thing in one day: decided, edited, deleted, or nothing. */
function turned(state: Written['state'], roll: number): Written['state'] | undefined {
  switch (state) {
    case 'WAITING':
      return roll < 0.4 ? 'APPROVED' : roll < 0.5 ? 'DENIED' : undefined;
    case 'DENIED':
      return roll < 0.1 ? 'APPROVED' : roll < 0.2 ? 'WAITING' : undefined;
    case 'APPROVED':
      return roll < 0.01 ? 'WAITING' : roll < 0.02 ? 'DELETED' : undefined;
    case 'SKIPPED':
      return roll < 0.02 ? 'DELETED' : undefined;
    default:
      return undefined;
  }
}
