/** The end of a group, whoever or whatever brings it. */
import { iso } from '../../../shared/core/time.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, type Part } from '../../../shared/data/table.ts';
import { changedGroup } from './change.ts';
import type { GroupItem } from './items.ts';
import { groupNews } from './news.ts';

interface Ending {
  /** The people to tell, by their ids, because they are no members any more when it is delivered. */
  readonly members: readonly string[];
  readonly by: string;
  readonly now: number;
}

/**
 * Everything that the end of a group writes: it is off the lists and seen by nobody, and its members are told. Their
 * memberships end after it (`groupEnded`).
 */
export function endWrites(group: GroupItem, { members, by, now }: Ending): Part[] {
  const { groupId, title } = group;
  const to = members.filter((accountId) => accountId !== by);
  const changes = { deletedAt: iso(now), disbandsAt: undefined, waitingFor: undefined };
  return [
    or(overtaken, changedGroup(group, changes, now).writes),
    to.length > 0 && tell(groupNews.deleted, now, { to, by, title, groupId }),
  ];
}
