/** The steps that every change of a group has in common. */

import { daysAfter, iso, localDay, startOfDay } from '../../../shared/core/time.ts';
import { absent } from '../../../shared/data/conditions.ts';
import { rescheduled } from '../../../shared/data/due.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { type ConditionOn, type Revision, revised, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { GroupItem } from './items.ts';
import { groupNews } from './news.ts';
import { nextChange, silenceDue } from './rules.ts';
import type { GroupStatus } from './values.ts';

/** The instant at which time next changes a group; undefined if there is none. */
export function dueAtOf({ timeZone, disbandsAt, deletedAt, silence, ...group }: GroupItem, now: number) {
  if (deletedAt) return daysAfter(deletedAt, limits.disbanding.purgeDays);
  const day = nextChange(localDay(now, timeZone), group);
  const [dueAt] = [
    ...(day ? [iso(startOfDay(day, timeZone))] : []),
    ...(disbandsAt ? [disbandsAt] : []),
    ...(silence ? [silenceDue(silence)] : []),
  ].toSorted();
  return dueAt;
}

/** The due entry of a group: for its dates, or, after its end, for its purge. */
const dueEntry = ({ groupId, dueAt, deletedAt }: GroupItem) =>
  dueAt === undefined ? undefined : { kind: deletedAt ? 'purgeGroup' : 'groupDates', subject: groupId, at: dueAt };

/** The writes that keep the due entry in step with a group's `dueAt`. `before` is undefined for a new group. */
export const groupDue = (before: GroupItem | undefined, after: GroupItem): Write[] =>
  rescheduled(before && dueEntry(before), dueEntry(after));

/** The attributes with new values. An attribute given as undefined is removed. */
export type GroupChanges = Omit<Revision<'Group'>, 'groupId' | 'memberCount' | 'likes'>;

/**
 * A group after a change, one version on, and the writes that bring it there: refused where it is no longer as it was read,
 * but for its members and likes. Everything that shows the group follows by the stream.
 *
 * @param changes `dueAt` is named by whoever works what is due; else it follows
 * @param when what else must hold of the group
 */
export function changedGroup(
  before: GroupItem,
  changes: GroupChanges,
  now: number,
  when: readonly ConditionOn<'Group'>[] = [],
): { readonly after: GroupItem; readonly writes: Write[] } {
  // An attribute that is named as undefined counts as absent.
  const next = { ...before, ...changes } as GroupItem;
  // A date that has passed stays due until a run has worked it: an edit just after midnight must not take it away.
  const stays = before.dueAt !== undefined && before.dueAt <= iso(now) && !next.deletedAt;
  const dueAt = 'dueAt' in changes ? changes.dueAt : stays ? before.dueAt : dueAtOf(next, now);
  const { after, write } = revised('Group', before, { ...changes, dueAt }, absent('deletedAt'), ...when);
  return { after, writes: [write, ...groupDue(before, after)] };
}

/** The news that a group is something else now; none where it is what it was. */
export const tellStatus = (
  { groupId, title }: GroupItem,
  from: GroupStatus,
  to: GroupStatus,
  by: string,
  now: number,
) => from !== to && tell(groupNews.status, now, { toMembersOf: groupId, by, title, status: to, groupId });
