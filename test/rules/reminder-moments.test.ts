/** Rows 111, 137, 146: moments of reminders against a clock that is read minute by minute. */
import fc from 'fast-check';
import {
  type Circle,
  type Moment,
  momentsIn,
  nextMoment,
  type OwnTimes,
  type Part,
  type Task,
} from '../../functions/activity/reminders/moment-rules.ts';
import { addDays, iso, weekday } from '../../shared/core/time.ts';
import { circle, everyDay, task } from '../support/reminder-tasks.ts';
import { runs } from '../support/runs.ts';

const minute = 60_000;

/** Some days, minute by minute, with three days before them on which nothing counts. */
interface Days {
  readonly begin: number;
  readonly lead: number;
  readonly minutes: number;
}

/** What the wall shows in a zone at each minute, as the runtime's own tables tell it: `2026-11-21T00:30`. */
const walls = new Map<string, readonly string[]>();
function wallsOf(zone: string, { begin, minutes }: Days): readonly string[] {
  const name = `${zone} ${begin} ${minutes}`;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const found =
    walls.get(name) ?? Array.from({ length: minutes }, (_, n) => format.format(begin + n * minute).replace(' ', 'T'));
  walls.set(name, found);
  return found;
}

/** The minutes at which the clock of a zone first shows a time of a date, or a later one, read minute by minute. */
const known = new Map<string, ReadonlyMap<string, number>>();
function firsts(zone: string, time: string, days: Days): ReadonlyMap<string, number> {
  const name = `${zone} ${time} ${days.begin} ${days.minutes}`;
  const fired = new Map<string, number>();
  const found = known.get(name);
  if (found) return found;
  for (const [n, wall] of wallsOf(zone, days).entries())
    for (const date of [addDays(wall.slice(0, 10), -1), wall.slice(0, 10)])
      if (!fired.has(date) && wall >= `${date}T${time}`) fired.set(date, n);
  known.set(name, fired);
  return fired;
}

/** The day of a group at a minute: the latest that has begun. */
const dayAt = ({ days: of }: Circle, n: number, days: Days) =>
  [...firsts(of.timeZone, of.dayStart ?? '00:00', days)]
    .filter(([, at]) => at <= n)
    .map(([date]) => date)
    .toSorted()
    .at(-1)!;

const asks = ({ circle: of, from = '', kind, weekdaysOn }: Task, date: string) =>
  date >= of.from && date <= of.until && date >= from && (kind === 'ONCE' || weekdaysOn(date).includes(weekday(date)));

type Found = readonly [n: number, cause: string, name: string, date: string];

const slowEnds = (of: Circle, days: Days): Found[] =>
  [...firsts(of.days.timeZone, '20:00', days)]
    .filter(([date]) => of.ends && addDays(date, 3) === of.until && date >= of.from)
    .map(([date, n]) => [n, 'END', of.groupId, date]);

const slowDaily = (one: Task, days: Days): Found[] =>
  [...firsts(one.circle.days.timeZone, '20:00', days)]
    .filter(([date]) => one.kind === 'REPEAT' && asks(one, date))
    .filter(([date]) => one.own === undefined || one.own.weekdays.includes(weekday(date)))
    .map(([date, n]) => [n, 'DAILY', one.missionId, date]);

const slowOwn = (one: Task, own: OwnTimes, timeZone: string, due: number, days: Days): Found[] =>
  own.times.flatMap((time) =>
    [...firsts(timeZone, time, days)].flatMap(([date, n]): Found[] => {
      const mine = time < (one.circle.days.dayStart ?? '00:00') ? addDays(date, -1) : date;
      if (n < days.lead || n >= due || !own.weekdays.includes(weekday(mine))) return [];
      const there = dayAt(one.circle, n, days);
      return asks(one, there) ? [[n, 'OWN', one.missionId, there]] : [];
    }),
  );

function slowDue(one: Task, due: number, days: Days): Found[] {
  if (due < 1 || due > days.minutes) return [];
  const dueDay = dayAt(one.circle, due - 1, days);
  const both = [
    ['EVE', '06:00', addDays(dueDay, -1)],
    ['DUE_DAY', '12:00', dueDay],
  ] as const;
  return both.flatMap(([cause, time, date]): Found[] => {
    const n = firsts(one.circle.days.timeZone, time, days).get(date);
    return n !== undefined && n < due && asks(one, date) ? [[n, cause, one.missionId, date]] : [];
  });
}

/** The slow way to all moments of some minutes. */
function slowly({ timeZone, circles, tasks }: Part, from: number, minutes: number): string[] {
  const lead = 3 * 1440;
  const days: Days = { begin: from - lead * minute, lead, minutes: lead + minutes };
  const all = tasks.flatMap((one) => {
    const due = one.dueAt === undefined ? Number.POSITIVE_INFINITY : (Date.parse(one.dueAt) - days.begin) / minute;
    const hasOwn = one.own && one.own.times.length > 0;
    const regular = hasOwn ? slowOwn(one, one.own!, timeZone, due, days) : slowDaily(one, days);
    return [...regular, ...(one.dueAt === undefined ? [] : slowDue(one, due, days))];
  });
  return [...circles.flatMap((of) => slowEnds(of, days)), ...all]
    .filter(([n]) => n > lead)
    .map(([n, cause, name, date]) => `${iso(days.begin + n * minute)} ${cause} ${name} ${date}`)
    .toSorted();
}

const shown = ({ at, cause, circle: of, task: one, day: date }: Moment) =>
  `${iso(at)} ${cause} ${one?.missionId ?? of.groupId} ${date}`;

/** Nights on which clocks change, and nights on which they do not. */
const nights = [
  ...[
    ['America/New_York', '2026-03-08'],
    ['America/New_York', '2026-11-01'],
    ['Europe/Berlin', '2026-03-29'],
  ],
  ...[
    ['Australia/Lord_Howe', '2026-04-05'],
    ['Australia/Lord_Howe', '2026-10-04'],
    ['Asia/Beirut', '2026-03-29'],
  ],
  ...[
    ['America/Nuuk', '2026-03-29'],
    ['Asia/Seoul', '2026-02-28'],
    ['Asia/Kathmandu', '2026-12-31'],
  ],
  ...[
    ['Pacific/Kiritimati', '2026-06-01'],
    ['Pacific/Pago_Pago', '2026-06-01'],
    ['America/Santiago', '2026-09-06'],
  ],
] as const;

const aTime = fc.constantFrom('00:00', '00:30', '01:30', '02:15', '02:30', '03:59', '05:10', '07:10', '20:00', '23:30');
const aNight = fc.nat({ max: nights.length - 1 }).map((n) => nights[n] as readonly [string, string]);
const someWeekdays = fc.uniqueArray(fc.constantFrom(...everyDay), { minLength: 1, maxLength: 7 });

test('rows 111, 137, 146: moments are those of a clock that is read minute by minute, in any zone, when clocks change', () => {
  const part = fc.record({
    night: aNight,
    home: fc.constantFrom('Asia/Seoul', 'America/New_York', 'Pacific/Kiritimati', 'Australia/Lord_Howe'),
    dayStart: fc.option(fc.constantFrom('01:00', '02:30', '04:00', '06:00'), { nil: undefined }),
    starts: fc.integer({ min: -3, max: 2 }),
    lasts: fc.integer({ min: 0, max: 6 }),
    weekdays: someWeekdays,
    kind: fc.constantFrom('REPEAT', 'ONCE'),
    dueIn: fc.option(fc.integer({ min: -1000, max: 5000 }), { nil: undefined }),
    own: fc.option(fc.record({ times: fc.uniqueArray(aTime, { maxLength: 3 }), weekdays: someWeekdays }), {
      nil: undefined,
    }),
  });
  fc.assert(
    fc.property(part, ({ night: [zone, date], home, dayStart, starts, lasts, weekdays, kind, dueIn, own }) => {
      // From a noon before, for three and a half days.
      const from = Date.parse(`${addDays(date, -2)}T12:00:00Z`);
      const minutes = 5040;
      const first = addDays(date, starts);
      const of = circle({
        days: { timeZone: zone, ...(dayStart ? { dayStart } : {}) },
        ...{ from: first, until: addDays(first, lasts), ends: true },
      });
      const dueAt = kind === 'ONCE' && dueIn !== undefined ? iso(from + dueIn * minute) : undefined;
      const one = task({ circle: of, kind: kind as Task['kind'], weekdaysOn: () => weekdays, dueAt, own });
      const everything = { timeZone: home, circles: [of], tasks: [one] };

      const seen = momentsIn(everything, from, from + minutes * minute - 1);

      expect(seen.map(shown).toSorted()).toEqual(slowly(everything, from, minutes));
      expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).toSorted((a, b) => a - b));
      // The next one is the first of them, whatever day it must not be before.
      for (const notBefore of ['', date, addDays(date, 1)]) {
        const expected = seen.find((moment) => moment.day >= notBefore);
        const next = nextMoment(everything, from, notBefore);
        const inside = next && next.at < from + minutes * minute ? next.at : undefined;
        expect(inside).toBe(expected?.at);
      }
    }),
    { numRuns: runs(60) },
  );
});

test('nothing is ahead of groups that are over and of times that never meet', () => {
  const now = Date.parse('2026-03-04T00:00:00Z');
  const over = circle({ until: '2026-03-03' });
  const mondays = { times: ['07:10'], weekdays: [1] };
  const none = [
    task({ circle: over }),
    task({ weekdaysOn: () => [2], own: mondays }),
    task({ kind: 'ONCE' }),
    task({ weekdaysOn: () => [] }),
    task({ kind: 'ONCE', dueAt: '2026-03-03T10:00:00.000Z', own: mondays }),
  ];

  for (const one of none)
    expect(nextMoment({ timeZone: 'Asia/Seoul', circles: [one.circle], tasks: [one] }, now)).toBeUndefined();
});

test('a group that begins in months is thought of on its first day', () => {
  const one = task({ circle: circle({ from: '2026-09-01' }), own: { times: ['23:59'], weekdays: everyDay } });
  const part = { timeZone: 'Pacific/Pago_Pago', circles: [], tasks: [one] };

  // 23:59 of the 31st on Pago Pago's clock is the evening of the 1st in Seoul.
  expect(iso(nextMoment(part, Date.parse('2026-03-04T00:00:00Z'))!.at)).toBe('2026-09-01T10:59:00.000Z');
});

test('instants that are remembered are the same as those that are not, however many there were', () => {
  const one = task();
  const part = { timeZone: 'Asia/Seoul', circles: [], tasks: [one] };
  const first = Date.parse('2026-03-04T11:00:00Z');
  let at = first;
  for (let n = 0; n < 5200; n++) at = nextMoment(part, at)!.at;

  expect(at).toBe(first + 5200 * 1440 * minute);
  expect(nextMoment(part, first)!.at).toBe(first + 1440 * minute);
});

test('a date that lies before the day that is asked for is passed over', () => {
  const dueAt = '2026-03-06T10:00:00.000Z';
  const part = { timeZone: 'Asia/Seoul', circles: [], tasks: [task({ kind: 'ONCE', dueAt })] };
  const now = Date.parse('2026-03-04T00:00:00Z');
  const days = ['', '2026-03-05', '2026-03-06', '2026-03-07'].map((day) => nextMoment(part, now, day)?.day);

  expect(days).toEqual(['2026-03-05', '2026-03-05', '2026-03-06', undefined]);
});
