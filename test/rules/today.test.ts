import {
  cardIn,
  cardOf,
  doneFor,
  leftToday,
  missionsIn,
  packed,
  packedQueue,
  progressOf,
  queueIn,
} from '../../functions/activity/today/rules.ts';

const mission = {
  ...({ missionId: 'm1', title: 'Run', way: 'TEXT', timesPerWeek: 3, perDayLimit: 2 } as const),
  weekdays: [1, 2, 3, 4, 5, 6, 7],
};
const week = (counts: Record<string, number>) => ({ accountId: 'a', week: '2026-W10', expiresAt: 1, ...counts });

test('row 53: what is left today, for every day and week that is partly or wholly used, against counting up', () => {
  const different: unknown[] = [];
  for (let today = 0; today <= 3; today++)
    for (let others = 0; others <= 4; others++)
      for (const closed of [undefined, 'NOT_IN_PERIOD', 'NOT_ON_WEEKDAY'] as const) {
        const total = today + others;
        const done = doneFor('m1', week({ '2026-03-03 m1': today, '2026-03-02 m1': others, 'total m1': total }));
        // The slow way: certify as long as neither the day nor the week is full.
        let expected = 0;
        while (!closed && today + expected < mission.perDayLimit && total + expected < mission.timesPerWeek) expected++;
        if (leftToday(mission, done, '2026-03-03', closed) !== expected) different.push([today, others, closed]);
      }

  expect(different).toEqual([]);
});

test('a week counts each mission for itself, and leaves out days that were given back', () => {
  const counts = week({ '2026-03-03 m1': 1, '2026-03-02 m1': 0, '2026-03-04 m2': 1, 'total m1': 1, 'total m2': 1 });

  expect(doneFor('m1', counts)).toEqual({ days: [{ day: '2026-03-03', certifications: 1 }], total: 1 });
  expect(doneFor('m3', counts)).toEqual({ days: [], total: 0 });
  expect(doneFor('m1', undefined)).toEqual({ days: [], total: 0 });
});

test('missions come out of an agenda as they went in, oldest first', () => {
  const other = { ...mission, missionId: 'm0', title: '책 "읽기"' };
  const agenda = {
    groupId: 'g',
    certifications: 'since c1 a1',
    'mission m1': packed(mission),
    'mission m0': packed(other),
  };

  expect(missionsIn(agenda)).toEqual([other, mission]);
  expect(missionsIn(undefined)).toEqual([]);
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

test('rows 42, 51: the progress of a mission is closed on other weekdays, before and after the group is open, and tells the days done', () => {
  const counts = week({ '2026-03-02 m1': 1, 'total m1': 1 });
  const open = { startDate: '2026-03-02', endDate: '2026-03-08', closes: true, over: false };
  // 2 March 2026 is a Monday.
  const different: unknown[] = [];
  for (let weekdays = 0; weekdays < 128; weekdays++)
    for (let date = 1; date <= 12; date++) {
      const today = `2026-03-${String(date).padStart(2, '0')}`;
      const asked = [1, 2, 3, 4, 5, 6, 7].filter((each) => weekdays & ((1 << each) >> 1));
      const { days, left, closed } = progressOf({ ...mission, weekdays: asked }, counts, today, open);
      const nth = ((date + 5) % 7) + 1;
      const expected = date < 2 || date > 9 ? 'NOT_IN_PERIOD' : asked.includes(nth) ? null : 'NOT_ON_WEEKDAY';
      const most = expected ? 0 : date === 2 ? 1 : 2;
      if (closed !== expected || left !== most || days.length !== 1) different.push([today, asked, closed, left]);
    }

  expect(different).toEqual([]);
});

test('a card comes out of an agenda as it went in; without one there is none', () => {
  const card = cardOf({ notice: '오늘 "정오"', memberCount: 3, capacity: 10 });

  expect(card).toEqual({ notice: '오늘 "정오"', memberCount: 3, capacity: 10 });
  expect(cardOf({ memberCount: 3, capacity: 10 }).notice).toBeNull();
  expect(cardIn({ groupId: 'g', card: JSON.stringify(card) })).toEqual(card);
  expect([cardIn({ groupId: 'g' }), cardIn(undefined)]).toEqual([undefined, undefined]);
});
