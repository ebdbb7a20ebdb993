/** Leaving a group, in every way: by oneself, by a removal, or with the account. A leader is succeeded. */

import { unchanged } from '../../../shared/access/access.ts';
import { iso } from '../../../shared/core/time.ts';
import { above, absent, allOf, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { Overtaken, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, type Part, ref, type Table } from '../../../shared/data/table.ts';
import { type ConditionOn, check, patch, type UpdateOf, type Write } from '../../../shared/data/writes.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { noLongerPending } from './application.ts';
import { endWrites } from './ending.ts';
import type { GroupItem, MembershipItem } from './items.ts';
import { managed } from './managers.ts';
import { counted, presentMembers } from './members.ts';
import { groupNews } from './news.ts';
import { isNews, successorOf } from './rules.ts';

/**
 * Ends a membership and takes it off the list of the group's members. Refused unless the membership is active.
 *
 * @param leftAt ISO 8601
 * @param when the condition on the membership
 */
export const endedMembership = (
  { groupId, accountId }: Pick<MembershipItem, 'groupId' | 'accountId'>,
  state: 'LEFT' | 'KICKED',
  leftAt: string,
  when: ConditionOn<'Membership'> = is('state', 'ACTIVE'),
): UpdateOf<'Membership'> =>
  patch('Membership', { groupId, accountId }, { set: { state, leftAt }, remove: ['founded', 'presentIn'] }, when);

/**
 * Ends a membership and gives the seat back. The caller decides whether the account counts a group less (`counted`).
 */
export function departureWrites(
  group: GroupItem,
  member: MembershipItem,
  state: 'LEFT' | 'KICKED',
  now: number,
): Write[] {
  const { groupId } = group;
  const seated = allOf(above('memberCount', 0), absent('deletedAt'));
  return [
    ...or(overtaken, endedMembership(member, state, iso(now), unchanged(member))),
    ...or(overtaken, patch('Group', { groupId }, { add: { memberCount: -1, moves: 1 } }, seated)),
    ...managed(group, member.accountId, undefined),
  ];
}

/**
 * All writes of a member who leaves by themselves. A group never stays without a leader: the last member ends the
 * group; an open room goes to the member who joined first; in any other group the leader hands over first, unless the
 * leader's account is gone. Then `successorOf` chooses.
 *
 * @param forGood whether the member's account is gone. Such an account counts no groups.
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
  const left =
    isNews(member.leftBefore, now) &&
    tell(groupNews.memberLeft, now, { toMembersOf: groupId, by: accountId, title, groupId });
  if (member.role !== 'LEADER') return [departure, left];

  // The memberships are read, because `memberCount` may have drifted. A wrong count must not end a group.
  const others = (await presentMembers(table, groupId)).filter((other) => other.accountId !== accountId);
  if (others.length === 0) {
    // A member who joins in between keeps the group alive.
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

/** Gives the group another leader, if it still has the leader that was read. */
export function leadWrites(group: GroupItem, heir: MembershipItem): Write[] {
  const { groupId, leaderId } = group;
  const led = allOf(is('leaderId', leaderId), absent('deletedAt'));
  return [
    ...or(overtaken, patch('Group', { groupId }, { set: { leaderId: heir.accountId } }, led)),
    ...managed(group, heir.accountId, 'LEADER'),
  ];
}

/** The new leader's role, its decision record, and the news for all members. */
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
 * Ends the membership of an account that is gone, also one that waits for a club. A led group gets another leader, or
 * ends with its last member. Idempotent.
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
    if (member?.state === 'PENDING') {
      await table.commit(noLongerPending(member));
      return;
    }
    if (member?.state !== 'ACTIVE') return;
    await table.commit(
      group && !group.deletedAt
        ? await leavingWrites(table, group, member, { forGood: true, now })
        : or(overtaken, endedMembership(member, 'LEFT', iso(now))),
    );
  });
}
