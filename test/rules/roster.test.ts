import fc from 'fast-check';
import { namedPicture, pictureName, pictureOf } from '../../functions/accounts/profiles/rules.ts';
import { packed, partOf, parts, unpacked } from '../../functions/groups/core/roster-rules.ts';
import { newId } from '../../shared/core/ids.ts';

const accountId = '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b9f';
const nickname = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((name) => !name.includes('\n'));
const picture = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: 1, max: 8 }).map((avatar) => ({ avatar })),
  fc.uuid().map((uploadId) => pictureOf(accountId, uploadId, 12)),
);

test('a person is packed and unpacked as they are', () => {
  fc.assert(
    fc.property(fc.record({ nickname, picture }), (person) => {
      expect(unpacked(accountId, packed(person))).toEqual(person.picture ? person : { nickname: person.nickname });
    }),
  );
});

test('a name that looks like a picture is a name', () => {
  for (const name of ['3', '3 3', accountId])
    expect(unpacked(accountId, packed({ nickname: name }))).toEqual({ nickname: name });
});

test('a picture is known by its name', () => {
  const picture = pictureOf(accountId, 'u-1', 3);
  expect(namedPicture(accountId, pictureName(picture))).toEqual(picture);
});

test('members are spread over all parts', () => {
  const ids = Array.from({ length: 800 }, () => newId(1_772_420_400_000));
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(partOf(id), (counts.get(partOf(id)) ?? 0) + 1);

  expect([...counts.keys()].sort()).toEqual([...Array(parts).keys()].map(String));
  expect(Math.max(...counts.values())).toBeLessThan(200);
  expect(partOf(accountId)).toBe('7');
});
