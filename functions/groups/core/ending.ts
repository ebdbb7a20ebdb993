/** The news and the end of a group, whoever or whatever brings them. */
import { iso } from '../../../shared/core/time.ts';
import type { Condition } from '../../../shared/data/conditions.ts';
import { type Announcement, outbox } from '../../../shared/data/outbox.ts';
import type { Write } from '../../../shared/data/writes.ts';
import { changedGroup } from './change.ts';
import type { GroupItem } from './items.ts';
import type { GroupStatus } from './values.ts';

/** The news for a group's members, whoever they are when it is delivered. */
export const tellMembers = (
  { groupId }: GroupItem,
  notice: Announcement['notice'],
  values: Announcement['values'],
  actorId: string,
  now: number,
): Write => outbox(now, { notice, to: [], toMembersOf: groupId, actorId, values, link: { screen: 'group', groupId } });

/** The news that a group is something else now; none where it is what it was. */
export const tellStatus = (group: GroupItem, from: GroupStatus, to: GroupStatus, actorId: string, now: number) =>
  from === to ? undefined : tellMembers(group, 'GROUP_STATUS', { title: group.title, status: to }, actorId, now);

/**
 * The end of a group: it is off the lists and seen by nobody. Its members, who are named because they are none any more
 * when it is delivered, are told; their memberships end after it (`groupEnded`).
 */
export function endWrites(
  group: GroupItem,
  memberIds: readonly string[],
  actorId: string,
  now: number,
  when: Condition[] = [],
): Record<string, Write | undefined> {
  const { groupId, title } = group;
  const to = memberIds.filter((accountId) => accountId !== actorId);
  const changes = { deletedAt: iso(now), disbandsAt: undefined, waitingFor: undefined };
  const link = { screen: 'group', groupId } as const;
  return {
    ...changedGroup(group, changes, now, when).writes,
    notice: to.length > 0 ? outbox(now, { notice: 'GROUP_DELETED', to, actorId, values: { title }, link }) : undefined,
  };
}
