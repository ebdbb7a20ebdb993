/** Row 79: people write to each other as long as they share a group that is not over. */
import { memberOf } from '../../../shared/access/access.ts';
import { everyPage } from '../../../shared/data/every-item.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { isOver } from '../../groups/core/rules.ts';
import type { Pair } from './store.ts';

type References = {
  [group: `group ${string}`]: Reference<GroupItem>;
  [membership: `own ${string}`]: Reference<MembershipItem>;
};

const goesOn = (group: GroupItem, now: number) => !isOver(groupDay(now, group), group);

/** Whether both are in a group now, and it goes on. */
async function isShared(table: Table, { accountId, otherId }: Pair, groupId: string, now: number): Promise<boolean> {
  try {
    const found = await memberOf(table, groupId, accountId, {
      other: ref('Membership', { groupId, accountId: otherId }),
    });
    return found.other?.state === 'ACTIVE' && goesOn(found.group, now);
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/**
 * A group that both are in and that is not over. One request where the named one is such a group; otherwise all of the first's
 * groups are gone through, fifty in three requests.
 *
 * @param named the group that a client names, or that the last message was sent in
 * @returns undefined if there is none
 */
export async function sharedGroup(
  table: Table,
  pair: Pair,
  named: string | undefined,
  now: number,
): Promise<string | undefined> {
  if (pair.accountId === pair.otherId) return undefined;
  if (named !== undefined && (await isShared(table, pair, named, now))) return named;
  const { accountId, otherId } = pair;
  const pages = everyPage((cursor) => table.query('groupsOfAccount', { accountId }, { limit: 50, cursor }));
  for await (const page of pages) {
    const present = page.filter(({ state, groupId }) => state === 'ACTIVE' && groupId !== named);
    const theirs = await table.getAll(
      Object.fromEntries(present.map(({ groupId }) => [groupId, ref('Membership', { groupId, accountId: otherId })])),
    );
    const shared = present.filter(({ groupId }) => theirs[groupId]?.state === 'ACTIVE');
    if (shared.length === 0) continue;
    const wanted: References = {};
    for (const { groupId } of shared) {
      wanted[`group ${groupId}`] = ref('Group', { groupId });
      // The list of groups may lag.
      wanted[`own ${groupId}`] = ref('Membership', { groupId, accountId });
    }
    const found = await table.getAll(wanted);
    const living = shared.find(({ groupId }) => {
      const group = found[`group ${groupId}`];
      return found[`own ${groupId}`]?.state === 'ACTIVE' && group && !group.deletedAt && goesOn(group, now);
    });
    if (living) return living.groupId;
  }
  return undefined;
}
