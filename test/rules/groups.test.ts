import { isOffered, joinRefusal, periodErrors, statusOn } from '../../functions/groups/rules.ts';

const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'];
const [first, second, third, fourth] = days as [string, string, string, string];

test.each([
  [second, third, []],
  [first, first, []],
  [first, third, ['/startDate startInPast']],
  [fourth, third, ['/endDate endBeforeStart']],
  [first, '2026-11-19', ['/startDate startInPast', '/endDate endBeforeStart']],
])('row 23: on the second day, from %s to %s', (startDate, endDate, expected) => {
  const today = startDate === first && endDate === first ? first : second;

  const errors = periodErrors({ startDate, endDate }, today);

  expect(errors.map(({ pointer, reason }) => `${pointer} ${reason}`)).toEqual(expected);
});

const terms = (memberCount: number) => ({ startDate: second, endDate: third, capacity: 3, memberCount });

test.each([
  [first, 1, 'RECRUITING'],
  [first, 2, 'RECRUITING'],
  [first, 3, 'IN_PROGRESS'],
  [second, 1, 'IN_PROGRESS'],
  [second, 3, 'IN_PROGRESS'],
  [third, 1, 'IN_PROGRESS'],
  [third, 3, 'IN_PROGRESS'],
  [fourth, 1, 'FINISHED'],
  [fourth, 3, 'FINISHED'],
])('row 41: on %s with %i of 3 seats taken a group is %s', (today, taken, status) => {
  expect(statusOn(today, terms(taken))).toBe(status);
});

test.each([
  [first, 2, true],
  [first, 3, false],
  [second, 2, true],
  [third, 2, true],
  [third, 3, false],
  [fourth, 1, false],
])('row 32: on %s with %i of 3 seats taken a group is offered: %s', (today, taken, offered) => {
  expect(isOffered(today, terms(taken))).toBe(offered);
});

describe('rows 27, 31: why one may not join', () => {
  const states = [undefined, 'ACTIVE', 'LEFT', 'KICKED'] as const;
  const cases = states.flatMap((state) =>
    [third, fourth].flatMap((today) =>
      ['INSTANT', 'APPLICATION'].flatMap((joinPolicy) => [2, 3].map((taken) => ({ state, today, joinPolicy, taken }))),
    ),
  );

  test.each(cases)(
    '$state on $today by $joinPolicy with $taken of 3 seats taken',
    ({ state, today, joinPolicy, taken }) => {
      // What one is to the group weighs more than what the group is, and that more than its seats.
      const reasons = [
        [state === 'ACTIVE', 'ALREADY_MEMBER'],
        [state === 'KICKED', 'KICKED'],
        [today === fourth, 'GROUP_CLOSED'],
        [joinPolicy !== 'INSTANT', 'JOIN_BY_OTHER_WAY'],
        [taken === 3, 'GROUP_FULL'],
      ] as const;

      const refusal = joinRefusal(today, { ...terms(taken), joinPolicy }, state);

      expect(refusal).toBe(reasons.find(([holds]) => holds)?.[1]);
    },
  );

  test('row 31: whoever left may come back, whoever was removed may not', () => {
    const group = { ...terms(2), joinPolicy: 'INSTANT' };

    expect(joinRefusal(third, group, 'LEFT')).toBeUndefined();
    expect(joinRefusal(third, group, 'KICKED')).toBe('KICKED');
  });
});
