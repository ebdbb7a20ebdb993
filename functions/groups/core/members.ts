/** The members of a group, and the groups of a member. */
import { iso, localDay } from '../../../shared/core/time.ts';
import { absent, anyOf, below } from '../../../shared/data/conditions.ts';
import { everyItem, everyPage } from '../../../shared/data/every-item.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { patch, type UpdateOf } from '../../../shared/data/writes.ts';
import type { GroupItem, MembershipItem } from './items.ts';
import { kinds } from './rules.ts';
import type { Kind } from './values.ts';
import { summaryOf } from './view.ts';

/** A new membership, with the summary of the group that the member's own list shows. */
export const membershipOf = (
  group: GroupItem,
  accountId: string,
  role: MembershipItem['role'],
  now: number,
): MembershipItem => ({
  groupId: group.groupId,
  accountId,
  role,
  state: 'ACTIVE',
  joinedAt: iso(now),
  presentIn: group.groupId,
  group: summaryOf(group),
});

/** Row 26: counts a group of an account, if the kind has a limit. Refused at the limit. */
export function counted(kind: Kind, accountId: string, by: 1 | -1): UpdateOf<'Account'> | undefined {
  const { perAccount } = kinds[kind];
  if (perAccount === undefined) return undefined;
  const name = `groups${kind}` as const;
  const room = by > 0 ? anyOf(absent(name), below(name, perAccount)) : undefined;
  return patch('Account', { accountId }, { add: { [name]: by, moves: 1 } }, room);
}

/** All active members of a group, strongly consistent: to notify them, and to choose the next leader. */
export async function presentMembers(table: Table, groupId: string): Promise<MembershipItem[]> {
  const everybody = await everyItem((cursor) =>
    table.query('membersOfGroup', { groupId }, { limit: 500, cursor, consistent: true }),
  );
  return everybody.filter(({ state }) => state === 'ACTIVE');
}

/** Every membership of an account, present and past, with its group. */
export async function memberships(table: Table, accountId: string) {
  const found: { membership: MembershipItem; group: GroupItem | undefined }[] = [];
  const pages = everyPage((cursor) => table.query('groupsOfAccount', { accountId }, { limit: 50, cursor }));
  for await (const page of pages) {
    const groups = await table.getAll(
      Object.fromEntries(page.map(({ groupId }) => [groupId, ref('Group', { groupId })])),
    );
    found.push(...page.map((membership) => ({ membership, group: groups[membership.groupId] })));
  }
  return found;
}

/** An account's role in each of its groups, with the facts that decide whether it may withdraw. */
export const leadershipsOf = async (table: Table, accountId: string, now: number) =>
  (await memberships(table, accountId)).flatMap(({ membership: { role, state }, group }) =>
    group
      ? [
          {
            role,
            state,
            memberCount: group.memberCount,
            endsOn: group.endDate,
            today: localDay(now, group.timeZone),
            deleted: group.deletedAt !== undefined,
          },
        ]
      : [],
  );
