import type { MemberState, Role } from '../../../shared/access/powers.ts';
import { limits } from '../../../shared/product/limits.ts';

interface Standing {
  readonly accountId: string;
  readonly role: Role;
  readonly joinedAt: string;
}

/**
 * Row 125: who leads a group next: the manager who has been in it longest, else whoever has. In an open room that is
 * whoever came first, whatever their part (row 44). Who joined in the same millisecond is told apart by their id.
 */
export function successorOf<M extends Standing>(members: readonly M[], byJoiningAlone = false): M | undefined {
  const rank = ({ role, joinedAt, accountId }: M) =>
    `${role === 'MANAGER' && !byJoiningAlone ? 0 : 1} ${joinedAt} ${accountId}`;
  return members.filter(({ role }) => role !== 'LEADER').toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}

/** Row 47: what one warning more makes of somebody; the third removes them. */
export function warnedOnce(before: number) {
  const warnings = before + 1;
  return { warnings, kicked: warnings >= limits.warnings.toKick };
}

/** Row 31: what a person's past in a group says about their coming back: whom the leader has readmitted has none. */
export const pastOf = (member: { readonly state: MemberState; readonly readmitted?: boolean } | undefined) =>
  member?.state === 'LEFT' && member.readmitted ? undefined : member?.state;
