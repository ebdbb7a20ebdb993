/** Rows 94-97: seasons, weeks, what counts and when boards close, against slow second computations. */
import * as fc from 'fast-check';
import { boardIdOf, openBoards } from '../../functions/activity/rankings/rules.ts';
import { countedNow, movedTotals, tidySolved, timesError } from '../../functions/activity/records/rules.ts';
import { movedStandings, packedStandings, standingsIn } from '../../functions/activity/records/standing-rules.ts';
import {
  closesAt,
  counts,
  daysOfWeek,
  movedSeasonError,
  newSeasonError,
  nextClosing,
  overlapsAny,
  seasonOn,
  stateOn,
  weekIn,
  weeksIn,
} from '../../functions/activity/seasons/rules.ts';
import { groupDay } from '../../functions/groups/core/day-rules.ts';
import { addDays, dayMs, fromIso, hourMs, isoWeek } from '../../shared/core/time.ts';
import { pointsOf } from '../../shared/product/climbing-points.ts';

const zones = ['Asia/Seoul', 'America/New_York', 'Europe/Berlin', 'Pacific/Apia', 'Australia/Lord_Howe'] as const;
const season = fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 80 })).map(([from, length]) => {
  const startDate = addDays('2026-01-01', from);
  return { seasonId: 'one', startDate, endDate: addDays(startDate, length) };
});

test('row 95: a record counts in its own ISO week and the next one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: -5, max: 30 }), (from, ago) => {
      const today = addDays('2026-01-01', from);
      const day = addDays(today, -ago);
      const slow = ago >= 0 && [isoWeek(today), isoWeek(addDays(today, -7))].includes(isoWeek(day));
      expect(counts(day, today)).toBe(slow);
    }),
  );
});

test('row 95: a board closes at the first instant from which none of its days counts any more, in every zone', () => {
  fc.assert(
    fc.property(season, fc.constantFrom(...zones), fc.constantFrom('00:00', '04:00'), (one, timeZone, dayStart) => {
      const days = { timeZone, dayStart };
      for (const week of [0, 1, weeksIn(one)]) {
        const { from, until } = week === 0 ? { from: one.startDate, until: one.endDate } : daysOfWeek(one, week);
        const at = closesAt(one, week, days);
        const before = groupDay(at - 1, days);
        const after = groupDay(at, days);
        expect([counts(until, before), counts(until, after), counts(from, after)]).toEqual([true, false, false]);
      }
      expect(closesAt(one, 0, days)).toBe(closesAt(one, weeksIn(one), days));
    }),
    { numRuns: 60 },
  );
});

test('row 96: weeks of a season cover its days, each one once, seven at most', () => {
  fc.assert(
    fc.property(season, (one) => {
      let next = one.startDate;
      for (let week = 1; week <= weeksIn(one); week++) {
        const { from, until } = daysOfWeek(one, week);
        expect([from, weekIn(one, from), weekIn(one, until), until <= addDays(from, 6)]).toEqual([
          next,
          week,
          week,
          true,
        ]);
        next = addDays(until, 1);
      }
      expect(next).toBe(addDays(one.endDate, 1));
      expect([stateOn(one, addDays(one.startDate, -1)), stateOn(one, one.endDate), stateOn(one, next)]).toEqual([
        ...['UPCOMING', 'CURRENT', 'OVER'],
      ]);
    }),
  );
});

test('row 95: closings come one after another until all boards are closed', () => {
  fc.assert(
    fc.property(season, (one) => {
      const days = { timeZone: 'Asia/Seoul' };
      const all = new Set(Array.from({ length: weeksIn(one) }, (_, i) => closesAt(one, i + 1, days)));
      const found: number[] = [];
      for (let at = nextClosing(one, days, 0); at !== undefined; at = nextClosing(one, days, at)) found.push(at);
      expect(found).toEqual([...all].toSorted((a, b) => a - b));
    }),
    { numRuns: 40 },
  );
});

test('row 95: every board on which a record of a day can count is among the open ones, also of a run that is a week late', () => {
  fc.assert(
    fc.property(season, fc.integer({ min: -20, max: 100 }), fc.integer({ min: 0, max: 7 }), (one, offset, late) => {
      const today = addDays(one.startDate, offset);
      const open = openBoards([one], addDays(today, -late));
      for (let ago = 0; ago < 14; ago++) {
        const day = addDays(today, -ago);
        if (!counts(day, today) || !seasonOn([one], day)) continue;
        expect(open).toEqual(expect.arrayContaining([boardIdOf('one', 0), boardIdOf('one', weekIn(one, day))]));
      }
      expect(open.length).toBeLessThan(14);
    }),
  );
});

test('row 96: what a new season, and one that moves, may be', () => {
  const dates = (startDate: string, endDate: string) => ({ startDate, endDate });
  const today = '2026-03-10';
  const whyNew = (from: string, to: string) => newSeasonError(dates(from, to), today)?.reason;
  const whyMoved = (before: readonly [string, string], after: readonly [string, string]) =>
    movedSeasonError(dates(...before), dates(...after), today)?.reason;

  expect([
    whyNew('2026-03-10', '2026-03-10'),
    whyNew('2026-03-09', '2026-04-10'),
    whyNew('2026-03-12', '2026-03-11'),
    whyNew('2026-03-10', '2027-03-15'),
    whyNew('2026-03-10', '2027-03-16'),
  ]).toEqual([undefined, 'seasonStart', 'seasonEnd', undefined, 'seasonLength']);
  expect([
    whyMoved(['2026-03-12', '2026-04-10'], ['2026-03-13', '2026-04-10']),
    whyMoved(['2026-03-12', '2026-04-10'], ['2026-03-12', '2026-04-10']),
    whyMoved(['2026-03-11', '2026-04-10'], ['2026-03-13', '2026-04-10']),
    whyMoved(['2026-03-12', '2026-04-10'], ['2026-03-11', '2026-04-10']),
    whyMoved(['2026-03-01', '2026-03-10'], ['2026-03-01', '2026-03-11']),
    whyMoved(['2026-03-01', '2026-03-10'], ['2026-03-01', '2026-03-09']),
    whyMoved(['2026-03-01', '2026-03-20'], ['2026-03-01', '2026-03-10']),
    whyMoved(['2026-03-01', '2026-03-09'], ['2026-03-01', '2026-03-20']),
    whyMoved(['2026-03-12', '2026-04-10'], ['2026-04-12', '2026-04-10']),
  ]).toEqual([
    ...[undefined, undefined, 'seasonStartFixed', 'seasonStartFixed'],
    ...[undefined, 'seasonEndFixed', 'seasonEndFixed', 'seasonEndFixed', 'seasonEnd'],
  ]);
  const one = { seasonId: 'one', ...dates('2026-03-10', '2026-03-20') };
  const other = (from: string, to: string) => ({ seasonId: 'other', ...dates(from, to) });
  expect(overlapsAny(one, [one, other('2026-03-21', '2026-04-01'), other('2026-03-01', '2026-03-09')])).toBe(false);
  expect(overlapsAny(one, [other('2026-03-20', '2026-04-01')])).toBe(true);
});

test('rows 94, 95: half points by the level; times within a day of the group', () => {
  const solved = [
    { level: 5, count: 3 },
    { level: 3, count: 2 },
    { level: 4, count: 1 },
    { level: 9, count: 0 },
  ];
  expect(pointsOf(solved, 4)).toBe(16);
  expect(tidySolved(solved).map(({ level }) => level)).toEqual([3, 4, 5]);
  const seoul = { timeZone: 'Asia/Seoul' };
  const why = (startedAt: string, endedAt: string, days: object = seoul) =>
    timesError({ startedAt, endedAt }, days as typeof seoul, fromIso('2026-03-10T00:00:00Z'))?.reason;
  expect(why('2026-03-08T14:00:00Z', '2026-03-08T15:00:00Z')).toBeUndefined();
  expect(why('2026-03-08T14:00:00Z', '2026-03-08T15:00:01Z')).toBe('recordDay');
  expect(why('2026-03-08T14:00:00Z', '2026-03-08T19:00:00Z', { ...seoul, dayStart: '04:00' })).toBeUndefined();
  expect(why('2026-03-08T14:00:00Z', '2026-03-08T14:00:00Z')).toBe('recordEnd');
  expect(why('2026-03-09T23:00:00Z', '2026-03-10T00:00:01Z')).toBe('recordAhead');
  // A day of 23 hours, and one of 25.
  const newYork = { timeZone: 'America/New_York' };
  const at = fromIso('2026-11-02T12:00:00Z');
  const long = { startedAt: '2026-11-01T04:00:00Z', endedAt: '2026-11-02T05:00:00Z' };
  expect(timesError(long, newYork, at)).toBeUndefined();
  expect(
    timesError({ ...long, endedAt: new Date(fromIso(long.endedAt) + 1).toISOString() }, newYork, at),
  ).toBeDefined();
  expect(fromIso(long.endedAt) - fromIso(long.startedAt)).toBe(dayMs + hourMs);
});

test('rows 95, 97: totals and standings after any changes are those of counting anew', () => {
  const change = fc.record({
    day: fc.integer({ min: 0, max: 20 }),
    ago: fc.integer({ min: 0, max: 24 }),
    points: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  });
  const seasons = [
    { seasonId: 'one', startDate: '2026-03-05', endDate: '2026-03-14' },
    { seasonId: 'two', startDate: '2026-03-16', endDate: '2026-04-30' },
  ];
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      type Kept = { counted?: number; seasonId?: string; week?: number; points: number };
      const records = new Map<string, Kept>();
      // What is counted of records that were deleted when it was too late to matter.
      const stones: Kept[] = [];
      let standings: Readonly<Record<string, string>> = {};
      let totals = { minutes: 0, records: 0, solved: {} as Readonly<Record<string, number>> };
      changes.forEach(({ day: offset, ago, points }, now) => {
        const day = addDays('2026-03-02', offset);
        const before = records.get(day);
        const counted = countedNow(before ?? {}, { day, points }, seasons, addDays(day, ago));
        const { counted: c, seasonId: s, week: w } = counted;
        const kept = c === undefined || s === undefined || w === undefined ? {} : { counted: c, seasonId: s, week: w };
        standings = movedStandings(standings, before ?? {}, counted, now) ?? standings;
        const sums = (each: number | undefined) =>
          each === undefined ? undefined : { minutes: each, solved: [{ level: 4, count: each }] };
        totals = movedTotals(totals, sums(before?.points), sums(points));
        if (points !== undefined) records.set(day, { points, ...kept });
        else {
          records.delete(day);
          if (before) stones.push({ points: 0, ...kept });
        }
      });
      const slow = new Map<string, number>();
      for (const { counted = 0, seasonId, week } of [...records.values(), ...stones])
        if (seasonId !== undefined)
          for (const board of [0, week]) {
            const name = `${seasonId} ${board}`;
            slow.set(name, (slow.get(name) ?? 0) + counted);
          }
      const fast = Object.entries(standings).flatMap(([seasonId, packed]) =>
        [...standingsIn(packed)].map(([board, { points }]) => [`${seasonId} ${board}`, points] as const),
      );
      expect(new Map(fast.filter(([, points]) => points !== 0))).toEqual(
        new Map([...slow].filter(([, points]) => points !== 0)),
      );
      const all = [...records.values()].reduce((sum, { points }) => sum + points, 0);
      expect(totals).toEqual({ minutes: all, records: records.size, solved: all > 0 ? { '4': all } : {} });
    }),
  );
});

test('row 95: standings are the same after packing; a change that is worth nothing moves nobody', () => {
  const standings = new Map([
    [0, { points: 41, reachedAt: fromIso('2026-03-04T00:00:00Z') }],
    [53, { points: 0, reachedAt: 1 }],
  ]);
  const one = { counted: 4, seasonId: 'one', week: 2 };

  expect(standingsIn(packedStandings(standings))).toEqual(standings);
  expect(standingsIn(undefined)).toEqual(new Map());
  expect(movedStandings({}, one, { ...one }, 7)).toBeUndefined();
  expect(movedStandings({}, {}, {}, 7)).toBeUndefined();
  // From one week to another, the season stays as it is.
  const first = movedStandings({}, {}, one, 7)!;
  const other = movedStandings(first, one, { ...one, week: 3 }, 9)!;
  expect([...standingsIn(other.one)]).toEqual([
    [0, { points: 4, reachedAt: 7 }],
    [2, { points: 0, reachedAt: 9 }],
    [3, { points: 4, reachedAt: 9 }],
  ]);
});
