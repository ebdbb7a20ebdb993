/** Coming into a group, whatever the way: what every way has in common. */
import { Problem } from '../../shared/core/problems.ts';
import { localDay } from '../../shared/core/time.ts';
import { absent, allOf, atLeast, attribute, below, is } from '../../shared/data/conditions.ts';
import type { Refusal } from '../../shared/data/transaction.ts';
import { create, patch, type Write } from '../../shared/data/writes.ts';
import { counted, membershipOf } from '../groups/service.ts';
import type { GroupItem, MembershipItem } from '../groups/store.ts';

/**
 * The writes that give somebody a seat, if there is one and the group is as it was read (but for its members). The seat is
 * taken by the condition: however many come at once, no more get in than there are seats.
 */
export function entryWrites(group: GroupItem, accountId: string, now: number): Record<string, Write | undefined> {
  const { groupId, kind, version } = group;
  const today = localDay(now, group.timeZone);
  const unchanged = allOf(
    is('version', version),
    absent('deletedAt'),
    absent('disbandsAt'),
    is('status', group.status),
  );
  const open = allOf(unchanged, atLeast('endDate', today), below('memberCount', attribute('capacity')));
  const left = group.allowRejoin ? { orWhen: is('state', 'LEFT') } : {};
  return {
    member: create('Membership', { ...membershipOf(group, accountId, 'MEMBER', now) }, left),
    group: patch('Group', { groupId }, { add: { memberCount: 1 } }, open),
    count: counted(kind, accountId, 1),
  };
}

/** Why nobody got in: seats and people are as they stand now, not as they were read. */
export function entryProblem(refused: Refusal<string>, read: GroupItem): Problem {
  const member = refused.member?.item as unknown as MembershipItem | undefined;
  if (refused.member) return new Problem(member?.state === 'ACTIVE' ? 'ALREADY_MEMBER' : 'KICKED');
  const group = refused.group?.item as unknown as GroupItem | undefined;
  if (refused.group && group && group.memberCount >= group.capacity) return new Problem('GROUP_FULL');
  if (refused.group && group?.version !== read.version) return new Problem('TRY_AGAIN', { retryAfter: 1 });
  if (refused.group) return new Problem('GROUP_CLOSED');
  return new Problem('GROUP_LIMIT');
}
