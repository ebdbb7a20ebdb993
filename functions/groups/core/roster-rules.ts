/** How the roster of a group is packed: which part a member is in, and a member as one short text. */
import type { Person } from '../../accounts/accounts/people.ts';
import { namedPicture, pictureName } from '../../accounts/profiles/rules.ts';

/**
 * A join rewrites one part, at a unit a KB: one unit up to some 70 members, at most seven in a club of 500. More parts would
 * make every reading larger, by 190 bytes each.
 */
export const parts = 8;

/** The part of the roster that an account is in. The last digit of an id is random. */
export const partOf = (accountId: string): string => String(Number.parseInt(accountId.slice(-1), 16) % parts);

const line = '\n';

/** A person in a text: the name, and on a second line the number of an avatar or the name of the picture. */
export function packed({ nickname, picture }: Person): string {
  if (!picture) return nickname;
  return [nickname, 'avatar' in picture ? picture.avatar : pictureName(picture)].join(line);
}

/** The person in a text that `packed` made. */
export function unpacked(accountId: string, text: string): Person {
  const [nickname = '', picture] = text.split(line);
  if (picture === undefined) return { nickname };
  return { nickname, picture: /^\d+$/.test(picture) ? { avatar: Number(picture) } : namedPicture(accountId, picture) };
}
