import { noEnd } from '../../functions/groups/core/rules.ts';
import { daysRun, endOfGrace, goesAtOnce, maySet } from '../../functions/groups/lifecycle/rules.ts';

const statuses = ['RECRUITING', 'IN_PROGRESS', 'FINISHED', 'COMPLETED'] as const;
const settable = ['RECRUITING', 'IN_PROGRESS', 'COMPLETED'] as const;
const edges = (ended: boolean) =>
  statuses.flatMap((from) => settable.filter((to) => maySet(from, to, ended)).map((to) => `${from} ${to}`));

test('row 41: every edge that a leader may take, before the last day is over and after it', () => {
  expect(edges(false)).toEqual([
    // To set what the dates say already keeps it so.
    'RECRUITING RECRUITING',
    'RECRUITING IN_PROGRESS',
    'RECRUITING COMPLETED',
    'IN_PROGRESS RECRUITING',
    'IN_PROGRESS IN_PROGRESS',
    'IN_PROGRESS COMPLETED',
    'FINISHED COMPLETED',
    'COMPLETED RECRUITING',
    'COMPLETED IN_PROGRESS',
  ]);
  expect(edges(true)).toEqual(['RECRUITING COMPLETED', 'IN_PROGRESS COMPLETED', 'FINISHED COMPLETED']);
});

test('row 39: at once if alone or an open room, else in three days', () => {
  const kinds = ['CHALLENGE', 'STUDY', 'OPEN_ROOM', 'PRIVATE_GROUP', 'TEAM', 'CLUB'] as const;

  expect(kinds.filter((kind) => goesAtOnce(kind, 1))).toEqual(['OPEN_ROOM']);
  expect(kinds.filter((kind) => goesAtOnce(kind, 0))).toEqual(kinds);
  expect(endOfGrace(0)).toBe(3 * 24 * 3600 * 1000);
});

test.each([
  ['2026-03-02', '2026-03-15', '2026-03-01', 0],
  ['2026-03-02', '2026-03-15', '2026-03-02', 1],
  ['2026-03-02', '2026-03-15', '2026-03-15', 14],
  ['2026-03-02', '2026-03-15', '2026-04-15', 14],
  ['2026-03-02', noEnd, '2027-03-02', 366],
])('row 40: a group from %s to %s has run on %s for %i days', (start, end, today, days) => {
  expect(daysRun(start, end, today)).toBe(days);
});
