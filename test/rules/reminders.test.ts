/** Rows 111, 137, 144, 146: moments of reminders against a clock that is read minute by minute, and what they say. */
import fc from 'fast-check';
import {
  type Circle,
  type Moment,
  momentsIn,
  nextMoment,
  type OwnTimes,
  type Part,
  type Task,
} from '../../functions/activity/reminders/moments.ts';
import {
  type Decided,
  decide,
  isTooMany,
  mannerOn,
  type Past,
  type Person,
  remindersOf,
  variantOn,
} from '../../functions/activity/reminders/rules.ts';
import { addDays, instantOf, iso, localDay, weekday } from '../../shared/core/time.ts';
import { runs } from '../support/runs.ts';

const minute = 60_000;
const day = 1440 * minute;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

const circle = (over: Partial<Circle> = {}): Circle => ({
  ...{ groupId: 'g1', title: 'Readers', from: '2020-01-01', until: '2999-12-31', ends: false },
  days: { timeZone: 'Asia/Seoul' },
  ...over,
});
const task = (over: Partial<Task> = {}): Task => ({
  ...{ circle: circle(), missionId: 'm1', title: 'Read', kind: 'REPEAT', weekdaysOn: () => everyDay },
  ...over,
});

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

interface World {
  readonly tasks?: readonly Task[];
  readonly circles?: readonly Circle[];
  /** Whether a mission is open at an instant. */
  readonly isOpen?: (task: Task, now: number) => boolean;
  readonly rests?: Person['rests'];
  readonly lastDeed?: (now: number) => string | undefined;
}
const personAt = (now: number, { tasks = [task()], circles = [], ...world }: World): Person => ({
  ...{ timeZone: 'Asia/Seoul', circles, tasks },
  isOpen: (one) => world.isOpen?.(one, now) ?? true,
  rests: world.rests ?? (() => false),
  lastDeed: world.lastDeed?.(now),
});
/** Runs from one instant at which something is to be decided to the next, as the chain does. */
function run(world: World, from: number, until: number) {
  let past: Past = { covered: from, unanswered: [] };
  const said: (NonNullable<Decided['said']> & { at: number })[] = [];
  for (let now = nextMoment(personAt(from, world), from)?.at; now !== undefined && now <= until; ) {
    const decided = decide(personAt(now, world), past, now);
    if (decided.said) said.push({ ...decided.said, at: now });
    expect([decided.next === undefined || decided.next > now, decided.covered >= now]).toEqual([true, true]);
    // The same minute again, and a run that is late, say nothing a second time.
    expect(decide(personAt(now, world), decided, now).said).toBeUndefined();
    past = decided;
    now = decided.next;
  }
  return said;
}
const seoul = (text: string) => instantOf(text.slice(0, 10), text.slice(11), 'Asia/Seoul');
const named = (said: { at: number; entries: readonly { cause: string; task?: Task; circle: Circle }[] }) =>
  `${iso(said.at).slice(5, 16)} ${said.entries.map((each) => `${each.cause} ${each.task?.missionId ?? each.circle.groupId}`).join(', ')}`;

test('row 144: an absence of 10 days has 3 reminders and one line, and one of 60 days two lines more', () => {
  const from = seoul('2026-03-02T09:00');
  const said = run({}, from, from + 60 * day);

  expect(said.filter(({ at }) => at < from + 10 * day).map(({ kind }) => kind)).toEqual([
    'ENTRIES',
    'ENTRIES',
    'ENTRIES',
    'LINE',
  ]);
  expect(said.map(({ at, kind, last }) => `${localDay(at, 'Asia/Seoul')} ${kind} ${last}`)).toEqual([
    '2026-03-02 ENTRIES false',
    '2026-03-03 ENTRIES false',
    '2026-03-04 ENTRIES true',
    '2026-03-11 LINE false',
    '2026-03-18 LINE false',
    '2026-03-25 LINE false',
  ]);
});

test('row 144: whoever does something, on whatever day, is reminded again as before', () => {
  const from = seoul('2026-03-02T09:00');
  for (let answered = 0; answered < 30; answered++) {
    const deed = addDays('2026-03-02', answered);
    const lastDeed = (now: number) => (localDay(now, 'Asia/Seoul') >= deed ? deed : undefined);
    const kinds = run({ lastDeed }, from, from + 100 * day)
      .filter(({ day: on }) => on > deed)
      .map(({ kind }) => kind);
    // The last line was on the 25th: later, it is the deed itself that has the next one decided.
    const expected = answered > 23 ? [] : ['ENTRIES', 'ENTRIES', 'ENTRIES', 'LINE', 'LINE', 'LINE'];
    expect([deed, kinds]).toEqual([deed, expected]);
  }
});

test('row 144: the manner of a day, against counting the days one by one', () => {
  const first = '2026-03-02';
  for (let count = 0; count <= 7; count++)
    for (let wait = 0; wait <= 9; wait++) {
      const days = Array.from({ length: count }, (_, n) => addDays(first, n));
      const on = addDays(first, Math.max(0, count - 1) + wait);
      const isKnown = days.includes(on);
      const place = isKnown ? days.indexOf(on) + 1 : count + 1;
      const expected = place <= 3 ? 'ENTRIES' : place <= 6 && !isKnown && wait >= 7 ? 'LINE' : 'NOTHING';
      expect([count, wait, mannerOn(days, on)]).toEqual([count, wait, expected]);
    }
});

test('row 144: several reminders of one day are one unanswered day', () => {
  const own = { times: ['07:10', '12:30', '18:00'], weekdays: everyDay };
  const from = seoul('2026-03-02T00:00');

  const said = run({ tasks: [task({ own })] }, from, from + 12 * day);

  expect(said.map(({ at, kind }) => `${localDay(at, 'Asia/Seoul').slice(8)} ${kind}`)).toEqual([
    ...['02', '02', '02', '03', '03', '03', '04', '04', '04'].map((n) => `${n} ENTRIES`),
    '11 LINE',
  ]);
});

test('row 146: times within ten minutes are one reminder, and what says nothing pulls nothing forward', () => {
  const at = (missionId: string, ...times: string[]) =>
    task({ missionId, title: missionId, own: { times, weekdays: everyDay } });
  const from = seoul('2026-03-02T00:00');
  const tasks = [at('a', '07:10'), at('b', '07:20'), at('c', '07:21'), task({ missionId: 'd' }), at('e', '20:09')];
  const lastDeed = () => '2026-03-01';

  expect(run({ tasks, lastDeed }, from, from + day).map(named)).toEqual([
    '03-01T22:10 OWN a, OWN b',
    '03-01T22:21 OWN c',
    '03-02T11:00 OWN e, DAILY d',
  ]);
  // With a done, b comes at its own time and takes c along.
  const isOpen = ({ missionId }: Task) => !['a', 'd'].includes(missionId);
  expect(run({ tasks, isOpen }, from, from + day).map(named)).toEqual([
    '03-01T22:20 OWN b, OWN c',
    '03-02T11:09 OWN e',
  ]);
});

test('row 146: a mission that is done by then is passed over in silence, and one with own times has no 20:00', () => {
  const own = { times: ['07:10'], weekdays: everyDay };
  const done = seoul('2026-03-02T07:05');
  const isOpen = (_: Task, now: number) => now < done || localDay(now, 'Asia/Seoul') > '2026-03-02';
  const from = seoul('2026-03-02T00:00');

  expect(run({ tasks: [task({ own })], isOpen }, from, from + 2 * day).map(named)).toEqual(['03-02T22:10 OWN m1']);
});

test('row 111: ONCE missions are reminded of on the eve and on their day, not at 20:00, and not once they are due', () => {
  const once = (missionId: string, dueAt: string) => task({ missionId, kind: 'ONCE', dueAt: iso(seoul(dueAt)) });
  const tasks = [once('noon', '2026-03-04T12:00'), once('night', '2026-03-05T00:00'), once('late', '2026-03-04T23:59')];
  const from = seoul('2026-03-02T00:00');

  expect(run({ tasks }, from, from + 9 * day).map(named)).toEqual([
    '03-02T21:00 EVE noon, EVE night, EVE late',
    '03-04T03:00 DUE_DAY night, DUE_DAY late',
  ]);
});

test('row 111: the end of a group comes along with the 20:00 of that evening', () => {
  const of = circle({ until: '2026-03-06', ends: true });
  const from = seoul('2026-03-02T00:00');

  expect(run({ tasks: [task({ circle: of })], circles: [of] }, from, from + 9 * day).map(named)).toEqual([
    '03-02T11:00 DAILY m1',
    '03-03T11:00 DAILY m1, END g1',
    '03-04T11:00 DAILY m1',
  ]);
});

test('whoever rests hears nothing, and a run of another day says nothing about the day before', () => {
  const from = seoul('2026-03-02T00:00');
  const rests = (_: Circle, on: string) => on < '2026-03-04';
  expect(run({ rests }, from, from + 3 * day).map(named)).toEqual(['03-04T11:00 DAILY m1']);

  const own = { times: ['23:55'], weekdays: everyDay };
  const past = { covered: seoul('2026-03-02T23:00'), unanswered: [] };
  const late = seoul('2026-03-03T00:05');
  expect(decide(personAt(late, { tasks: [task({ own })] }), past, late).said).toBeUndefined();
});

test('a run that is late by an hour still reminds, a later one does not, and both go on with the next day', () => {
  const past = { covered: seoul('2026-03-02T12:00'), unanswered: [] };
  for (const [late, said] of [
    ['21:00', true],
    ['21:01', false],
  ] as const) {
    const now = seoul(`2026-03-02T${late}`);
    const decided = decide(personAt(now, {}), past, now);
    expect([late, decided.said !== undefined, iso(decided.next!)]).toEqual([late, said, '2026-03-03T11:00:00.000Z']);
  }
});

test('row 146: how many reminders some times are, against putting them minute by minute', () => {
  const clock = (n: number) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 400, max: 470 }), { maxLength: 6 }), (minutes) => {
      let [count, quietUntil] = [0, -1];
      for (let n = 0; n < 1440; n++)
        if (minutes.includes(n) && n > quietUntil) {
          count++;
          quietUntil = n + 10;
        }
      expect(remindersOf(minutes.map(clock))).toBe(count);
    }),
  );
});

test('row 146: more than three on any one day are too many', () => {
  const of = (weekdays: number[], ...times: string[]) => ({ weekdays, times });

  expect(isTooMany([])).toBe(false);
  expect(isTooMany([of([1, 2], '07:00', '08:00'), of([3, 4], '09:00', '10:00')])).toBe(false);
  expect(isTooMany([of([1, 2], '07:00', '08:00'), of([2, 3], '09:00', '10:00')])).toBe(true);
  expect(isTooMany([of([1, 2], '07:00', '08:00'), of([2, 3], '09:00', '09:10')])).toBe(false);
});

test('row 112: Mondays and Sundays have texts of their own', () => {
  const days = Array.from({ length: 7 }, (_, n) => variantOn(addDays('2026-03-02', n)));

  expect(days).toEqual(['MONDAY', ...Array(5).fill('ANY_DAY'), 'SUNDAY']);
});
