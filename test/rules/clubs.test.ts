import { leavesProfile, missingFields, profileErrors } from '../../functions/groups/clubs/rules.ts';
import { type ClubAsk, clubAsks, groupKinds } from '../../functions/groups/core/values.ts';
import { memberStates } from '../../shared/access/powers.ts';

const values = { realName: '김보라', level: 4, homeGym: 'Rock Valley' } as const;
const named = { REAL_NAME: 'realName', LEVEL: 'level', HOME_GYM: 'homeGym' } as const;
/** Every subset of a list. */
const subsets = <T>(of: readonly T[]): T[][] =>
  Array.from({ length: 2 ** of.length }, (_, bits) => of.filter((_, i) => bits & (1 << i)));

test('row 15: of everything that is asked for and given in any way, exactly what lacks is missing', () => {
  for (const asks of subsets(clubAsks))
    for (const given of subsets(clubAsks)) {
      const profile = Object.fromEntries(given.map((ask) => [named[ask], values[named[ask]]]));
      const lacks: string[] = [];
      for (const ask of asks) if (!given.includes(ask)) lacks.push(named[ask]);

      expect(missingFields(asks, profile)).toEqual(lacks);
      expect(profileErrors({ kind: 'CLUB', asks }, profile)).toEqual(
        lacks.map((field) => ({ field, reason: 'required' })),
      );
    }
  expect(missingFields(undefined, undefined)).toEqual([]);
  expect(missingFields(['LEVEL'] satisfies ClubAsk[], undefined)).toEqual(['level']);
});

test('row 15: no other kind has profiles', () => {
  for (const kind of groupKinds.filter((each) => each !== 'CLUB')) {
    expect(profileErrors({ kind }, undefined)).toEqual([]);
    expect(profileErrors({ kind }, {})).toEqual([{ field: undefined, reason: 'onlyClubs' }]);
  }
  expect(profileErrors({ kind: 'CLUB' }, undefined)).toEqual([]);
});

test('row 15: a profile is left behind where somebody was in or waited, and now neither is', () => {
  const states = [undefined, ...memberStates];
  const found = states.flatMap((before) =>
    states.filter((after) => leavesProfile(before, after)).map((after) => `${before} -> ${after ?? 'none'}`),
  );

  expect(found.toSorted()).toEqual([
    'ACTIVE -> KICKED',
    'ACTIVE -> LEFT',
    'ACTIVE -> none',
    'PENDING -> KICKED',
    'PENDING -> LEFT',
    'PENDING -> none',
  ]);
});
