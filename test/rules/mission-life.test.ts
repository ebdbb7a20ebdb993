import { countMove, lifeOf } from '../../functions/activity/missions/life-rules.ts';

const yesNo = [true, false];
const all = yesNo.flatMap((begun) =>
  yesNo.flatMap((over) =>
    yesNo.flatMap((ended) =>
      yesNo.flatMap((anyDone) => yesNo.map((allDone) => ({ begun, over, ended, anyDone, allDone }))),
    ),
  ),
);

test('row 59: of all that may be, a mission that is done once has the status that the words of the row give', () => {
  const slow = ({ begun, over, ended, anyDone, allDone }: (typeof all)[number]) => {
    const words: [string, boolean][] = [
      ['END', ended],
      ['WAIT', !begun],
      ['SUCCESS', anyDone && allDone],
      ['FAIL', over && !anyDone],
      ['END', over],
      ['ONGOING', true],
    ];
    return words.find(([, holds]) => holds)![0];
  };

  expect(all.map((facts) => lifeOf('ONCE', facts))).toEqual(all.map(slow));
});

test('row 59: a repeated mission begins, and ends by hand alone', () => {
  const statuses = all.map((facts) => [facts.ended, facts.begun, lifeOf('REPEAT', facts)]);

  expect(statuses.every(([ended, begun, status]) => status === (ended ? 'END' : begun ? 'ONGOING' : 'WAIT'))).toBe(
    true,
  );
});

test('counts move from what was told to what is', () => {
  const told = ['DONE', 'SKIPPED', undefined] as const;
  for (const from of told)
    for (const to of told) {
      const { done = 0, skipped = 0 } = countMove(from, to);
      const of = (which: 'DONE' | 'SKIPPED') => Number(to === which) - Number(from === which);
      expect([from, to, done, skipped]).toEqual([from, to, of('DONE'), of('SKIPPED')]);
    }
});
