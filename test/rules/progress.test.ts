/** Rows 60-62, 119: due, done and rates, against a slow second computation over random histories. */
import fc from 'fast-check';
import {
  type Counts,
  type Member,
  type RepeatMission,
  rateOf,
  seriesOf,
  shareIn,
  standingIn,
  standingOnce,
  teamRate,
  weeksBetween,
} from '../../functions/activity/progress/rules.ts';
import { localDay, localTime } from '../../shared/core/time.ts';
import { groupDay, type History, historyOf, later, starts, weekOf, wish, zones } from '../support/histories.ts';
import { runs } from '../support/runs.ts';
import { slowOnce, slowShare, slowWeek } from '../support/slow-progress.ts';

const histories = fc.record(wish).map(historyOf);
const weeksOf = ({ firstDay, setting }: History) => weeksBetween(firstDay, setting.today);

const all = [1, 2, 3, 4, 5, 6, 7];
const repeat = (timesPerWeek: number, weekdays = all, more: Partial<RepeatMission> = {}): RepeatMission => ({
  ...{ kind: 'REPEAT', missionId: 'm', from: '2026-03-02', terms: [{ from: '2026-03-02', timesPerWeek, weekdays }] },
  ...more,
});
/** Monday 2 March 2026 and the days after it: `a` approved, `w` waiting, `d` denied, `s` skipped, `m` made up, `.` nothing. */
function memberOf(days: string, more: Partial<Member> = {}): Member {
  const weeks = new Map<string, Counts & { madeUp: Record<string, number> }>();
  [...days].forEach((sign, at) => {
    const day = later('2026-03-02', at);
    const week = weeks.get(weekOf(day)) ?? { taken: {}, approved: {}, waiting: {}, skipped: {}, madeUp: {} };
    weeks.set(weekOf(day), week);
    const set = (name: keyof typeof week) => Object.assign(week[name], { [day]: 1 });
    if ('awdm'.includes(sign)) set('taken');
    if ('am'.includes(sign)) set('approved');
    if (sign === 'w') set('waiting');
    if (sign === 's') set('skipped');
    if (sign === 'm') set('madeUp');
  });
  return { accountId: 'a', since: '2026-03-02', excused: [], counts: new Map([['m', weeks]]), ...more };
}
const setting = (today: string) => ({ today, period: { from: '2026-03-02', until: '2026-12-31' } });
const [firstWeek] = weeksBetween('2026-03-02', '2026-03-02') as [ReturnType<typeof weeksBetween>[number]];
const excused = (from: string, until: string) => ({ excused: [{ from, until }] });

test('weeks are those of the ISO calendar, also over New Year', () => {
  const found = weeksBetween('2026-12-23', '2027-01-12');

  expect(found.map(({ week }) => week)).toEqual(['2026-W52', '2026-W53', '2027-W01', '2027-W02']);
  for (const { week, days } of found) expect(days.map(weekOf)).toEqual(Array.from({ length: 7 }, () => week));
  expect(found[1]!.days).toEqual([0, 1, 2, 3, 4, 5, 6].map((at) => later('2026-12-28', at)));
});

test('row 137: the day of a group is that of its wall clock, in each zone, around midnight and the change of a clock', () => {
  const times = fc.record({
    zone: fc.constantFrom(...zones),
    day: fc.constantFrom(...starts),
    at: fc.integer({ min: 0, max: 12 * 86_400_000 }),
    dayStart: fc.constantFrom('00:00', '03:30', '04:00', '06:00'),
  });
  fc.assert(
    fc.property(times, ({ zone, day, at, dayStart }) => {
      const now = Date.parse(`${day}T00:00:00Z`) + at;
      const own = localDay(now, zone);
      expect(localTime(now, zone) < dayStart ? later(own, -1) : own).toBe(groupDay(now, zone, dayStart));
    }),
  );
});

test.each([
  // what was done, times a week, today, then asked, done, due, missed, left, waiting
  ['', 7, '2026-03-02', { asked: 7, done: 0, due: 0, missed: 0, left: 7, waiting: 0 }],
  ['a', 7, '2026-03-02', { asked: 7, done: 1, due: 1, missed: 0, left: 6, waiting: 0 }],
  ['a', 7, '2026-03-04', { asked: 7, done: 1, due: 2, missed: 1, left: 5, waiting: 0 }],
  ['aw', 7, '2026-03-04', { asked: 7, done: 1, due: 1, missed: 0, left: 5, waiting: 1 }],
  ['ad', 7, '2026-03-03', { asked: 7, done: 1, due: 2, missed: 1, left: 5, waiting: 0 }],
  ['as', 7, '2026-03-04', { asked: 6, done: 1, due: 1, missed: 0, left: 5, waiting: 0 }],
  ['am', 7, '2026-03-04', { asked: 7, done: 2, due: 2, missed: 0, left: 5, waiting: 0 }],
  ['....', 3, '2026-03-06', { asked: 3, done: 0, due: 0, missed: 0, left: 3, waiting: 0 }],
  ['....', 3, '2026-03-07', { asked: 3, done: 0, due: 1, missed: 1, left: 2, waiting: 0 }],
  ['aaaaa', 3, '2026-03-06', { asked: 3, done: 3, due: 3, missed: 0, left: 2, waiting: 0 }],
  ['aaas', 3, '2026-03-09', { asked: 3, done: 3, due: 3, missed: 0, left: 0, waiting: 0 }],
  ['sss', 3, '2026-03-09', { asked: 0, done: 0, due: 0, missed: 0, left: 0, waiting: 0 }],
  ['ssssa', 3, '2026-03-09', { asked: 1, done: 1, due: 1, missed: 0, left: 0, waiting: 0 }],
] as const)('row 62: "%s" of %i a week on %s', (done, times, today, expected) => {
  expect(standingIn(repeat(times), firstWeek, memberOf(done), setting(today))).toEqual(expected);
});

test('row 119: excused days leave what is due, one that is certified in spite of it counts', () => {
  const daily = repeat(7);
  const after = setting('2026-03-09');
  const wednesdayAndThursday = excused('2026-03-04', '2026-03-05');

  expect(standingIn(daily, firstWeek, memberOf('aa..aaa', wednesdayAndThursday), after)).toMatchObject({
    done: 5,
    due: 5,
  });
  expect(standingIn(daily, firstWeek, memberOf('aa.aaaa', wednesdayAndThursday), after)).toMatchObject({
    done: 6,
    due: 6,
  });
  expect(standingIn(daily, firstWeek, memberOf('aa....a', wednesdayAndThursday), after)).toMatchObject({
    done: 3,
    due: 5,
  });
});

test('row 60: a joiner owes from the day of joining, within the group and the life of the mission', () => {
  const after = setting('2026-03-09');
  const ended = repeat(7, all, { from: '2026-03-03', until: '2026-03-06' });

  expect(standingIn(repeat(7), firstWeek, memberOf('', { since: '2026-03-07' }), after).due).toBe(2);
  expect(standingIn(repeat(3), firstWeek, memberOf('', { since: '2026-03-08' }), after).due).toBe(1);
  expect(standingIn(ended, firstWeek, memberOf(''), after).due).toBe(4);
  expect(standingIn(ended, firstWeek, memberOf('', { since: '2026-03-07' }), after).due).toBe(0);
});

test('a change of the frequency leaves weeks that are over as they were', () => {
  const terms = [
    { from: '2026-03-02', timesPerWeek: 7, weekdays: all },
    { from: '2026-03-16', timesPerWeek: 2, weekdays: [6, 7] },
  ];
  const weeks = weeksBetween('2026-03-02', '2026-03-23');
  const due = weeks.map((week) => standingIn(repeat(7, all, { terms }), week, memberOf(''), setting('2026-03-23')).due);

  expect(due).toEqual([7, 7, 2, 0]);
});

test('rates: null while nothing is due; the team is the mean of those who have one', () => {
  expect(rateOf({ done: 0, due: 0 })).toBeNull();
  expect(rateOf({ done: 1, due: 4 })).toBe(0.25);
  expect(teamRate([])).toBeNull();
  expect(teamRate([{ done: 0, due: 0 }])).toBeNull();
  expect(
    teamRate([
      { done: 1, due: 1 },
      { done: 0, due: 0 },
      { done: 1, due: 2 },
    ]),
  ).toBe(0.75);
});

test('a ONCE mission is due when it is done, or after its last day', () => {
  const counts = (name: keyof Counts, day = '2026-03-03'): Partial<Member> => {
    const empty = { taken: { [day]: 1 }, approved: {}, waiting: {}, skipped: {} };
    return { counts: new Map([['m', new Map([['ONCE', { ...empty, [name]: { [day]: 1 } }]])]]) };
  };
  const mission = { kind: 'ONCE', missionId: 'm', from: '2026-03-02', dueDay: '2026-03-05' } as const;
  const on5 = setting('2026-03-05');
  const on6 = setting('2026-03-06');

  expect(standingOnce(mission, memberOf(''), on5)).toMatchObject({ due: 0, left: 1, asked: 1 });
  expect(standingOnce(mission, memberOf(''), on6)).toMatchObject({ due: 1, done: 0, missed: 1 });
  expect(standingOnce(mission, memberOf('', counts('approved')), on5)).toMatchObject({ due: 1, done: 1 });
  expect(standingOnce(mission, memberOf('', counts('waiting')), on6)).toMatchObject({ due: 0, waiting: 1 });
  expect(standingOnce(mission, memberOf('', counts('skipped')), on6)).toMatchObject({ due: 0, asked: 0 });
  expect(standingOnce(mission, memberOf('', counts('taken')), on5)).toMatchObject({ due: 0, left: 0 });
  // Joined after it had ended; excused on its last day; ended before it was due; never due.
  expect(standingOnce(mission, memberOf('', { since: '2026-03-06' }), on6).due).toBe(0);
  expect(standingOnce(mission, memberOf('', excused('2026-03-05', '2026-03-05')), on6).due).toBe(0);
  expect(standingOnce({ ...mission, until: '2026-03-04' }, memberOf(''), on6).due).toBe(0);
  expect(standingOnce({ ...mission, dueDay: '2026-03-05', from: '2026-03-07' }, memberOf(''), on6).due).toBe(0);
  const { dueDay: _, ...open } = mission;
  expect(standingOnce(open, memberOf(''), setting('2027-01-01')).due).toBe(0);
  // Done before this joining: it counts in the week of the joining.
  const back = memberOf('', { ...counts('approved'), since: '2026-03-10' });
  const later = weeksBetween('2026-03-02', '2026-03-10').map(
    (week) => shareIn([{ ...mission, dueDay: '2026-03-20' }], week, back, setting('2026-03-10')).due,
  );
  expect(later).toEqual([0, 1]);
  expect(shareIn([open], firstWeek, memberOf(''), on6)).toEqual({ done: 0, due: 0 });
});

test('every number is that of the slow computation, for joiners, skips, excuses, denials, make-ups, in four zones', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const repeated = history.missions.filter((mission) => mission.kind === 'REPEAT');
      for (const member of history.members) {
        for (const week of weeksOf(history))
          for (const mission of repeated) {
            const { done, due } = standingIn(mission, week, member, history.setting);
            expect({ done, due }).toEqual(slowWeek(history, mission, week.days[0]!, member));
          }
        for (const mission of history.missions)
          if (mission.kind === 'ONCE') {
            const { done, due } = standingOnce(mission, member, history.setting);
            expect({ done, due }).toEqual(slowOnce(history, mission, member));
          }
      }
    }),
    { numRuns: runs(120) },
  );
});

test('200 members in 26 weeks: totals, series and team are those of the slow computation', () => {
  const start = Date.parse('2026-02-16T12:00:00Z');
  const history = historyOf({ seed: 7, zone: 'America/New_York', members: 200, weeks: 26, start });
  const missions = history.missions.filter((mission) => mission.kind === 'REPEAT');
  const found = seriesOf(missions, weeksOf(history), history.members, history.setting);

  expect(found.size).toBe(200);
  const slow = history.members
    .filter((_, at) => at % 10 === 0)
    .map((member) => [member, slowShare(history, member)] as const);
  for (const [member, share] of slow) expect(found.get(member.accountId)!.total).toEqual(share);
  const series = [...found.values()].map((each) => each.series);
  series[0]!.forEach(({ team, week }, at) => {
    const rates = series.map((each) => each[at]!).flatMap(({ done, due }) => (due > 0 ? [done / due] : []));
    expect(series.every((each) => each[at]!.week === week && each[at]!.team === team)).toBe(true);
    if (rates.length === 0) expect(team).toBeNull();
    else expect(team).toBeCloseTo(rates.reduce((a, b) => a + b) / rates.length, 12);
  });
});
