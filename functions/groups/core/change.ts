/** Changing a group: what every change of what a group is has in common. */

import { daysAfter, iso, localDay, startOfDay } from '../../../shared/core/time.ts';
import { absent, allOf, type Condition, is } from '../../../shared/data/conditions.ts';
import type { Changes } from '../../../shared/data/expression.ts';
import { moved, patch, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { GroupItem } from './items.ts';
import { relisted } from './listing.ts';
import { tellMembers } from './members.ts';
import { nextChange, silenceDue } from './rules.ts';
import type { GroupStatus } from './values.ts';

/** The shards of `groupsDue`: the last digit of a group's id. */
export const dueShards = [...'0123456789abcdef'];
/** Where `groupsDue` has groups that are over and wait until nothing of them is kept. */
export const purgeShard = 'purge';

/** When time next changes something about a group, and where the job looks for it. */
export function dueOf(group: GroupItem, now: number): Pick<GroupItem, 'dueAt' | 'dueShard'> {
  const { groupId, timeZone, disbandsAt, deletedAt, silence } = group;
  if (deletedAt) {
    return { dueAt: daysAfter(deletedAt, limits.disbanding.purgeDays), dueShard: purgeShard };
  }
  const day = nextChange(localDay(now, timeZone), group);
  const [dueAt] = [
    ...(day ? [iso(startOfDay(day, timeZone))] : []),
    ...(disbandsAt ? [disbandsAt] : []),
    ...(silence ? [silenceDue(silence)] : []),
  ].toSorted();
  return dueAt === undefined ? {} : { dueAt, dueShard: groupId.slice(-1) };
}

/** What is to be different; what is named as undefined is not there any more. */
export type GroupChanges = {
  readonly [K in Exclude<keyof GroupItem, 'groupId' | 'memberCount' | 'likes' | 'version'>]?: GroupItem[K] | undefined;
};

/**
 * A group after a change, one version on, and the writes that bring it there with its places in the lists: refused where
 * it is no longer as it was read, but for its members and likes. Everything that shows the group follows its version.
 *
 * @param when what else must hold of the group
 * @param add what its counters grow by with the change
 */
export function changedGroup(
  before: GroupItem,
  changes: GroupChanges,
  now: number,
  when: Condition[] = [],
  add: Changes['add'] = {},
) {
  const { groupId } = before;
  const old: Readonly<Record<string, unknown>> = { ...before };
  const kept = Object.entries({ ...before, ...changes, version: before.version + 1 }).filter(
    ([name, value]) => value !== undefined && !derived.includes(name),
  );
  const edited = Object.fromEntries(kept) as unknown as GroupItem;
  const after: GroupItem = { ...edited, ...dueOf(edited, now) };
  const item: Readonly<Record<string, unknown>> = { ...after, ...moved('Group', { ...after }) };
  const news = Object.entries(item).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]));
  const gone = Object.keys(old).filter((name) => !(name in item));
  const unchanged = allOf(is('version', before.version), absent('deletedAt'), ...when);
  const group = patch('Group', { groupId }, { set: Object.fromEntries(news), remove: gone, add }, unchanged);
  return { after, writes: { group, ...relisted(before, after, now) } as Record<string, Write> };
}

/** What is made of the rest of the item. */
const derived: readonly string[] = ['dueAt', 'dueShard', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'];

/** The news that a group is something else now; none where it is what it was. */
export const tellStatus = (group: GroupItem, from: GroupStatus, to: GroupStatus, actorId: string, now: number) =>
  from === to ? undefined : tellMembers(group, 'GROUP_STATUS', { title: group.title, status: to }, actorId, now);
