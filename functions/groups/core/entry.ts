/** Coming into a group, whatever the way: what every way has in common. */

import { localDay } from '../../../shared/core/time.ts';
import { absent, allOf, atLeast, attribute, below, is } from '../../../shared/data/conditions.ts';
import { type Outcome, overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { type ConditionOn, create, patch, type Write } from '../../../shared/data/writes.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem, MembershipItem } from './items.ts';
import { counted, membershipOf } from './members.ts';
import { entryRefusal, pastOf } from './rules.ts';

/** Somebody who wants to come in, and their past in the group, as it was read. */
interface Comer {
  readonly accountId: string;
  readonly member: MembershipItem | undefined;
}

/** Throws why somebody may not come in, if the read already tells. Seats are decided by the write. */
export function requireEntry(group: GroupItem, { member }: Comer, now: number): void {
  const reason = entryRefusal(localDay(now, group.timeZone), group, pastOf(member));
  if (reason) throw new Problem(reason);
}

/**
 * The writes that give somebody a seat, if there is one and the group is as it was read (but for its members). The seat
 * is taken by the condition: however many come at once, no more get in than there are seats. Warnings stay with the
 * person.
 */
export function entryWrites(group: GroupItem, { accountId, member }: Comer, now: number): Write[] {
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
  const membership = { ...membershipOf(group, accountId, 'MEMBER', now), ...warnings };
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
 * Somebody who left comes back in place of what they were, as it was read: nobody can lift or lose anything in between.
 */
function comingBack(member: MembershipItem | undefined): { orWhen?: ConditionOn<'Membership'> } {
  if (member?.state !== 'LEFT') return {};
  const same = member.leftAt === undefined ? absent('leftAt') : is('leftAt', member.leftAt);
  return { orWhen: allOf(is('state', 'LEFT'), same) };
}

/** Why somebody does not get in, by their part in the group as it is now. */
function memberRefusal(member: MembershipItem | undefined): Outcome {
  if (member?.state === 'LEFT') return overtaken;
  return member?.state === 'ACTIVE' ? 'ALREADY_MEMBER' : 'KICKED';
}

/** Why nobody gets in, by what the group is now. */
function seatRefusal(group: GroupItem | undefined, read: GroupItem): Outcome {
  if (group && group.memberCount >= group.capacity) return 'GROUP_FULL';
  return group?.version === read.version && group.status === read.status ? 'GROUP_CLOSED' : overtaken;
}
