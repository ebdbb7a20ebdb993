import {
  type Subject,
  sighting,
  subjectOf,
  subjectText,
  touched,
} from '../../functions/operations/reconciliation/rules.ts';

const ids = { groupId: 'g', accountId: 'a' };
const at = (type: keyof typeof touched, before: object | undefined, after: object | undefined) => {
  const rule: (item: never, old: never) => Subject[] = touched[type];
  return rule((after && { ...ids, ...after }) as never, (before && { ...ids, ...before }) as never).map(subjectText);
};

test.each([
  ['Group', { memberCount: 1 }, { memberCount: 2 }, ['group:g']],
  ['Group', { memberCount: 1, title: 'a' }, { memberCount: 1, title: 'b' }, []],
  ['Group', { likes: 1 }, { likes: 2 }, ['likes:g']],
  ['Group', { likes: 1, memberCount: 1 }, { likes: 0, memberCount: 2 }, ['group:g', 'likes:g']],
  ['Group', undefined, { memberCount: 1 }, []],
  ['Group', { memberCount: 1 }, undefined, []],
  ['Like', undefined, {}, ['likes:g']],
  ['Like', {}, undefined, ['likes:g']],
  ['Membership', undefined, { state: 'ACTIVE' }, ['group:g', 'account:a']],
  ['Membership', { state: 'ACTIVE' }, { state: 'LEFT' }, ['group:g', 'account:a']],
  ['Membership', { state: 'ACTIVE' }, undefined, ['group:g', 'account:a']],
  ['Membership', { state: 'ACTIVE', role: 'MEMBER' }, { state: 'ACTIVE', role: 'MANAGER' }, []],
  ['Account', { bricks: 1 }, { bricks: 2 }, ['account:a']],
  ['Account', {}, { groupsTEAM: 1 }, ['account:a']],
  ['Account', { groupsTEAM: 1 }, {}, ['account:a']],
  ['Account', { bricks: 1, nickname: 'a' }, { bricks: 1, nickname: 'b' }, []],
  ['Account', undefined, { bricks: 0 }, []],
  ['Account', { bricks: 0 }, undefined, []],
  ['Brick', undefined, {}, ['account:a']],
  ['Brick', {}, undefined, ['account:a']],
  ['ReviewScore', undefined, { sum: 5, count: 1 }, ['reviews:a']],
  ['ReviewScore', { sum: 5, count: 1 }, { sum: 7, count: 1 }, ['reviews:a']],
  ['ReviewScore', { sum: 5, count: 1 }, { sum: 5, count: 1 }, []],
  ['ReviewScore', { sum: 5, count: 1 }, undefined, []],
] as const)('row 129: of a %s from %j to %j, marked are %j', (type, before, after, expected) => {
  expect(at(type, before, after)).toEqual(expected);
});

test('a subject is read as it was written; what is none is told apart', () => {
  for (const kind of ['group', 'likes', 'account', 'reviews'] as const)
    expect(subjectOf(subjectText({ kind, id: '1' }))).toEqual({ kind, id: '1' });
  expect([subjectOf('weather:1'), subjectOf('')]).toEqual([undefined, undefined]);
  expect(sighting('bricks', 1, 2, 3)).not.toBe(sighting('bricks', 1, 2, 4));
});
