/** Rows 119, 133, 137: streaks and heat maps, against walking back from every day. */
import fc from 'fast-check';
import { type Counts, type Member, type RepeatMission, weeksBetween } from '../../functions/activity/progress/rules.ts';
import { heatOf, streakOf, unitsOf } from '../../functions/activity/progress/streak-rules.ts';
import { historyOf, later, weekOf, wish } from '../support/histories.ts';
import { runs } from '../support/runs.ts';
import { isAsked, on, slowStreak } from '../support/slow-progress.ts';

const first = '2026-03-02';
const all = [1, 2, 3, 4, 5, 6, 7];
const terms = (timesPerWeek: number, weekdays = all, from = first) => ({ from, timesPerWeek, weekdays });
const repeat = (...of: readonly ReturnType<typeof terms>[]): RepeatMission => ({
  ...{ kind: 'REPEAT', missionId: 'm', from: first, terms: of },
});

/** From Monday 2 March 2026: `a` approved, `w` waits, `d` denied, `s` skipped, `m` made up, `n` a make-up waits, `e` excused. */
function memberOf(days: string): Member {
  const weeks = new Map<string, Counts>();
  const excused: { from: string; until: string }[] = [];
  [...days.replaceAll(' ', '')].forEach((sign, at) => {
    const day = later(first, at);
    if (sign === 'e') excused.push({ from: day, until: day });
    const week = weeks.get(weekOf(day)) ?? { taken: {}, approved: {}, waiting: {}, skipped: {}, madeUp: {} };
    weeks.set(weekOf(day), week);
    const set = (name: keyof Counts, signs: string) => signs.includes(sign) && Object.assign(week[name]!, { [day]: 1 });
    set('taken', 'awdmn');
    set('approved', 'am');
    set('waiting', 'wn');
    set('skipped', 's');
    set('madeUp', 'mn');
  });
  return { accountId: 'a', since: first, excused, counts: new Map([['m', weeks]]) };
}
const on_ = (today: string) => ({ today, period: { from: first, until: '2026-12-31' } });
/** The streak on the last day that is written. */
function streak(mission: RepeatMission, days: string) {
  const today = later(first, days.replaceAll(' ', '').length - 1);
  return streakOf(mission, weeksBetween(first, today), memberOf(days), on_(today));
}

test.each([
  ['', 'aaa', 3, 3, 3],
  ['today is not over', 'aaa.', 3, 3, 3],
  ['today was denied: it is not over', 'aaad', 3, 3, 3],
  ['a missed day', 'aaa.a', 1, 3, 1],
  ['row 119: excused days', 'aaaaaaa aaaee.', 10, 10, 10],
  ['skipped days', 'aaasa', 4, 4, 4],
  ['what waits breaks nothing', 'aaaw', 3, 3, 4],
  ['what waits, with more after it', 'aawa', 3, 3, 4],
  ['a denied day', 'aada', 1, 2, 1],
  ['row 137: streak 5, gap, make-up, 3 more', 'aaaaa m aaa', 8, 8, 8],
  ['a make-up that waits', 'aaana', 4, 4, 4],
  ['nothing yet', '.', 0, 0, 0],
  ['nothing but excuses', 'eee', 0, 0, 0],
] as const)('every day, %s: "%s"', (_, days, current, best, pending) => {
  expect(streak(repeat(terms(7)), days)).toEqual({ unit: 'DAY', current, best, pending, former: null });
});

test.each([
  ['full weeks', 'aaa.... .a.a.a. aa.', 2, 2, 2],
  ['this one full already', 'aaa.... .a.a.a. aaa', 3, 3, 3],
  ['a week with two', 'aaa.... .a.a... aaa', 1, 1, 1],
  ['row 119: a week with five excused days asks two', 'aaa.... eeeeeaa aaa', 3, 3, 3],
  ['a week excused', 'aaa.... eeeeeee aaa', 2, 2, 2],
  ['a skip counts as done for it', 'aaa.... aas.... aaa', 3, 3, 3],
  ['three skips', 'aaa.... sss.... aaa', 2, 2, 2],
  ['one waits', 'aaa.... aaw.... aaa', 2, 2, 3],
  ['one was made up', 'aaa.... aam.... aaa', 2, 2, 2],
  ['a make-up waits', 'aaa.... aan.... aaa', 2, 2, 2],
  ['one was made up, another waits', 'aaa.... amw.... aaa', 2, 2, 2],
] as const)('three of seven days, %s: "%s"', (_, days, current, best, pending) => {
  expect(streak(repeat(terms(3)), days)).toEqual({ unit: 'WEEK', current, best, pending, former: null });
});

test('days on which nothing is asked are no gap', () => {
  expect(streak(repeat(terms(5, [1, 2, 3, 4, 5])), 'aaaaa.. aa')).toMatchObject({ unit: 'DAY', current: 7 });
});

test('where days become weeks, the streak begins again', () => {
  const mission = repeat(terms(7), terms(3, all, '2026-03-16'));

  expect(streak(mission, 'aaaaaaa aaaaaaa aaa')).toEqual({
    ...{ unit: 'WEEK', current: 1, best: 1, pending: 1 },
    former: { unit: 'DAY', best: 14 },
  });
  expect(unitsOf(mission, weeksBetween(first, '2026-03-16'), memberOf(''), on_('2026-03-15'))).toHaveLength(14);
});

test('a week that begins today may be done already', () => {
  expect(streak(repeat(terms(1)), 'a...... a')).toMatchObject({ unit: 'WEEK', current: 2 });
});

test('the best streak of days stays the best, though the mission asked for weeks in between', () => {
  const mission = repeat(terms(7), terms(3, all, '2026-03-09'), terms(7, all, '2026-03-16'));

  expect(streak(mission, 'aaaaaaa aaa.... aa')).toEqual({
    ...{ unit: 'DAY', current: 2, best: 7, pending: 2 },
    former: { unit: 'WEEK', best: 1 },
  });
});

test('where more days become fewer, it goes on', () => {
  const mission = repeat(terms(7), terms(2, [6, 7], '2026-03-09'));

  expect(streak(mission, 'aaaaaaa .....aa')).toMatchObject({ unit: 'DAY', current: 9, best: 9, pending: 9 });
});

const histories = fc.record({ ...wish, weeks: fc.integer({ min: 1, max: 26 }) }).map(historyOf);

test('streaks are those that walking back from every unit finds', () => {
  let compared = 0;
  fc.assert(
    fc.property(histories, (history) => {
      const weeks = weeksBetween(history.firstDay, history.setting.today);
      for (const mission of history.missions)
        for (const member of history.members) {
          const expected = mission.kind === 'REPEAT' ? slowStreak(history, mission, member) : undefined;
          if (!expected) continue;
          const { current, best, pending } = streakOf(mission as RepeatMission, weeks, member, history.setting);
          expect([current, best, pending]).toEqual(expected);
          expect(current <= best && current <= pending).toBe(true);
          compared++;
        }
    }),
    { numRuns: runs(100) },
  );
  expect(compared).toBeGreaterThan(100);
});

test('a heat map has every day up to today, and says of each what is written', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const { missions, members, setting, firstDay } = history;
      const repeated = missions.filter((mission) => mission.kind === 'REPEAT');
      const weeks = weeksBetween(firstDay, setting.today);
      for (const member of members.slice(0, 2)) {
        const heat = heatOf(missions, weeks, member, setting);
        expect(heat.at(-1)!.day).toBe(setting.today);
        expect(heat.every(({ day }, at) => day === later(weeks[0]!.days[0]!, at))).toBe(true);
        for (const { day, state, done } of heat) {
          const asked = repeated.filter((mission) => isAsked(mission, day, member, setting));
          const approved = asked.filter(({ missionId }) =>
            on(history, member.accountId, missionId, day).some((each) => each.state === 'APPROVED'),
          );
          expect([done, state === 'DONE']).toEqual([approved.length, approved.length > 0]);
          if (asked.length === 0) expect(state).toBe('NONE');
        }
      }
    }),
    { numRuns: runs(40) },
  );
});

test.each([
  [7, 'awsde.', ['DONE', 'WAITING', 'PAUSED', 'MISSED', 'PAUSED', 'OPEN']],
  [3, 'aw.s.', ['DONE', 'WAITING', 'NONE', 'PAUSED', 'OPEN']],
] as const)(
  'row 119: a pause is visible, and a miss is one only where every day is asked: %i a week, "%s"',
  (times, days, states) => {
    const today = later(first, days.length - 1);
    const heat = heatOf([repeat(terms(times))], weeksBetween(first, today), memberOf(days), on_(today));

    expect(heat.map(({ state }) => state)).toEqual(states);
  },
);
