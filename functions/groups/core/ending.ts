/** The end of a group, whoever or whatever brings it. */
import { iso } from '../../../shared/core/time.ts';
import type { Condition } from '../../../shared/data/conditions.ts';
import type { Changes } from '../../../shared/data/expression.ts';
import { outbox } from '../../../shared/data/outbox.ts';
import type { Write } from '../../../shared/data/writes.ts';
import { changedGroup } from './change.ts';
import type { GroupItem } from './items.ts';

interface Ending {
  /** Who is told: by their names, because they are no members any more when it is delivered. */
  readonly members: readonly string[];
  readonly by: string;
  readonly now: number;
  /** What else must hold of the group. */
  readonly when?: Condition[];
  /** What the group's counters grow by with its end. */
  readonly add?: Changes['add'];
}

/**
 * Everything that the end of a group writes: it is off the lists and seen by nobody, and its members are told. Their
 * memberships end after it (`groupEnded`).
 */
export function endWrites(
  group: GroupItem,
  { members, by, now, when, add }: Ending,
): Record<string, Write | undefined> {
  const { groupId, title } = group;
  const to = members.filter((accountId) => accountId !== by);
  const changes = { deletedAt: iso(now), disbandsAt: undefined, waitingFor: undefined };
  const link = { screen: 'group', groupId } as const;
  return {
    ...changedGroup(group, changes, now, when, add).writes,
    notice:
      to.length > 0 ? outbox(now, { notice: 'GROUP_DELETED', to, actorId: by, values: { title }, link }) : undefined,
  };
}
