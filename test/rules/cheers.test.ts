import { areSame, cheersFor, countsOf, kindsOf } from '../../functions/activity/cheers/rules.ts';

test('row 63: kinds come in one order, without those that nobody cheers with', () => {
  const counts = { STAR: 2, HEART: 1, CRY: 0 };

  expect(cheersFor(counts, { 'kind STAR': 1, 'kind CRY': 1 })).toEqual([
    { kind: 'HEART', count: 1, mine: false },
    { kind: 'STAR', count: 2, mine: true },
  ]);
  expect(cheersFor(undefined, undefined)).toEqual([]);
  expect(countsOf(counts)).toEqual({ HEART: 1, CLAP: 0, FIRE: 0, SMILE: 0, CRY: 0, STAR: 2 });
  expect(kindsOf({ 'kind STAR': 1, 'kind HEART': 1 })).toEqual(['HEART', 'STAR']);
});

test('counts are the same, whether none is missing or zero', () => {
  expect(areSame({ HEART: 0, STAR: 1 }, { STAR: 1 })).toBe(true);
  expect(areSame(undefined, { CLAP: 0 })).toBe(true);
  expect(areSame({ STAR: 1 }, undefined)).toBe(false);
  expect(areSame({ STAR: 1 }, { STAR: 2 })).toBe(false);
});
