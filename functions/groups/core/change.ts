/** Changing a group: what every change of what a group is has in common. */

import { daysAfter, iso, localDay, startOfDay } from '../../../shared/core/time.ts';
import { absent } from '../../../shared/data/conditions.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { type ConditionOn, type Revision, revised, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { GroupItem } from './items.ts';
import { relisted } from './listing.ts';
import { groupNews } from './news.ts';
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

/** The attributes that are to be different; one named as undefined is taken out. */
export type GroupChanges = Omit<Revision<'Group'>, 'groupId' | 'memberCount' | 'likes'>;

/**
 * A group after a change, one version on, and the writes that bring it there with its places in the lists: refused where
 * it is no longer as it was read, but for its members and likes. Everything that shows the group follows its version.
 *
 * @param when what else must hold of the group
 */
export function changedGroup(
  before: GroupItem,
  changes: GroupChanges,
  now: number,
  when: readonly ConditionOn<'Group'>[] = [],
): { readonly after: GroupItem; readonly writes: Write[] } {
  // An attribute that is named as undefined counts as absent.
  const due = dueOf({ ...before, ...changes } as GroupItem, now);
  const all = { ...changes, dueAt: due.dueAt, dueShard: due.dueShard };
  const { after, write } = revised('Group', before, all, absent('deletedAt'), ...when);
  return { after, writes: [write, ...relisted(before, after, now)] };
}

/** The news that a group is something else now; none where it is what it was. */
export const tellStatus = (
  { groupId, title }: GroupItem,
  from: GroupStatus,
  to: GroupStatus,
  by: string,
  now: number,
) => from !== to && tell(groupNews.status, now, { toMembersOf: groupId, by, title, status: to, groupId });
