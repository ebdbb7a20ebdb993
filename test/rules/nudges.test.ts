import { ownStates } from '../../functions/activity/missions/values.ts';
import { coolDown, isNudgeable } from '../../functions/activity/nudges/rules.ts';

test('row 64: only somebody who has it still to do, and does not rest, can be nudged', () => {
  const able = ownStates.flatMap((state) =>
    [false, true].filter((rests) => isNudgeable(state, rests)).map(() => state),
  );
  expect(able).toEqual(['TODO']);
  expect(isNudgeable('TODO', true)).toBe(false);
});

test('row 64: seconds until the hour is over, a begun one in full, one at least', () => {
  const at = (ms: number) => coolDown('2026-03-02T03:00:00.000Z', Date.parse('2026-03-02T03:00:00.000Z') + ms);
  expect([0, 1, 1000, 1001, 3_599_000, 3_599_999, 3_600_000].map(at)).toEqual([3600, 3600, 3599, 3599, 1, 1, 1]);
});
