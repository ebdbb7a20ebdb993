/** Coming into a group, whatever the way: what every way has in common. */

import { localDay } from '../../../shared/core/time.ts';
import { absent, allOf, atLeast, attribute, below, type Condition, is } from '../../../shared/data/conditions.ts';
import { type Announcement, outbox } from '../../../shared/data/outbox.ts';
import type { Refusal } from '../../../shared/data/transaction.ts';
import { create, patch, type Write } from '../../../shared/data/writes.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem, MembershipItem } from './items.ts';
import { counted, membershipOf } from './members.ts';
import { entryRefusal, pastOf } from './rules.ts';

/** Somebody who wants to come in, and their past in the group, as it was read. */
export interface Comer {
  readonly accountId: string;
  readonly member: MembershipItem | undefined;
}

/** Throws why somebody may not come in, if the read already tells. Seats are decided by the write. */
export function requireEntry(group: GroupItem, { member }: Comer, now: number): void {
  const reason = entryRefusal(localDay(now, group.timeZone), group, pastOf(member));
  if (reason) throw new Problem(reason);
}

/**
 * The writes that give somebody a seat, if there is one and the group is as it was read (but for its members). The seat is
 * taken by the condition: however many come at once, no more get in than there are seats. Warnings stay with the person.
 */
export function entryWrites(
  group: GroupItem,
  { accountId, member }: Comer,
  now: number,
): Record<string, Write | undefined> {
  const { groupId, kind, version } = group;
  const today = localDay(now, group.timeZone);
  const unchanged = allOf(
    is('version', version),
    absent('deletedAt'),
    absent('disbandsAt'),
    is('approvalStatus', 'APPROVED'),
    is('status', group.status),
  );
  const open = allOf(unchanged, atLeast('endDate', today), below('memberCount', attribute('capacity')));
  const warnings = member?.warnings ? { warnings: member.warnings } : {};
  return {
    member: create('Membership', { ...membershipOf(group, accountId, 'MEMBER', now), ...warnings }, comingBack(member)),
    group: patch('Group', { groupId }, { add: { memberCount: 1, moves: 1 } }, open),
    count: counted(kind, accountId, 1),
  };
}

/** Who left comes back in place of what they were, as it was read: nobody can lift or lose anything in between. */
function comingBack(member: MembershipItem | undefined): { orWhen?: Condition } {
  if (member?.state !== 'LEFT') return {};
  const same = member.leftAt === undefined ? absent('leftAt') : is('leftAt', member.leftAt);
  return { orWhen: allOf(is('state', 'LEFT'), same) };
}

/** Why nobody got in: seats and people are as they stand now, not as they were read. */
export function entryProblem(refused: Refusal<string>, read: GroupItem): Problem {
  const again = new Problem('TRY_AGAIN', { retryAfter: 1 });
  const member = refused.member?.item as unknown as MembershipItem | undefined;
  if (refused.member && member?.state === 'LEFT') return again;
  if (refused.member) return new Problem(member?.state === 'ACTIVE' ? 'ALREADY_MEMBER' : 'KICKED');
  const group = refused.group?.item as unknown as GroupItem | undefined;
  if (refused.group && group && group.memberCount >= group.capacity) return new Problem('GROUP_FULL');
  if (refused.group && (group?.version !== read.version || group.status !== read.status)) return again;
  if (refused.group) return new Problem('GROUP_CLOSED');
  return refused.count ? new Problem('GROUP_LIMIT') : again;
}

/** The news for the leader that somebody has come. */
export function tellLeader(
  { groupId, leaderId, title }: GroupItem,
  accountId: string,
  nick: string,
  now: number,
): Write {
  const event: Announcement = {
    notice: 'GROUP_JOINED',
    to: [leaderId],
    actorId: accountId,
    values: { nick, title },
    link: { screen: 'group', groupId },
  };
  return outbox(now, event);
}
