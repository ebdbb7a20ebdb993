/** Row 144: a number of times of one's own, and when somebody is away. */
import fc from 'fast-check';
import {
  type Counts,
  type Member,
  type Mission,
  type RepeatMission,
  standingIn,
  weeksBetween,
} from '../../functions/activity/progress/rules.ts';
import { heatOf, streakOf, unitsOf } from '../../functions/activity/progress/streak-rules.ts';
import { isFullWeek } from '../../functions/activity/progress/team-rules.ts';
import { awayIn, gapOf, mostTimes, wayBackOf, withQuota } from '../../functions/activity/returning/rules.ts';
import { packedQuotas, type Quota, quotaOn, quotasIn } from '../../functions/groups/core/quota-rules.ts';
import { type History, historyOf, later, mondayOf, wish } from '../support/histories.ts';
import { runs } from '../support/runs.ts';
import { isAsked, slowWeek, timesIn } from '../support/slow-progress.ts';

const chosen = { at: fc.double({ min: 0, max: 1, noNaN: true }), times: fc.integer({ min: 1, max: 6 }) };

/** Each repeated mission of a random history, and a member who chose a number for it on some day. */
const property = (
  holds: (history: History, mission: RepeatMission, member: Member, quota: Quota & { timesPerWeek: number }) => void,
) =>
  fc.assert(
    fc.property(fc.record(wish).map(historyOf), fc.record(chosen), (history, { at, times }) => {
      const days = (Date.parse(history.setting.today) - Date.parse(history.firstDay)) / 86_400_000;
      const from = later(history.firstDay, Math.floor(at * Math.max(0, days)));
      for (const mission of history.missions)
        for (const member of mission.kind === 'REPEAT' ? history.members : [])
          holds(history, mission as RepeatMission, member, {
            ...{ missionId: mission.missionId, from, timesPerWeek: times },
          });
    }),
    { numRuns: runs(60) },
  );
const weeksOf = ({ firstDay, setting }: History) => weeksBetween(firstDay, setting.today);

test('it changes what is due from its day on alone, and never lifts it', () => {
  property((history, mission, member, quota) => {
    const own = { ...member, quotas: [quota] };
    for (const week of weeksOf(history)) {
      const [before, after] = [member, own].map((each) => standingIn(mission, week, each, history.setting));
      if (week.days[6]! < quota.from) expect(after).toEqual(before);
      expect(after!.due).toBeLessThanOrEqual(before!.due);
      expect(after!.missed).toBeLessThanOrEqual(before!.missed);
    }
  });
});

test('from a Monday on it is as if the mission asked for so many', () => {
  property((history, mission, member, { timesPerWeek, ...quota }) => {
    const monday = mondayOf(quota.from);
    const own = { ...member, quotas: [{ ...quota, from: monday, timesPerWeek }] };
    for (const week of weeksOf(history).filter(({ days }) => days[0]! >= monday)) {
      const now = mission.terms.findLast(({ from }) => from <= week.days[0]!) ?? mission.terms[0]!;
      const terms = [{ ...now, from: '', timesPerWeek: Math.min(timesPerWeek, now.timesPerWeek) }];
      expect(standingIn(mission, week, own, history.setting)).toEqual(
        standingIn({ ...mission, terms }, week, member, history.setting),
      );
    }
  });
});

test('within a week: what was missed by its day stays missed, and the rest asks for what is left of the number', () => {
  property((history, mission, member, quota) => {
    const { from } = quota;
    const monday = mondayOf(from);
    const [week] = weeksBetween(from, from);
    if (from === monday || history.setting.today < from) return;
    const only = (is: (day: string) => boolean) => history.written.filter(({ day }) => is(day));
    // On the day of the choice, all that follows is still possible.
    const then: History = {
      ...history,
      setting: { ...history.setting, today: from },
      written: only((day) => day < from),
    };
    const before = slowWeek(then, mission, monday, member);
    const can = week!.days.filter((day) => day < from && isAsked(mission, day, member, history.setting));
    const used = can.filter((day) => {
      const states = then.written
        .filter(
          (each) => each.accountId === member.accountId && each.missionId === mission.missionId && each.day === day,
        )
        .map(({ state }) => state);
      return !states.includes('APPROVED') && (states.includes('WAITING') || states.includes('SKIPPED'));
    }).length;
    const times = Math.min(quota.timesPerWeek, timesIn(mission, monday));
    const rest = Math.max(0, times - before.done - used);
    const { weekdays } = mission.terms.findLast((each) => each.from <= monday) ?? mission.terms[0]!;
    const asked = {
      ...mission,
      from: mission.from > from ? mission.from : from,
      terms: [{ from: '', timesPerWeek: rest, weekdays }],
    };
    const after = slowWeek({ ...history, written: only((day) => day >= from) }, asked, monday, member);
    const { done, due } = standingIn(mission, week!, { ...member, quotas: [quota] }, history.setting);

    expect({ done, due }).toEqual({ done: before.done + after.done, due: before.due + after.due });
  });
});

test('row 144: what is chosen later changes nothing of the weeks before: as often again, or another number', () => {
  property((history, mission, member, quota) => {
    for (const week of weeksOf(history))
      for (const timesPerWeek of [null, 1]) {
        const after = { ...quota, from: later(week.days[6]!, 1), timesPerWeek };
        if (after.from <= quota.from) continue;
        expect(standingIn(mission, week, { ...member, quotas: [quota, after] }, history.setting)).toEqual(
          standingIn(mission, week, { ...member, quotas: [quota] }, history.setting),
        );
      }
  });
});

test('a team earns no bonus by it', () => {
  property((history, mission, member, quota) => {
    for (const week of weeksOf(history))
      expect(isFullWeek(mission, week, { ...member, quotas: [quota] }, history.setting)).toBe(
        isFullWeek(mission, week, member, history.setting),
      );
  });
});

const first = '2026-03-02';
const daily: RepeatMission = {
  ...{ kind: 'REPEAT', missionId: 'm', from: first },
  terms: [{ from: '', timesPerWeek: 7, weekdays: [1, 2, 3, 4, 5, 6, 7] }],
};
const weekly: RepeatMission = { ...daily, missionId: 'w', terms: [{ ...daily.terms[0]!, timesPerWeek: 1 }] };
const setting = (n: number) => ({ today: later(first, n), period: { from: first, until: '2026-12-31' } });
const counts = (approved: Record<string, number>, more: Partial<Counts> = {}): Counts => ({
  ...{ taken: approved, approved, waiting: {}, skipped: {}, ...more },
});
/** A member who did something on some days, counted from the first. */
function memberOf(done: readonly number[], more: Partial<Member> = {}, mission: Mission = daily): Member {
  const weeks = new Map<string, Counts>();
  for (const n of done) {
    const [week] = weeksBetween(later(first, n), later(first, n));
    const known = weeks.get(week!.week)?.approved ?? {};
    weeks.set(week!.week, counts({ ...known, [later(first, n)]: 1 }));
  }
  return { accountId: 'a', since: first, excused: [], counts: new Map([[mission.missionId, weeks]]), ...more };
}
test('row 144: in the heat map, too, the days before the choice stay as they were', () => {
  const states = (...quotas: Quota[]) =>
    heatOf([daily], weeksBetween(first, later(first, 13)), memberOf([0, 8], { quotas }), setting(13)).map(
      ({ state }) => state,
    );
  const missed = states();
  // From Saturday of the second week on, three times a week.
  const fewer = { missionId: 'm', from: later(first, 12), timesPerWeek: 3 };
  const again = { missionId: 'm', from: later(first, 14), timesPerWeek: null };

  expect(missed.slice(7)).toEqual(['MISSED', 'DONE', 'MISSED', 'MISSED', 'MISSED', 'MISSED', 'OPEN']);
  expect(states(fewer)).toEqual([...missed.slice(0, 12), 'NONE', 'OPEN']);
  expect(states(fewer, again)).toEqual(states(fewer));
});

const away = (missions: readonly Mission[], n: number, member: Parameters<typeof awayIn>[1]) =>
  awayIn(missions, member, setting(n));

test('days become weeks, and the best streak of days stays to be seen; as often again, it is counted in days again', () => {
  const quotas = (...all: [number, number | null][]) =>
    all.map(([n, timesPerWeek]) => ({ missionId: 'm', from: later(first, n), timesPerWeek }));
  const streak = (n: number, ...all: [number, number | null][]) =>
    streakOf(
      daily,
      weeksBetween(first, later(first, n)),
      memberOf([0, 1, 2, 10, 12, 15, 16, 21, 22], { quotas: quotas(...all) }),
      setting(n),
    );

  expect(streak(22)).toMatchObject({ unit: 'DAY', current: 2, best: 3, former: null });
  expect(streak(22, [10, 2])).toEqual({
    unit: 'WEEK',
    current: 3,
    best: 3,
    pending: 3,
    former: { unit: 'DAY', best: 3 },
  });
  expect(streak(22, [10, 2], [21, null])).toMatchObject({
    unit: 'DAY',
    current: 2,
    best: 3,
    former: { unit: 'WEEK', best: 2 },
  });
  // In the week of the choice the days before it are no part of it.
  expect(
    unitsOf(daily, weeksBetween(first, later(first, 13)), memberOf([10], { quotas: quotas([12, 1]) }), setting(14)).at(
      -1,
    ),
  ).toEqual({
    ...{ unit: 'WEEK', state: 'MISSED' },
  });
});

test.each<[string, number, readonly number[], Partial<Parameters<typeof awayIn>[1]>, [number, number] | undefined]>([
  ['six days', 7, [1], {}, undefined],
  ['seven days', 8, [1], {}, [2, 7]],
  ['nothing since the joining', 7, [], {}, [1, 6]],
  ['joined three days ago', 7, [], { since: later(first, 4) }, undefined],
  ['chosen three days ago', 12, [1], { returnedOn: later(first, 9) }, undefined],
  ['chosen a week ago', 16, [1], { returnedOn: later(first, 9) }, [10, 15]],
  ['excused today', 12, [1], { excused: [{ from: later(first, 3), until: later(first, 12) }] }, undefined],
  ['excused until lately', 12, [1], { excused: [{ from: later(first, 3), until: later(first, 9) }] }, undefined],
  ['excused long ago', 18, [1], { excused: [{ from: later(first, 3), until: later(first, 9) }] }, [10, 17]],
  [
    'an excuse ahead counts for nothing',
    8,
    [1],
    { excused: [{ from: later(first, 20), until: later(first, 22) }] },
    [2, 7],
  ],
])('away, %s', (_, n, done, more, expected) => {
  expect(away([daily], n, memberOf(done, more))).toEqual(
    expected && { from: later(first, expected[0]), until: later(first, expected[1]) },
  );
});

test('who missed nothing is not away: once a week leaves days between, and what is done once may not be due', () => {
  const once: Mission = { kind: 'ONCE', missionId: 'o', from: first, dueDay: later(first, 9) };
  const none = memberOf([], {}, weekly);

  expect(away([weekly], 13, memberOf([0], {}, weekly))).toBeUndefined();
  // Done on Monday of the first week and on Sunday of the second.
  expect(away([weekly], 12, memberOf([0], {}, weekly))).toBeUndefined();
  expect(away([weekly], 14, memberOf([0], {}, weekly))).toEqual({ from: later(first, 1), until: later(first, 13) });
  expect(away([once], 9, none)).toBeUndefined();
  expect(away([once], 10, none)).toEqual({ from: later(first, 1), until: later(first, 9) });
  expect(away([], 30, none)).toBeUndefined();
  // Skips and denied certifications are deeds, too.
  const skipped = new Map([['m', new Map([['2026-W10', counts({}, { skipped: { [later(first, 4)]: 1 } })]])]]);
  expect(away([daily], 10, memberOf([], { counts: skipped }))).toBeUndefined();
  const denied = new Map([['m', new Map([['2026-W10', counts({}, { taken: { [later(first, 4)]: 1 } })]])]]);
  expect(away([daily], 10, memberOf([], { counts: denied }))).toBeUndefined();
});

test('a long time away keeps its last 31 days; what is offered follows from what is asked and chosen', () => {
  const long = { from: first, until: later(first, 59) };
  const member = memberOf([0]);
  const quotas = packedQuotas([{ missionId: 'm', from: first, timesPerWeek: 3 }]);

  expect(gapOf(long, member)).toEqual({ from: later(first, 29), until: later(first, 59) });
  expect(gapOf({ from: first, until: later(first, 5) }, member)).toEqual({ from: first, until: later(first, 5) });
  expect([mostTimes(daily, {}, first), mostTimes(weekly, {}, first), mostTimes(daily, { quotas }, first)]).toEqual([
    6, 0, 2,
  ]);
  expect(wayBackOf([daily, weekly], member, {}, setting(9))).toEqual({
    gap: { from: later(first, 1), until: later(first, 8) },
    fewer: [{ missionId: 'm', most: 6 }],
    restUntil: later(first, 38),
  });
  expect(wayBackOf([daily], member, {}, setting(3))).toBeNull();
});

test('numbers of one’s own come out of a membership as they went in; the later of two on a day holds', () => {
  const one = { missionId: 'm', from: '2026-03-02', timesPerWeek: 3 };
  const again = { missionId: 'm', from: '2026-03-09', timesPerWeek: null };
  const other = { missionId: 'o', from: '2026-03-05', timesPerWeek: 1 };
  const quotas = packedQuotas([again, one, other]);

  expect(quotasIn({ quotas })).toEqual([one, other, again]);
  expect(quotasIn({})).toEqual([]);
  expect(packedQuotas([])).toBeUndefined();
  expect(quotasIn({ quotas: packedQuotas([one, { ...one, timesPerWeek: 2 }]) })).toEqual([{ ...one, timesPerWeek: 2 }]);
  expect(['2026-03-01', '2026-03-02', '2026-03-08', '2026-03-09'].map((day) => quotaOn({ quotas }, 'm', day))).toEqual([
    ...[null, 3, 3, null],
  ]);
  // Another choice takes the place of what was to come.
  expect(withQuota([one, again, other], { missionId: 'm', from: '2026-03-04', timesPerWeek: 1 })).toEqual([
    ...[one, other, { missionId: 'm', from: '2026-03-04', timesPerWeek: 1 }],
  ]);
  const many = Array.from({ length: 40 }, (_, n) => ({ missionId: 'm', from: later(first, n), timesPerWeek: 1 }));
  expect(quotasIn({ quotas: packedQuotas(many) })).toHaveLength(30);
});
