/** Going out of a group, whatever the way, and who leads it then. */

import { unchanged } from '../../../shared/access/access.ts';
import type { MemberState } from '../../../shared/access/powers.ts';
import { iso } from '../../../shared/core/time.ts';
import { above, absent, allOf, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { Overtaken, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, type Part, ref, type Table } from '../../../shared/data/table.ts';
import { type ConditionOn, check, patch, type UpdateOf, type Write } from '../../../shared/data/writes.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { endWrites } from './ending.ts';
import type { GroupItem, MembershipItem } from './items.ts';
import { counted, presentMembers } from './members.ts';
import { groupNews } from './news.ts';
import { successorOf } from './rules.ts';

/**
 * The end of a membership, whatever ended it: it is off the list of the group's members. Refused unless it lasts still.
 *
 * @param leftAt ISO 8601
 * @param when what must hold of it
 */
export const endedMembership = (
  { groupId, accountId }: Pick<MembershipItem, 'groupId' | 'accountId'>,
  state: 'LEFT' | 'KICKED',
  leftAt: string,
  when: ConditionOn<'Membership'> = is('state', 'ACTIVE'),
): UpdateOf<'Membership'> =>
  patch('Membership', { groupId, accountId }, { set: { state, leftAt }, remove: ['founded', 'presentIn'] }, when);

/** Takes somebody out and gives their seat back. Whether they are counted out of their groups is the caller's (`counted`). */
export function departureWrites(
  { groupId }: GroupItem,
  member: MembershipItem,
  state: Exclude<MemberState, 'ACTIVE'>,
  now: number,
): Write[] {
  const seated = allOf(above('memberCount', 0), absent('deletedAt'));
  return [
    ...or(overtaken, endedMembership(member, state, iso(now), unchanged(member))),
    ...or(overtaken, patch('Group', { groupId }, { add: { memberCount: -1, moves: 1 } }, seated)),
  ];
}

/**
 * Everything that somebody's own leaving writes. A leader leaves nobody without one: alone they take the group with them;
 * an open room goes to whoever came first. Else they hand over first, unless they leave for good: then the rule decides.
 *
 * @param forGood whether their account is gone: then it counts no groups
 * @throws Problem LEADER_MUST_HAND_OVER
 */
export async function leavingWrites(
  table: Table,
  group: GroupItem,
  member: MembershipItem,
  { forGood, now }: { readonly forGood: boolean; readonly now: number },
): Promise<Part[]> {
  const { groupId, title, kind } = group;
  const { accountId } = member;
  const departure = [
    departureWrites(group, member, 'LEFT', now),
    forGood ? [] : or(overtaken, counted(kind, accountId, -1)),
  ];
  const left = tell(groupNews.memberLeft, now, { toMembersOf: groupId, by: accountId, title, groupId });
  if (member.role !== 'LEADER') return [departure, left];

  // The memberships say who is there: no group is given up because a count says so.
  const others = (await presentMembers(table, groupId)).filter((other) => other.accountId !== accountId);
  if (others.length === 0) {
    // Whoever joins in between keeps the group.
    const alone = check('Group', { groupId }, is('memberCount', group.memberCount));
    return [departure, or(overtaken, alone), endWrites(group, { members: [], by: accountId, now })];
  }
  const openRoom = kind === 'OPEN_ROOM';
  if (!forGood && !openRoom) throw new Problem('LEADER_MUST_HAND_OVER');
  const heir = successorOf(others, openRoom);
  // A group never has two leaders: a read that shows two was made in the middle of a change.
  if (!heir) throw new Overtaken();
  return [departure, left, leadWrites(group, heir), successionWrites(group, heir, { by: accountId, now })];
}

/** The group has another leader, if it still has the one that was read. */
export const leadWrites = ({ groupId, leaderId }: GroupItem, heir: MembershipItem): Write[] =>
  or(
    overtaken,
    patch(
      'Group',
      { groupId },
      { set: { leaderId: heir.accountId } },
      allOf(is('leaderId', leaderId), absent('deletedAt')),
    ),
  );

/** The part of the one who leads from now on, its record, and the news for everybody. */
export function successionWrites(
  { groupId, title }: GroupItem,
  heir: MembershipItem,
  { by, now }: { readonly by: string; readonly now: number },
): Part[] {
  const { accountId, role } = heir;
  return [
    or(overtaken, patch('Membership', { groupId, accountId }, { set: { role: 'LEADER' } }, unchanged(heir))),
    decided(now, { scopeId: groupId, by, subject: `member:${accountId}`, before: role, after: 'LEADER' }),
    tell(groupNews.ownerChanged, now, { toMembersOf: groupId, by, person: accountId, title, groupId }),
  ];
}

/**
 * Takes somebody whose account is gone out of a group; the rule says who leads it then, and if they were all of it, it
 * goes. Idempotent.
 */
export async function leaveForGood(
  table: Table,
  { groupId, accountId }: Pick<MembershipItem, 'groupId' | 'accountId'>,
  now: number,
): Promise<void> {
  await untilSettled(async () => {
    const { group, member } = await table.getAll({
      group: ref('Group', { groupId }),
      member: ref('Membership', { groupId, accountId }),
    });
    if (member?.state !== 'ACTIVE') return;
    await table.commit(
      group && !group.deletedAt
        ? await leavingWrites(table, group, member, { forGood: true, now })
        : or(overtaken, endedMembership(member, 'LEFT', iso(now))),
    );
  });
}
