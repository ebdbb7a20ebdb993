/** Going out of a group, whatever the way, and who leads it then. */

import { unchanged } from '../../../shared/access/access.ts';
import type { MemberState } from '../../../shared/access/powers.ts';
import { iso } from '../../../shared/core/time.ts';
import { above, absent, allOf, type Condition, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { untilSettled } from '../../../shared/data/until-settled.ts';
import { patch, type Update, type Write } from '../../../shared/data/writes.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import { endWrites } from './ending.ts';
import type { GroupItem, MembershipItem } from './items.ts';
import { counted, presentMembers, tellMembers } from './members.ts';
import { successorOf } from './rules.ts';

type Writes = Record<string, Write | undefined>;

/** What a group's counters grow by when one of its members goes. */
const lessOne = { memberCount: -1, moves: 1 };

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
  when: Condition = is('state', 'ACTIVE'),
): Update =>
  patch(
    'Membership',
    { groupId, accountId },
    { set: { state, leftAt }, remove: ['founded', 'presentIn', 'gsi2pk', 'gsi2sk'] },
    when,
  );

/** Takes somebody out, gives their seat back, and counts them out where groups are counted. */
export function departureWrites(
  group: GroupItem,
  member: MembershipItem,
  state: Exclude<MemberState, 'ACTIVE'>,
  now: number,
): Writes {
  const { groupId, accountId } = member;
  return {
    member: endedMembership(member, state, iso(now), unchanged(member)),
    group: patch('Group', { groupId }, { add: lessOne }, allOf(above('memberCount', 0), absent('deletedAt'))),
    count: counted(group.kind, accountId, -1),
  };
}

/**
 * Everything that somebody's own leaving writes. A leader leaves nobody without one: alone they take the group with them;
 * an open room goes to whoever came first; else they hand over first, unless they are no more, where the rule decides.
 *
 * @throws Problem LEADER_MUST_HAND_OVER
 */
export async function leavingWrites(
  table: Table,
  group: GroupItem,
  member: MembershipItem,
  { nick, forGood, now }: { readonly nick: string; readonly forGood: boolean; readonly now: number },
): Promise<Writes> {
  const { groupId, accountId } = member;
  const departure = departureWrites(group, member, 'LEFT', now);
  const left = tellMembers(group, 'MEMBER_LEFT', { nick, title: group.title }, accountId, now);
  if (member.role !== 'LEADER') return { ...departure, left };

  // Who is there is asked of the members themselves: no group is given up because a count says so.
  const others = (await presentMembers(table, groupId)).filter((other) => other.accountId !== accountId);
  if (others.length === 0) {
    // Whoever joins in between keeps the group.
    const when = [is('memberCount', group.memberCount)];
    return { ...departure, ...endWrites(group, { members: [], by: accountId, now, when, add: lessOne }) };
  }
  const openRoom = group.kind === 'OPEN_ROOM';
  if (!forGood && !openRoom) throw new Problem('LEADER_MUST_HAND_OVER');
  const heir = successorOf(others, openRoom);
  // Two leaders there never are: who reads them so reads in the middle of a change.
  if (!heir) throw new Problem('TRY_AGAIN', { retryAfter: 1 });
  const succession = await successionWrites(table, group, heir, { by: accountId, now });
  return { ...departure, left, ...succession, group: leadWrite(group, heir, lessOne) };
}

/** The group has another leader, if it still has the one that was read. */
export const leadWrite = (
  group: GroupItem,
  { accountId }: MembershipItem,
  add: Readonly<Record<string, number>> = {},
) =>
  patch(
    'Group',
    { groupId: group.groupId },
    { set: { leaderId: accountId }, add },
    allOf(is('leaderId', group.leaderId), absent('deletedAt')),
  );

/** The part of the one who leads from now on, its record, and the news for everybody. */
export async function successionWrites(
  table: Table,
  group: GroupItem,
  heir: MembershipItem,
  { by, now, ...known }: { readonly by: string; readonly now: number; readonly nick?: string },
): Promise<Writes> {
  const { groupId, title } = group;
  const { accountId } = heir;
  const nick = known.nick ?? (await nicknamesOf(table, [accountId])).get(accountId) ?? catalogOf('ko').unknownPerson;
  return {
    heir: patch('Membership', { groupId, accountId }, { set: { role: 'LEADER' } }, unchanged(heir)),
    decision: decided(now, {
      scopeId: groupId,
      by,
      subject: `member:${accountId}`,
      before: heir.role,
      after: 'LEADER',
    }),
    owner: tellMembers(group, 'OWNER_CHANGED', { nick, title }, by, now),
  };
}

/**
 * Takes somebody who is no more out of a group; the rule says who leads it then, and if they were all of it, it goes.
 * Doing it again is fine.
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
    if (member?.state !== 'ACTIVE') return true;
    const nick = catalogOf('ko').unknownPerson;
    const writes =
      group && !group.deletedAt
        ? await leavingWrites(table, group, member, { nick, forGood: true, now })
        : { member: endedMembership(member, 'LEFT', iso(now)) };
    // The account is a stone by now, and counts nothing.
    return (await table.commit<string>({ ...writes, count: undefined })) ? undefined : true;
  });
}
