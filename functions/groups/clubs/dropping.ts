/** Row 15: no real name stays in a club that its owner has left, was removed from, or was not accepted into. */
import { anyOf, is } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { checkIfThere, drop } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { MembershipItem } from '../core/items.ts';
import { leavesProfile } from './rules.ts';

type Kept = Old<MembershipItem, 'groupId' | 'accountId' | 'state'>;

/** The membership as it is at the commit decides: a late delivery finds a person who is back, and does nothing. */
export async function dropProfile(
  { old, after }: Change<MembershipItem, Kept>,
  { table }: Pick<Kernel, 'table'>,
): Promise<void> {
  // A change that was parked has no group any more. Only changes of clubs are parked.
  if (!old || (old.group && old.group.kind !== 'CLUB') || !leavesProfile(old.state, after?.state)) return;
  const key = { groupId: old.groupId, accountId: old.accountId };
  const isOut = anyOf(is('state', 'LEFT'), is('state', 'KICKED'));
  await table.commit([or(nothing, checkIfThere('Membership', key, isOut)), drop('ClubProfile', key)]);
}
