import type { Frequency } from '../../groups/core/items.ts';

const allDays = [1, 2, 3, 4, 5, 6, 7] as const;

/** Row 51: 매일 7, 평일 5 (Monday to Friday), 주말 2 (Saturday, Sunday), 주 n일 n on any days. */
export function repetition(frequency: Frequency): {
  readonly timesPerWeek: number;
  readonly weekdays: readonly number[];
} {
  switch (frequency.every) {
    case 'DAY':
      return { timesPerWeek: 7, weekdays: allDays };
    case 'WEEKDAY':
      return { timesPerWeek: 5, weekdays: [1, 2, 3, 4, 5] };
    case 'WEEKEND':
      return { timesPerWeek: 2, weekdays: [6, 7] };
    default:
      return { timesPerWeek: frequency.times, weekdays: allDays };
  }
}
