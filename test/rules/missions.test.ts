import { repetition } from '../../functions/activity/missions/rules.ts';

const all = [1, 2, 3, 4, 5, 6, 7];

test.each([
  ['매일', { every: 'DAY' }, 7, all],
  ['평일', { every: 'WEEKDAY' }, 5, [1, 2, 3, 4, 5]],
  ['주말', { every: 'WEEKEND' }, 2, [6, 7]],
  ...[1, 2, 3, 4, 5, 6].map((times) => [`주 ${times}일`, { every: 'WEEK', times }, times, all] as const),
] as const)('row 51: %s repeats as often as it says', (_, frequency, timesPerWeek, weekdays) => {
  expect(repetition(frequency)).toEqual({ timesPerWeek, weekdays });
});

test('row 51: no frequency asks for more days than it allows', () => {
  const frequencies = [{ every: 'DAY' }, { every: 'WEEKDAY' }, { every: 'WEEKEND' }] as const;

  for (const { timesPerWeek, weekdays } of frequencies.map(repetition)) expect(weekdays).toHaveLength(timesPerWeek);
});
