/** Row 68: when a week of a repeated mission is full, against a slow and obvious second computation. */
import fc from 'fast-check';
import { weeksBetween } from '../../functions/activity/progress/rules.ts';
import { isFullWeek } from '../../functions/activity/progress/team-rules.ts';
import { addDays } from '../../shared/core/time.ts';

const monday = '2026-03-02';
const day = fc.record({
  asked: fc.boolean(),
  state: fc.constantFrom('APPROVED', 'WAITING', 'SKIPPED', 'NOTHING'),
  excused: fc.boolean(),
});

test('row 68: a week is full when so many days are approved as it asks for, without those that are excused', () => {
  fc.assert(
    fc.property(
      fc.array(day, { minLength: 7, maxLength: 7 }),
      fc.integer({ min: 1, max: 7 }),
      fc.nat(6),
      (days, timesPerWeek, sinceDay) => {
        const dates = days.map((_, i) => addDays(monday, i));
        const of = (state: string) =>
          Object.fromEntries(dates.filter((_, i) => days[i]!.state === state).map((each) => [each, 1]));
        const counts = { taken: {}, approved: of('APPROVED'), waiting: of('WAITING'), skipped: of('SKIPPED') };
        const member = {
          ...{ accountId: 'a', since: dates[sinceDay]! },
          excused: dates.filter((_, i) => days[i]!.excused).map((each) => ({ from: each, until: each })),
          counts: new Map([['m', new Map([['2026-W10', counts]])]]),
        };
        const weekdays = days.flatMap(({ asked }, i) => (asked ? [i + 1] : []));
        const mission = {
          kind: 'REPEAT' as const,
          missionId: 'm',
          from: monday,
          terms: [{ from: '', timesPerWeek, weekdays }],
        };
        const setting = { period: { from: monday, until: '2026-12-31' }, today: dates[6]! };

        let [approved, asks] = [0, 0];
        for (let i = sinceDay; i < 7; i++) {
          if (!days[i]!.asked) continue;
          if (days[i]!.state === 'APPROVED') approved++;
          if (days[i]!.state === 'APPROVED' || !days[i]!.excused) asks++;
        }
        const full = asks > 0 && approved >= (asks < timesPerWeek ? asks : timesPerWeek);
        expect(isFullWeek(mission, weeksBetween(monday, monday)[0]!, member, setting)).toBe(full);
      },
    ),
    { numRuns: 500 },
  );
});
