import { decidedState, hidesAll, isOpenTo, newsOf, waitingPlace } from '../../functions/operations/reports/rules.ts';
import type { CaseState } from '../../functions/operations/reports/values.ts';

const states: readonly CaseState[] = ['REPORTED', 'HIDDEN', 'KEPT'];
const yesNo = [true, false];

test('row 83: the third report since the last decision hides, but not what was kept', () => {
  const hiding = states.flatMap((state) =>
    [0, 1, 2, 3].filter((open) => hidesAll({ state, open })).map((open) => [state, open]),
  );

  expect(hiding).toEqual([
    ['REPORTED', 2],
    ['REPORTED', 3],
    ['HIDDEN', 2],
    ['HIDDEN', 3],
  ]);
});

test('row 83: the leader hears when something begins to wait, and when the third report hides it; of no other report', () => {
  const news = states.flatMap((state) =>
    yesNo.flatMap((waits) => yesNo.map((hides) => [state, waits, hides, newsOf({ state, waits }, hides)])),
  );

  expect(news.filter(([, , , told]) => told)).toEqual([
    ['REPORTED', true, true, 'hidden'],
    ['REPORTED', false, true, 'hidden'],
    ['REPORTED', false, false, 'received'],
    ['HIDDEN', false, false, 'received'],
    ['KEPT', true, true, 'hidden'],
    ['KEPT', false, true, 'hidden'],
    ['KEPT', false, false, 'received'],
  ]);
});

test('a decision decides something where reports wait, or where it was decided otherwise', () => {
  const open = states.flatMap((state) =>
    [undefined, 'a group'].flatMap((waitingIn) =>
      (['HIDE', 'KEEP'] as const)
        .filter((decision) => isOpenTo({ state, ...(waitingIn ? { waitingIn } : {}) }, decision))
        .map((decision) => `${state} ${waitingIn ? 'waiting' : 'decided'} ${decision}`),
    ),
  );

  expect(open).toEqual([
    'REPORTED decided HIDE',
    'REPORTED decided KEEP',
    'REPORTED waiting HIDE',
    'REPORTED waiting KEEP',
    'HIDDEN decided KEEP',
    'HIDDEN waiting HIDE',
    'HIDDEN waiting KEEP',
    'KEPT decided HIDE',
    'KEPT waiting HIDE',
    'KEPT waiting KEEP',
  ]);
  expect([decidedState('HIDE'), decidedState('KEEP')]).toEqual(['HIDDEN', 'KEPT']);
});

test('row 125: what the leader wrote is for administrators', () => {
  expect([waitingPlace('group', 'leader', 'leader'), waitingPlace('group', 'member', 'leader')]).toEqual([
    'ADMIN',
    'group',
  ]);
});
