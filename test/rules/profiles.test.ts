import type { AccountItem } from '../../functions/accounts/accounts/items.ts';
import { changesOf, objectsOf, pictureOf, replacedObjects } from '../../functions/accounts/profiles/rules.ts';
import { isActive } from '../../shared/access/accounts.ts';

test('row 15: what is not named stays, null and an empty text take away, the rest is set', () => {
  expect(changesOf({})).toEqual({ set: {}, remove: [] });
  expect(
    changesOf({
      nickname: 'mina',
      introduction: '',
      website: null,
      gender: 'OTHER',
      birthDate: undefined,
      locale: 'ko',
    }),
  ).toEqual({ set: { nickname: 'mina', gender: 'OTHER', locale: 'ko' }, remove: ['introduction', 'website'] });
});

test.each([
  ['ACTIVE', true],
  ['PENDING', false],
  ['REJECTED', false],
  ['WITHDRAWN', false],
] as const)('row 15: an account that is %s is seen: %s', (status, expected) => {
  expect(isActive({ status } as AccountItem)).toBe(expected);
});

test('row 16: a picture is kept with its account and its upload; replaced, what the new one does not need may go', () => {
  const [first, second] = [pictureOf('a1', 'u1', 1), pictureOf('a1', 'u2', 1)];

  expect(first).toEqual({ key: 'pictures/a1/u1-1-full.webp', thumbnailKey: 'pictures/a1/u1-1-thumbnail.webp' });
  expect([objectsOf(first), objectsOf({ avatar: 3 }), objectsOf(undefined)]).toEqual([Object.values(first), [], []]);
  expect(replacedObjects(first, second)).toEqual(Object.values(first));
  expect(replacedObjects(first, { avatar: 1 })).toEqual(Object.values(first));
  expect(replacedObjects(first, undefined)).toEqual(Object.values(first));
  expect(replacedObjects(first, first)).toEqual([]);
  expect(replacedObjects({ avatar: 1 }, first)).toEqual([]);
  expect(replacedObjects(undefined, undefined)).toEqual([]);
  // Chosen again at a later version of the account, it is in another place.
  expect(replacedObjects(first, pictureOf('a1', 'u1', 2))).toEqual(Object.values(first));
});
