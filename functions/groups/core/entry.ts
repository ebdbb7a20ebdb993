/** Entry into a group: the part that joining, applications and invites have in common. */

import { localDay } from '../../../shared/core/time.ts';
import { absent, allOf, atLeast, attribute, below, is } from '../../../shared/data/conditions.ts';
import { type Outcome, overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { type ConditionOn, create, patch, type Write } from '../../../shared/data/writes.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem, MembershipItem } from './items.ts';
import { counted, membershipOf } from './members.ts';
import { entryRefusal, pastOf } from './rules.ts';
import type { Entered } from './values.ts';

/** An account that wants to enter, how, and its earlier membership in the group, as it was read. */
interface Comer {
  readonly accountId: string;
  readonly entered: Entered;
  readonly member: MembershipItem | undefined;
  /** Set if the account has applied in time. */
  readonly inTime?: boolean;
}

/**
 * Refuses an entry as far as the read can tell. Only the write decides on seats.
 *
 * @throws Problem ALREADY_MEMBER, KICKED, REJOIN_REFUSED, GROUP_CLOSED, GROUP_FULL
 */
export function requireEntry(
  group: GroupItem,
  { member, inTime }: Pick<Comer, 'member' | 'inTime'>,
  now: number,
): void {
  const reason = entryRefusal(localDay(now, group.timeZone), group, pastOf(member), inTime);
  if (reason) throw new Problem(reason);
}

/**
 * The writes that give an account a seat, if one is free and the group is unchanged since it was read (except for its
 * members). The condition takes the seat, so simultaneous requests cannot exceed the capacity. Warnings from an earlier
 * membership stay. The leader is notified by the change of the membership (`deliverJoining`).
 */
export function entryWrites(group: GroupItem, { accountId, entered, member }: Comer, now: number): Write[] {
  const { groupId, kind, version, status } = group;
  const today = localDay(now, group.timeZone);
  const open = allOf(
    is('version', version),
    absent('deletedAt'),
    absent('disbandsAt'),
    is('approvalStatus', 'APPROVED'),
    is('status', status),
    atLeast('endDate', today),
    below('memberCount', attribute('capacity')),
  );
  const warnings = member?.warnings ? { warnings: member.warnings } : {};
  const before = member?.leftAt === undefined ? {} : { leftBefore: member.leftAt };
  const membership = { ...membershipOf(group, accountId, 'MEMBER', now), entered, ...warnings, ...before };
  return [
    ...or(memberRefusal, create('Membership', membership, comingBack(member))),
    ...or(
      (stands) => seatRefusal(stands, group),
      patch('Group', { groupId }, { add: { memberCount: 1, moves: 1 } }, open),
    ),
    ...or('GROUP_LIMIT', counted(kind, accountId, 1)),
  ];
}

/**
 * The membership of a person who left, or who applies to a club, is replaced only as it was read. So a removal in between
 * is not lost.
 */
function comingBack(member: MembershipItem | undefined): { orWhen?: ConditionOn<'Membership'> } {
  if (member?.state !== 'LEFT' && member?.state !== 'PENDING') return {};
  const same = member.leftAt === undefined ? absent('leftAt') : is('leftAt', member.leftAt);
  return { orWhen: allOf(is('state', member.state), same) };
}

/** The meaning of a refused membership: it depends on the membership that is there now. */
function memberRefusal(member: MembershipItem | undefined): Outcome {
  if (member?.state === 'LEFT' || member?.state === 'PENDING') return overtaken;
  return member?.state === 'ACTIVE' ? 'ALREADY_MEMBER' : 'KICKED';
}

/** The meaning of a refused seat: it depends on the group as it is now. */
function seatRefusal(group: GroupItem | undefined, read: GroupItem): Outcome {
  if (group && group.memberCount >= group.capacity) return 'GROUP_FULL';
  return group?.version === read.version && group.status === read.status ? 'GROUP_CLOSED' : overtaken;
}
