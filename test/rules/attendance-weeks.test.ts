/** Rows 96, 101, 156: who has come of those who can, and absences that give way. */
import type { AttendanceItem } from '../../functions/activity/attendance/items.ts';
import { givesWay, hereOf, wasTooEarly } from '../../functions/activity/attendance/rules.ts';

test('row 156: who came today, of the members who did not come on another day and have no day off', () => {
  const members = new Map([...'abcdefg'].map((each) => [each, undefined]));
  const row = (accountId: string, day: string, state: AttendanceItem['state']) => ({ accountId, day, state });
  const [monday, today] = ['2026-03-09', '2026-03-10'];
  const rows = [
    ...[row('a', today, 'PRESENT'), row('b', today, 'LATE'), row('c', today, 'PENDING'), row('d', monday, 'REJECTED')],
    ...[row('e', monday, 'PRESENT'), row('f', monday, 'HOLIDAY'), row('gone', today, 'PRESENT')],
  ];
  expect(hereOf(rows, today, members)).toEqual({ came: 2, of: 5 });
  expect(hereOf([], today, members)).toEqual({ came: 0, of: 7 });
});

test('rows 96, 101: an absence of the night gives way in a week that goes on, and one of a manager does not', () => {
  const row = (state: AttendanceItem['state'], more: object = {}) =>
    ({ state, day: '2026-03-11', ...more }) as AttendanceItem;
  const [same, next] = ['2026-03-11', '2026-03-13'];
  const way = (before: AttendanceItem, today: string) => [wasTooEarly(before, today), givesWay(before, today)];
  expect([way(row('ABSENT'), next), way(row('ABSENT'), same)]).toEqual([
    [true, true],
    [false, false],
  ]);
  expect(way(row('ABSENT', { decidedBy: 'a manager' }), next)).toEqual([false, false]);
  expect([way(row('REJECTED'), same), way(row('PRESENT'), next)]).toEqual([
    [false, true],
    [false, false],
  ]);
});
