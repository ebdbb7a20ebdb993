/** Going out of a group, whatever the way, and who leads it then. */

import { unchanged } from '../../../shared/access/access.ts';
import { iso } from '../../../shared/core/time.ts';
import { above, absent, allOf, is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { outbox } from '../../../shared/data/outbox.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { patch, type Update, type Write } from '../../../shared/data/writes.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import { counted } from '../groups/service.ts';
import { successorOf } from '../memberships/rules.ts';
import { changedGroup } from './change.ts';
import type { GroupItem, MembershipItem } from './items.ts';

type Writes = Record<string, Write | undefined>;

/** Takes somebody out, gives their seat back, and counts them out where groups are counted. */
export function departureWrites(
  group: GroupItem,
  member: MembershipItem,
  state: 'LEFT' | 'KICKED',
  now: number,
): Writes {
  const { groupId, accountId } = member;
  return {
    member: patch(
      'Membership',
      { groupId, accountId },
      { set: { state, leftAt: iso(now) }, remove: ['founded', 'presentIn', 'gsi2pk', 'gsi2sk'] },
      unchanged(member),
    ),
    group: patch(
      'Group',
      { groupId },
      { add: { memberCount: -1, moves: 1 } },
      allOf(above('memberCount', 0), absent('deletedAt')),
    ),
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
  const left = outbox(now, {
    notice: 'MEMBER_LEFT',
    to: [],
    toMembersOf: groupId,
    actorId: accountId,
    values: { nick, title: group.title },
    link: { screen: 'group', groupId },
  });
  if (member.role !== 'LEADER') return { ...departure, left };

  // Who is there is asked of the members themselves: no group is given up because a count says so.
  const others = (await presentMembers(table, groupId)).filter((other) => other.accountId !== accountId);
  if (others.length === 0) return { ...departure, ...endWrites(group, now) };
  const openRoom = group.kind === 'OPEN_ROOM';
  if (!forGood && !openRoom) throw new Problem('LEADER_MUST_HAND_OVER');
  const heir = successorOf(others, openRoom);
  // Two leaders there never are: who reads them so reads in the middle of a change.
  if (!heir) throw new Problem('TRY_AGAIN', { retryAfter: 1 });
  const succession = await successionWrites(table, group, heir, { by: accountId, now });
  return { ...departure, left, ...succession, group: leadWrite(group, heir, { memberCount: -1, moves: 1 }) };
}

/** The group as its last member leaves it: gone. Whoever joins in between keeps it. */
function endWrites(group: GroupItem, now: number): Writes {
  const ended = { deletedAt: iso(now), disbandsAt: undefined, waitingFor: undefined };
  const { writes } = changedGroup(group, ended, now, [is('memberCount', group.memberCount)]);
  const { changes, ...end } = writes.group as Update;
  return { ...writes, group: { ...end, changes: { ...changes, add: { memberCount: -1, moves: 1 } } } };
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
  { groupId, title }: GroupItem,
  heir: MembershipItem,
  { by, now, ...known }: { readonly by: string; readonly now: number; readonly nick?: string },
): Promise<Writes> {
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
    owner: outbox(now, {
      notice: 'OWNER_CHANGED',
      to: [],
      toMembersOf: groupId,
      actorId: by,
      values: { nick, title },
      link: { screen: 'group', groupId },
    }),
  };
}

/** How often others' changes may come in between before the caller is asked to try again. */
export const attempts = 5;

/**
 * Takes somebody who is no more out of a group; the rule says who leads it then, and if they were all of it, it goes.
 * Doing it again is fine.
 */
export async function leaveForGood(
  table: Table,
  { groupId, accountId }: Pick<MembershipItem, 'groupId' | 'accountId'>,
  now: number,
): Promise<void> {
  for (let n = 0; n < attempts; n++) {
    const { group, member } = await table.getAll({
      group: ref<GroupItem>('Group', { groupId }),
      member: ref<MembershipItem>('Membership', { groupId, accountId }),
    });
    if (member?.state !== 'ACTIVE') return;
    const nick = catalogOf('ko').unknownPerson;
    const writes =
      group && !group.deletedAt
        ? await leavingWrites(table, group, member, { nick, forGood: true, now })
        : { member: patch('Membership', { groupId, accountId }, { set: { state: 'LEFT', leftAt: iso(now) } }) };
    // The account is a stone by now, and counts nothing.
    if (!(await table.commit<string>({ ...writes, count: undefined }))) return;
  }
  throw new Problem('TRY_AGAIN', { retryAfter: 1 });
}

/** Who is in a group now: for news that all its members are told, and for who leads it next. */
export async function presentMembers(table: Table, groupId: string): Promise<MembershipItem[]> {
  const everybody = await everyItem((cursor) =>
    table.query<MembershipItem, 'membersOfGroup'>(
      'membersOfGroup',
      { groupId },
      { limit: 500, cursor, consistent: true },
    ),
  );
  return everybody.filter(({ state }) => state === 'ACTIVE');
}
