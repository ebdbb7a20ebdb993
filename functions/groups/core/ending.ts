/** The end of a group: by its leader, by its last member, or by a job. */
import { iso } from '../../../shared/core/time.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, type Part } from '../../../shared/data/table.ts';
import { changedGroup } from './change.ts';
import type { GroupItem } from './items.ts';
import { groupNews } from './news.ts';

interface Ending {
  /** Accounts to notify. They are named by id, because their memberships have ended when the news is delivered. */
  readonly members: readonly string[];
  readonly by: string;
  readonly now: number;
}

/**
 * All writes that end a group. The group leaves the public lists, nobody sees it any longer, and its members are
 * notified. Their memberships end afterwards, by the stream (`groupEnded`).
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
