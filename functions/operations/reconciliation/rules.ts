import type { EntityName, ItemOf } from '../../../shared/data/registry.ts';

/** Everything that has counters: a group (its members), those who like it, an account (bricks, groups), its reviews. */
export type SubjectKind = 'group' | 'likes' | 'account' | 'reviews';
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

export const subjectText = ({ kind, id }: Subject) => `${kind}:${id}`;

const subjectKinds: readonly string[] = ['group', 'likes', 'account', 'reviews'] satisfies SubjectKind[];
/** The subject that a text names; undefined where it is of a kind that only another build knows. */
export function subjectOf(text: string): Subject | undefined {
  const [kind, id = ''] = text.split(':') as [string, string?];
  return subjectKinds.includes(kind) ? { kind: kind as SubjectKind, id } : undefined;
}

const group = ({ groupId }: { readonly groupId: string }) => ({ kind: 'group', id: groupId }) as const;
const likes = ({ groupId }: { readonly groupId: string }) => ({ kind: 'likes', id: groupId }) as const;
const account = ({ accountId }: { readonly accountId: string }) => ({ kind: 'account', id: accountId }) as const;
const reviews = ({ accountId }: { readonly accountId: string }) => ({ kind: 'reviews', id: accountId }) as const;

/** The counters of an account, as far as they are reconciled. */
const countsOf = (item: Partial<ItemOf<'Account'>>) =>
  Object.entries(item)
    .filter(([name]) => name === 'bricks' || name.startsWith('groups'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

/**
 * A change of an item: from `old` to `item`; undefined where there was or is none. Where a mark was parked, `item` is what is
 * now, and `old` only what is kept: of changes in a row one at least differs from what is now, so one too many is marked
 * rather than none.
 */
type Touched<E extends EntityName, Kept extends keyof ItemOf<E> = never> = (
  item: ItemOf<E> | undefined,
  old: (Pick<ItemOf<E>, Kept> & Partial<ItemOf<E>>) | undefined,
) => Subject[];

/**
 * Subjects whose counters a change has moved, or has changed the things they count, for each kind of item. Both leave a
 * mark, so that neither drifts unseen.
 */
export const touched: {
  readonly Group: Touched<'Group'>;
  readonly Like: Touched<'Like', 'groupId'>;
  readonly Membership: Touched<'Membership', 'groupId' | 'accountId'>;
  readonly Account: Touched<'Account'>;
  readonly Brick: Touched<'Brick', 'accountId'>;
  readonly ReviewScore: Touched<'ReviewScore'>;
} = {
  Group: (item, old) =>
    item && old
      ? [
          ...(item.memberCount === old.memberCount ? [] : [group(item)]),
          ...(item.likes === old.likes ? [] : [likes(item)]),
        ]
      : [],
  Like: (item, old) => [item ?? old].flatMap((like) => (like ? [likes(like)] : [])),
  Membership: (item, old) =>
    [item ?? old].flatMap((member) => (member && item?.state !== old?.state ? [group(member), account(member)] : [])),
  Account: (item, old) =>
    item && old && JSON.stringify(countsOf(item)) !== JSON.stringify(countsOf(old)) ? [account(item)] : [],
  Brick: (item, old) => [item ?? old].flatMap((brick) => (brick ? [account(brick)] : [])),
  ReviewScore: (item, old) => (item && (item.sum !== old?.sum || item.count !== old.count) ? [reviews(item)] : []),
};

/** A counter that does not fit, as it was seen: the same again, later, is no accident of the moment. */
export const sighting = (counter: string, stands: number, counted: number, moves: number) =>
  `${counter} ${stands} ${counted} ${moves}`;
