/** Rows 98-103: days, lateness, counts, the rate and the night, against slow second computations. */
import * as fc from 'fast-check';
import { nextRun } from '../../functions/activity/attendance/arming.ts';
import type { AttendanceItem, Meeting } from '../../functions/activity/attendance/items.ts';
import {
  daysToClose,
  hasNight,
  heldOn,
  missed,
  type Night,
  nextNight,
  nightOf,
  wasThere,
} from '../../functions/activity/attendance/night-rules.ts';
import {
  attendanceIdOf,
  type Calendar,
  closingOf,
  countNames,
  countsIn,
  dayAt,
  isAlternate,
  isLate,
  isOld,
  keyOfId,
  latestSeason,
  movedCounts,
  nextMeeting,
  rateOf,
  seasonsIn,
  settledFrom,
  timesOf,
  weekIdOf,
} from '../../functions/activity/attendance/rules.ts';
import { attendanceStates } from '../../functions/activity/attendance/values.ts';
import { daysOfWeek, weekIn } from '../../functions/activity/seasons/rules.ts';
import { noEnd } from '../../functions/groups/core/rules.ts';
import { addDays, hourMs, iso, localDay, localTime, minuteMs, weekday } from '../../shared/core/time.ts';

const zones = ['Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Pacific/Apia', 'Australia/Lord_Howe'] as const;
const groupId = '01900000-0000-7000-8000-000000000000';
const groupOf = (more: object = {}) => ({
  ...{ groupId, timeZone: 'Asia/Seoul', startDate: '2026-01-05', endDate: noEnd, capacity: 9, memberCount: 1 },
  ...{ status: 'IN_PROGRESS' as const, ...more },
});
const meetingOf = (day: number, more: object = {}): Meeting => ({
  ...{ weekday: day, start: '19:00', graceMinutes: 30, since: '2026-01-01', ...more },
});

// Row 100. Twelve cases, and a count by hand: lates are paid in pairs, each pair with an absence; one that is left over counts
// as being there.
test.each([
  [0, 0, 0, null],
  [1, 0, 0, 1],
  [0, 0, 1, 0],
  [1, 0, 1, 1 / 2],
  [0, 1, 0, 1],
  [0, 2, 0, 0],
  [2, 2, 0, 2 / 3],
  [2, 0, 1, 2 / 3],
  [3, 3, 1, 4 / 6],
  [10, 1, 0, 1],
  [10, 4, 3, 10 / 15],
  [0, 3, 2, 1 / 4],
] as const)('row 100: %i present, %i late, %i absent: %p', (present, late, absent, rate) => {
  expect(rateOf({ present, late, absent }, false)).toEqual(rate);
  expect(rateOf({ present, late, absent }, true)).toBe(present + late > 0 ? 1 : 0);
});

test('row 100: two lates are one absence; the rate is that of a list that is gone through one by one', () => {
  const small = fc.integer({ min: 0, max: 30 });
  fc.assert(
    fc.property(small, small, small, (present, late, absent) => {
      const seats = [...Array(present).fill(1), ...Array(absent).fill(0)];
      for (let left = late; left > 0; left -= 2) seats.push(left === 1 ? 1 : 0);
      const slow = seats.length === 0 ? null : seats.reduce((sum, seat) => sum + seat, 0) / seats.length;
      expect(rateOf({ present, late, absent }, false)).toEqual(slow);
      expect(rateOf({ present, late: late + 2, absent }, false)).toEqual(
        rateOf({ present, late, absent: absent + 1 }, false),
      );
    }),
  );
});

test('rows 99, 100: counts that move with each change are those of the rows at the end', () => {
  const row = fc.record({
    state: fc.constantFrom(...attendanceStates),
    alternate: fc.constantFrom<AttendanceItem['alternate']>('ASKED', 'COUNTED', undefined),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), row)), (changes) => {
      const rows = new Map<number, { state: AttendanceItem['state']; alternate: AttendanceItem['alternate'] }>();
      const sums: Record<string, number> = {};
      for (const [week, after] of changes) {
        for (const [name, by] of Object.entries(movedCounts(rows.get(week), after)))
          sums[name] = (sums[name] ?? 0) + by;
        rows.set(week, after);
      }
      const all = [...rows.values()];
      const of = (state: string) => all.filter((each) => each.state === state).length;
      const slow = {
        ...{ present: of('PRESENT'), late: of('LATE'), absent: of('ABSENT'), holiday: of('HOLIDAY') },
        alternates: all.filter(({ alternate }) => alternate === 'COUNTED').length,
      };
      expect(countsIn(sums as never)).toEqual(slow);
      expect(Object.keys(slow)).toEqual([...countNames]);
    }),
  );
});

test('rows 98, 99: a day opens at its midnight and closes at 23:57 of the wall, late is later than start and grace; in every zone and night', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1500 }),
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 23 * 60 + 30 }),
      fc.integer({ min: 0, max: 180 }),
      fc.integer({ min: 0, max: 26 * 60 }),
      (from, timeZone, minutes, graceMinutes, later) => {
        const day = addDays('2026-01-01', from);
        // Samoa has left out a day.
        const start = iso(minutes * minuteMs).slice(11, 16);
        const meeting = meetingOf(weekday(day), { start, graceMinutes });
        const calendar = { group: groupOf({ timeZone }), plan: { meetings: [meeting], holidays: [] }, seasons: [] };
        const times = timesOf(meeting, day, timeZone);
        const now = times.startsAt + later * minuteMs;
        const { state, day: of } = dayAt(calendar, now);
        const wall = localTime(now, timeZone);
        const isSameDay = localDay(now, timeZone) === day;
        if (day >= '2026-01-05' && isSameDay) expect(state).toBe(wall < '23:57' ? 'OPEN' : 'CLOSED');
        expect(of).toBe(localDay(now, timeZone));
        expect(isLate(now, times)).toBe(later > graceMinutes);
        expect(localTime(times.closesAt, timeZone)).toBe('23:57');
        expect(settledFrom(day, timeZone) - closingOf(day, timeZone)).toBe(minuteMs);
      },
    ),
  );
});

const dayStates = (more: Partial<Calendar>, day: string, time = '03:00') =>
  dayAt(
    { group: groupOf(), plan: { meetings: [meetingOf(3)], holidays: ['2026-03-11'] }, seasons: [], ...more },
    Date.parse(`${day}T${time}:00Z`),
  );
const seasons = [
  { seasonId: 'a', name: 'A', startDate: '2026-03-02', endDate: '2026-03-29' },
  { seasonId: 'b', name: 'B', startDate: '2026-04-06', endDate: '2026-05-03' },
  { seasonId: 'c', name: 'C', startDate: '2026-06-01', endDate: '2026-06-28' },
];

test('rows 98, 103: what a day is, with seasons, without, and where the group is over', () => {
  expect(dayStates({}, '2026-03-04')).toMatchObject({ state: 'OPEN', week: 9, season: { seasonId: groupId } });
  expect(dayStates({}, '2026-03-04', '14:57').state).toBe('CLOSED');
  expect(dayStates({}, '2026-03-11').state).toBe('HOLIDAY');
  expect(dayStates({}, '2026-03-05').state).toBe('NO_MEETING');
  expect(dayStates({ plan: undefined }, '2026-03-04').state).toBe('NO_PLAN');
  expect(dayStates({ plan: { meetings: [], holidays: [] } }, '2026-03-04').state).toBe('NO_PLAN');
  expect(dayStates({ seasons }, '2026-03-04')).toMatchObject({ state: 'OPEN', week: 1, season: { seasonId: 'a' } });
  expect(dayStates({ seasons }, '2026-04-01').state).toBe('NO_SEASON');
  expect(dayStates({}, '2025-12-31').state).toBe('NO_SEASON');
  expect(dayStates({ group: groupOf({ endDate: '2026-03-03' }) }, '2026-03-04').state).toBe('NO_SEASON');
  expect(dayStates({ seasons, group: groupOf({ status: 'COMPLETED' }) }, '2026-03-04').state).toBe('NO_SEASON');
  expect(
    dayStates({ plan: { meetings: [meetingOf(3, { since: '2026-03-05' })], holidays: [] } }, '2026-03-04').state,
  ).toBe('NO_MEETING');
  const calendar = { group: groupOf(), plan: { meetings: [meetingOf(3)], holidays: ['2026-03-11'] }, seasons };
  expect(nextMeeting(calendar, '2026-03-04')?.day).toBe('2026-03-18');
  expect(nextMeeting(calendar, '2026-03-25')?.day).toBe('2026-04-08');
  expect(nextMeeting(calendar, '2026-05-03')).toBeUndefined();
  expect(nextMeeting({ ...calendar, group: groupOf({ endDate: '2026-03-17' }) }, '2026-03-04')).toBeUndefined();
  expect(nextMeeting({ ...calendar, plan: undefined }, '2026-03-04')).toBeUndefined();
  expect(latestSeason(seasons, '2026-04-01')?.seasonId).toBe('a');
  expect(latestSeason(seasons, '2026-03-01')).toBeUndefined();
});

test('row 100: an old member came two seasons before, or earlier; between two seasons one comes with the next', () => {
  const all = seasonsIn({ group: groupOf(), seasons });
  const old = (seasonId: string, day: string) => isOld(all, seasonId, `${day}T03:00:00.000Z`, 'Asia/Seoul');
  expect([old('c', '2026-01-01'), old('c', '2026-03-29'), old('c', '2026-03-30'), old('c', '2026-06-30')]).toEqual([
    ...[true, true, false, false],
  ]);
  expect([old('b', '2026-01-01'), old('a', '2026-01-01'), old('gone', '2026-01-01')]).toEqual([false, false, false]);
  // By the day in the zone: 15:30Z is the day after in Seoul.
  expect(isOld(all, 'c', '2026-03-29T15:30:00.000Z', 'Asia/Seoul')).toBe(false);
});

test('row 99: an alternate is at another place than the own one; without either, and for old members, there is none', () => {
  expect(isAlternate('High Peak', 'Rock Valley', false)).toBe(true);
  expect(isAlternate('rock  valley', 'Rock Valley', false)).toBe(false);
  expect(isAlternate('ＲＯＣＫ valley', 'Rock Valley', false)).toBe(false);
  expect(isAlternate('High Peak', 'Rock Valley', true)).toBe(false);
  expect(isAlternate(undefined, 'Rock Valley', false)).toBe(false);
  expect(isAlternate('High Peak', undefined, false)).toBe(false);
});

test('row 98: the id of an attendance leads to its key, and weeks sort by their number', () => {
  const [seasonId, accountId] = [groupId, '01900000-0000-7000-8000-000000000001'];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 9999 }), (a, b) => {
      const weekId = weekIdOf(seasonId, a);
      expect(keyOfId(attendanceIdOf({ weekId, accountId }))).toEqual({ weekId, accountId });
      expect(keyOfId('')).toEqual({ weekId: ':', accountId: '' });
      expect(weekId < weekIdOf(seasonId, b)).toBe(a < b);
    }),
  );
});

/** The night for each day, one by one: the slow way to find the next one. */
const plans = fc.record({
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  holidays: fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 20 }),
  withSeasons: fc.boolean(),
  places: fc.boolean(),
});
const calendarOf = ({
  weekdays,
  holidays,
  withSeasons,
  places,
}: typeof plans extends fc.Arbitrary<infer T> ? T : never) => ({
  group: groupOf({ endDate: '2026-06-10' }),
  plan: {
    meetings: weekdays.map((each) => meetingOf(each, places ? { place: `Gym ${each}` } : {})),
    holidays: holidays.map((n) => addDays('2026-03-01', n)),
  },
  seasons: withSeasons ? seasons : [],
});

test('row 101: from each night the next one is known; every day with a meeting and every last day of a week has one', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 0, max: 130 }), (of, from) => {
      const calendar = calendarOf(of);
      const after = addDays('2026-02-01', from);
      const next = nextNight(calendar, after);
      const days = Array.from({ length: 7 }, (_, n) => addDays(after, n + 1)).filter((day) => day <= '2026-06-10');
      const slow = days.find((day) => {
        if (of.weekdays.includes(weekday(day))) return true;
        const season = seasonsIn(calendar).find(({ startDate, endDate }) => startDate <= day && day <= endDate);
        return season !== undefined && daysOfWeek(season, weekIn(season, day)).until === day;
      });
      expect(next).toBe(slow);
      expect(nextRun(calendar, after)).toBe(slow && `${slow}T14:57:00.000Z`);
      if (slow) expect(hasNight(calendar, slow)).toBe(true);
      const empty = { meetings: [], holidays: [] };
      expect(nextNight({ ...calendar, plan: empty }, after)).toBeUndefined();
      // A week in which a meeting was held ends also without a plan.
      const held = seasonsIn(calendar).find(({ startDate, endDate }) => startDate <= after && after <= endDate);
      const until = held && daysOfWeek(held, weekIn(held, after)).until;
      expect(nextNight({ ...calendar, plan: { ...empty, heldOn: after } }, after)).toBe(
        until === after || !until || until > '2026-06-10' ? undefined : until,
      );
    }),
  );
});

test('row 101: each night says of the days of its week what they are; who came to nothing is absent or free once a week at most', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 1, max: 7 }), fc.boolean(), (of, own, hasHome) => {
      const calendar = calendarOf(of);
      const home = hasHome && of.places ? `gym${own}` : undefined;
      const weeks = new Map<string, string[]>();
      const expected = new Map<string, string>();
      for (let day = '2026-03-02'; day <= '2026-05-03'; day = addDays(day, 1)) {
        const night = nightOf(calendar, day);
        if (!night) continue;
        const key = weekIdOf(night.season.seasonId, night.week);
        const state = weeks.has(key) ? undefined : missed(night, home);
        if (state) weeks.set(key, [state]);
        const { until } = daysOfWeek(night.season, night.week);
        expect(night.isLastOfWeek).toBe(day === until);
        if (day === until) expected.set(key, slowly(night, home));
      }
      for (const [key, state] of expected) expect(weeks.get(key)?.[0] ?? 'NONE').toBe(state);
    }),
  );
});

/** A member's week, looked at as a whole at its end. */
function slowly({ planned }: Night, home: string | undefined): string {
  const at = planned.find(({ place }) => home !== undefined && place?.toLowerCase().replace(' ', '') === home);
  if (at?.isHoliday) return 'HOLIDAY';
  if (planned.some(({ isHoliday }) => !isHoliday)) return 'ABSENT';
  if (planned.length === 0) return 'NONE';
  // With a place of one's own the holidays of other places free nobody; without meetings there is nothing to miss.
  return home === undefined ? 'HOLIDAY' : 'NONE';
}

test('row 101: the last day on which a meeting was held is the last one that began by then, not on a holiday; else the one that is known', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 }), (of, from, more) => {
      const calendar = calendarOf(of);
      const after = addDays('2026-03-01', from);
      const now = Date.parse(`${after}T15:00:00Z`) + more * 6 * hourMs;
      const meetings = Array.from({ length: 12 }, (_, n) => addDays(after, n + 1)).filter(
        (day) =>
          of.weekdays.includes(weekday(day)) &&
          !calendar.plan.holidays.includes(day) &&
          seasonsIn(calendar).some(({ startDate, endDate }) => startDate <= day && day <= endDate) &&
          Date.parse(`${day}T19:00:00+09:00`) <= now,
      );
      const plan = { ...calendar.plan, heldOn: '2026-01-07' };
      expect(heldOn({ ...calendar, plan }, after, now)).toBe(meetings.at(-1) ?? '2026-01-07');
    }),
  );
});

test('row 101: all days that have closed are closed, in their order, in every zone; nobody is absent from a week that began before they came', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 239 }),
      (timeZone, back, hours) => {
        const now = Date.parse('2026-03-20T00:00:00Z') + hours * hourMs;
        const today = localDay(now, timeZone);
        const days = daysToClose(addDays(today, -back - 1), timeZone, now);
        const slow = Array.from({ length: back + 1 }, (_, n) => addDays(today, n - back)).filter(
          (day) => day < today || localTime(now, timeZone) >= '23:57',
        );
        expect(days).toEqual(slow);
      },
    ),
  );
  const night = nightOf({ group: groupOf(), plan: { meetings: [meetingOf(3)], holidays: [] }, seasons }, '2026-03-11')!;
  expect(night.week).toBe(2);
  const [begins, later] = ['2026-03-08T15:00:00.000Z', '2026-03-08T15:00:00.001Z'] as const;
  const was = (joinedAt: string, leftBefore?: string) =>
    wasThere({ joinedAt, ...(leftBefore ? { leftBefore } : {}) }, night, 'Asia/Seoul');
  expect([was(begins), was(later)]).toEqual([true, false]);
  // Gone when it began; left in it and came back.
  expect([was(later, begins), was(later, later)]).toEqual([false, true]);
});
