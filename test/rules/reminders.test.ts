/** Rows 111, 144, 146: what a reminder says, if anything, and when it is decided next. */
import fc from 'fast-check';
import { type Circle, nextMoment, type Task } from '../../functions/activity/reminders/moment-rules.ts';
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
import { addDays, instantOf, iso, localDay } from '../../shared/core/time.ts';
import { circle, everyDay, task } from '../support/reminder-tasks.ts';

const minute = 60_000;
const day = 1440 * minute;

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
