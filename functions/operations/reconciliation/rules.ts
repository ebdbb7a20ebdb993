/** What has counters: a group (its members), those who like it, an account (bricks, groups), what others think of it. */
export type SubjectKind = 'group' | 'likes' | 'account' | 'reviews';
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

export const subjectText = ({ kind, id }: Subject) => `${kind}:${id}`;

const subjectKinds: readonly string[] = ['group', 'likes', 'account', 'reviews'] satisfies SubjectKind[];
/** The subject that a text names; undefined for what no version of moim that is at work has written. */
export function subjectOf(text: string): Subject | undefined {
  const [kind, id = ''] = text.split(':') as [string, string?];
  return subjectKinds.includes(kind) ? { kind: kind as SubjectKind, id } : undefined;
}

type Item = Readonly<Record<string, unknown>>;
const isCount = (name: string) => name === 'bricks' || name.startsWith('groups');

/** Whose counters a change has moved, or has changed what they count. Both leave a mark, so that neither drifts unseen. */
export function touched(item: Item | undefined, old: Item | undefined): Subject[] {
  const one = item ?? old ?? {};
  const [groupId, accountId] = [String(one.groupId), String(one.accountId)];
  const differs = (name: string) => item?.[name] !== old?.[name];
  switch (one.type) {
    case 'Group':
      return item && old
        ? [
            ...(differs('memberCount') ? [{ kind: 'group', id: groupId } as const] : []),
            ...(differs('likes') ? [{ kind: 'likes', id: groupId } as const] : []),
          ]
        : [];
    case 'Like':
      return [{ kind: 'likes', id: groupId }];
    case 'Membership':
      return differs('state')
        ? [
            { kind: 'group', id: groupId },
            { kind: 'account', id: accountId },
          ]
        : [];
    case 'Account':
      return item && old && [...Object.keys(item), ...Object.keys(old)].some((name) => isCount(name) && differs(name))
        ? [{ kind: 'account', id: accountId }]
        : [];
    case 'Brick':
      return [{ kind: 'account', id: accountId }];
    case 'ReviewScore':
      return item && (differs('sum') || differs('count')) ? [{ kind: 'reviews', id: accountId }] : [];
    default:
      return [];
  }
}

/** What was seen of a counter that does not fit: the same again, later, is no accident of the moment. */
export const sighting = (counter: string, stands: number, counted: number, moves: number) =>
  `${counter} ${stands} ${counted} ${moves}`;
