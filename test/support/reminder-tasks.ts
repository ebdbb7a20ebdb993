/** What somebody may be reminded of. */
import type { Circle, Task } from '../../functions/activity/reminders/moment-rules.ts';

export const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** A group whose days are those of Seoul. */
export const circle = (over: Partial<Circle> = {}): Circle => ({
  ...{ groupId: 'g1', title: 'Readers', from: '2020-01-01', until: '2999-12-31', ends: false },
  days: { timeZone: 'Asia/Seoul' },
  ...over,
});
export const task = (over: Partial<Task> = {}): Task => ({
  ...{ circle: circle(), missionId: 'm1', title: 'Read', kind: 'REPEAT', weekdaysOn: () => everyDay },
  ...over,
});
