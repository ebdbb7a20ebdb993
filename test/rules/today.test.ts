import { weeksBy } from '../../functions/activity/missions/week-rules.ts';
import {
  cardIn,
  cardOf,
  missionsIn,
  packed,
  packedQueue,
  progressOf,
  queueIn,
} from '../../functions/activity/today/rules.ts';

const mission = {
  ...({ missionId: 'm1', title: 'Run', kind: 'REPEAT', way: 'TEXT', timesPerWeek: 3, perDayLimit: 2 } as const),
  ...{ weekdays: [1, 2, 3, 4, 5, 6, 7], status: 'ONGOING' as const, createdAt: '2026-03-01T00:00:00.000Z' },
};
const week = (counts: Record<string, number>) =>
  weeksBy([{ groupId: 'g', accountId: 'a', missionId: 'm1', week: '2026-W10', until: '2026-03-08', n: 1, ...counts }]);

test('missions come out of an agenda as they went in, oldest first', () => {
  const other = { ...mission, missionId: 'm0', title: '책 "읽기"' };
  const agenda = {
    groupId: 'g',
    certifications: 'since c1 a1',
    'mission m1': packed(mission)!,
    'mission m0': packed(other)!,
  };

  expect(missionsIn(agenda)).toEqual([other, mission]);
  expect(missionsIn(undefined)).toEqual([]);
  expect((['SUCCESS', 'END', 'FAIL'] as const).map((status) => packed({ ...mission, status }))).toEqual(
    Array(3).fill(undefined),
  );
});

test('a queue is packed oldest first, so many and no more, and comes out as it went in', () => {
  const all = [3, 1, 2].map((n) => ({
    since: `2026-03-0${n}T00:00:00.000Z`,
    certificationId: `c${n}`,
    accountId: `a${n}`,
  }));

  expect(queueIn({ certifications: packedQueue(all, 2)! })).toEqual([all[1], all[2]]);
  expect(packedQueue([], 2)).toBe(undefined);
  expect(queueIn(undefined)).toEqual([]);
});

// 2 March 2026 is a Monday.
const isAsked = (weekdays: readonly number[], date: number) => weekdays.includes(((date + 5) % 7) + 1);
const inFirstWeek = (date: number) => date >= 2 && date <= 8;

test('rows 42, 51: the progress of a mission is closed on other weekdays, before and after the group is open, and tells the days done', () => {
  const counts = week({ '2026-03-02': 1, total: 1 });
  const open = { startDate: '2026-03-02', endDate: '2026-03-08', closes: true, over: false };
  const different: unknown[] = [];
  for (let weekdays = 0; weekdays < 128; weekdays++)
    for (let date = 1; date <= 12; date++) {
      const today = `2026-03-${String(date).padStart(2, '0')}`;
      const asked = [1, 2, 3, 4, 5, 6, 7].filter((each) => weekdays & ((1 << each) >> 1));
      const { days, left, closed } = progressOf({ ...mission, weekdays: asked }, counts, {
        ...{ today, hours: open, now: Date.parse(`${today}T12:00:00Z`), member: {} },
      });
      const expected = date < 2 || date > 9 ? 'NOT_IN_PERIOD' : isAsked(asked, date) ? null : 'NOT_ON_WEEKDAY';
      const most = expected ? 0 : date === 2 ? 1 : 2;
      const told = inFirstWeek(date) ? 1 : 0;
      if (closed !== expected || left !== most || days.length !== told) different.push([today, asked, closed, left]);
    }

  expect(different).toEqual([]);
});

test('a card comes out of an agenda as it went in; without one there is none', () => {
  const card = cardOf({ notice: '오늘 "정오"', memberCount: 3, capacity: 10 });

  expect(card).toEqual({ notice: '오늘 "정오"', memberCount: 3, capacity: 10, asksLeader: false });
  expect(cardOf({ memberCount: 3, capacity: 10, excusesNeedApproval: true }).asksLeader).toBe(true);
  expect(cardOf({ memberCount: 3, capacity: 10 }).notice).toBeNull();
  expect(cardIn({ groupId: 'g', card: JSON.stringify(card) })).toEqual(card);
  expect([cardIn({ groupId: 'g' }), cardIn(undefined)]).toEqual([undefined, undefined]);
});
