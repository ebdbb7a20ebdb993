/** Rows 60, 62, 119: what no history of a group may break. */
import fc from 'fast-check';
import {
  type Counts,
  type Member,
  type RepeatMission,
  shareIn,
  standingIn,
  sumOf,
  weeksBetween,
} from '../../functions/activity/progress/rules.ts';
import { type History, historyOf, later, mondayOf, weekOf, wish } from '../support/histories.ts';
import { runs } from '../support/runs.ts';
import { on } from '../support/slow-progress.ts';

const histories = fc.record(wish).map(historyOf);
const weeksOf = ({ firstDay, setting }: History) => weeksBetween(firstDay, setting.today);
/** The same group as it is on another day. */
const onDay = (history: History, today: string): History => ({ ...history, setting: { ...history.setting, today } });
const shareOf = (history: History, member: Member, weeks = weeksOf(history)) =>
  sumOf(weeks.map((week) => shareIn(history.missions, week, member, history.setting)));

const property = (holds: (history: History, member: Member) => void) =>
  fc.assert(
    fc.property(histories, (history) => {
      for (const member of history.members) holds(history, member);
    }),
    { numRuns: runs(60) },
  );

test('done <= due <= what the weeks ask', () => {
  property((history, member) => {
    for (const mission of history.missions)
      for (const week of mission.kind === 'REPEAT' ? weeksOf(history) : []) {
        const { done, due, asked, missed, left, waiting } = standingIn(
          mission as RepeatMission,
          week,
          member,
          history.setting,
        );
        expect(Math.min(done, missed, left, waiting, due - done, asked - done)).toBeGreaterThanOrEqual(0);
        if (history.setting.today > week.days[6]!) expect(due).toBeLessThanOrEqual(Math.max(asked, done));
      }
  });
});

test('what a new week asks lowers nobody’s rate', () => {
  property((history, member) => {
    const monday = later(mondayOf(history.setting.today), 7);
    const [week] = weeksBetween(monday, monday);
    expect(
      shareIn(
        history.missions.filter(({ kind }) => kind === 'REPEAT'),
        week!,
        member,
        onDay(history, monday).setting,
      ),
    ).toEqual({ done: 0, due: 0 });
  });
});

test('time alone never lifts `done`; a day counts as a miss at the midnight after it, one for each mission at most', () => {
  property((history, member) => {
    const { today } = history.setting;
    const [before, after] = [today, later(today, 1)].map((day) =>
      shareOf(onDay(history, day), member, weeksBetween(history.firstDay, today)),
    );
    expect(after!.done).toBe(before!.done);
    expect(after!.due - before!.due).toBeGreaterThanOrEqual(0);
    expect(after!.due - before!.due).toBeLessThanOrEqual(history.missions.length);
  });
});

/** The history with what is on one day in another state. */
const changed = (member: Member, missionId: string, day: string, to: Partial<Counts>): Member => {
  const weeks = new Map(member.counts.get(missionId) ?? []);
  const week = weeks.get(weekOf(day)) ?? { taken: {}, approved: {}, waiting: {}, skipped: {} };
  const counts = Object.fromEntries(
    Object.entries({ ...week, ...to }).map(([name, days]) => [name, { ...week[name as keyof Counts], ...days }]),
  );
  weeks.set(weekOf(day), counts as unknown as Counts);
  return { ...member, counts: new Map([...member.counts, [missionId, weeks]]) };
};
const higherOrSame = (after: { done: number; due: number }, before: { done: number; due: number }) =>
  after.done * before.due >= before.done * after.due;

test('sending today and waiting lowers nothing, an approval lifts, a second one on the day changes nothing', () => {
  property((history, member) => {
    const { today } = history.setting;
    const { missionId } = history.missions[0]!;
    if (on(history, member.accountId, missionId, today).length > 0) return;
    const before = shareOf(history, member);
    const waits = changed(member, missionId, today, { taken: { [today]: 1 }, waiting: { [today]: 1 } });
    expect(shareOf(history, waits)).toEqual(before);
    const approved = changed(waits, missionId, today, { waiting: { [today]: 0 }, approved: { [today]: 1 } });
    const after = shareOf(history, approved);
    expect(after.done - before.done).toBe(after.due - before.due);
    expect(higherOrSame(after, before)).toBe(true);
    const twice = changed(approved, missionId, today, { approved: { [today]: 2 }, taken: { [today]: 2 } });
    expect(shareOf(history, twice)).toEqual(after);
  });
});

test('neither a skip nor an excuse lowers a rate', () => {
  property((history, member) => {
    const { missionId } = history.missions[0]!;
    const before = shareOf(history, member);
    for (let day = history.firstDay; day <= history.setting.today; day = later(day, 3)) {
      const away = { ...member, excused: [...member.excused, { from: day, until: later(day, 2) }] };
      expect(higherOrSame(shareOf(history, away), before)).toBe(true);
      if (on(history, member.accountId, missionId, day).length > 0) continue;
      const skips = changed(member, missionId, day, { skipped: { [day]: 1 } });
      expect(higherOrSame(shareOf(history, skips), before)).toBe(true);
    }
  });
});
