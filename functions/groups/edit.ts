import { has, memberWho } from '../../shared/access/access.ts';
import type { Kernel } from '../../shared/adapters/kernel.ts';
import { Problem } from '../../shared/core/problems.ts';
import { localDay } from '../../shared/core/time.ts';
import { atMost } from '../../shared/data/conditions.ts';
import { outbox } from '../../shared/data/outbox.ts';
import { charged, tooMany, type Use } from '../../shared/data/quota.ts';
import { ref } from '../../shared/data/table.ts';
import { check } from '../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../shared/http/exchange.ts';
import { changedGroup, type GroupChanges } from './change.ts';
import type { contract } from './contract.ts';
import { deadlineError, extensionError, isOver, kinds, mostSeats } from './rules.ts';
import type { GroupItem } from './store.ts';
import { refusePeriod, refuseSeats, viewOf } from './view.ts';

type Edit = RouteRequest<(typeof contract.routes)['editGroup']>;

/** Rows 24, 25, 48, 49: what stands there must be what was read, and the members must fit into the seats. */
export async function editGroup(
  { params: { groupId }, body, account: { accountId }, locale, now, ifMatch }: Edit,
  { table }: Kernel,
): Promise<Answer<(typeof contract.routes)['editGroup']>> {
  const found = await memberWho(table, 'editGroup', groupId, accountId, {
    group: ref<GroupItem>('Group', { groupId }),
  });
  const before = found.group as GroupItem;
  if (ifMatch !== undefined && ifMatch !== before.version) throw new Problem('PRECONDITION_FAILED');
  const today = localDay(now, before.timeZone);
  // What is over does not begin again.
  if (body.endDate && isOver(today, before)) throw new Problem('NOT_APPLICABLE');
  refusePeriod(
    [
      body.endDate ? extensionError(before, body.endDate, today) : undefined,
      body.recruitUntil ? deadlineError(before, body.recruitUntil, today) : undefined,
    ],
    locale,
  );
  const { capacity = before.capacity } = body;
  if (capacity < kinds[before.kind].seats[0] || capacity > mostSeats(before.kind, before.paid)) refuseSeats(locale);
  if (capacity < before.memberCount) throw new Problem('CAPACITY_BELOW_MEMBERS');

  const { after, writes } = changedGroup(before, changesOf(body, before), now, [atMost('memberCount', capacity)]);
  const use: Use = { limit: 'changeGroup', subject: groupId };
  const extended = after.endDate !== before.endDate;
  const refused = await table.commit<string>({
    ...writes,
    use: charged(use, now),
    editor: check('Membership', { groupId, accountId }, has('editGroup')),
    notice: extended
      ? outbox(now, {
          notice: 'GROUP_EXTENDED',
          to: [],
          toMembersOf: groupId,
          actorId: accountId,
          values: { title: after.title, date: after.endDate },
          link: { screen: 'group', groupId },
        })
      : undefined,
  });
  if (refused?.editor) throw new Problem('NOT_FOUND');
  if (refused?.use) throw tooMany(use, now);
  if (refused?.group?.item?.version === before.version) throw new Problem('CAPACITY_BELOW_MEMBERS');
  if (refused) throw new Problem('PRECONDITION_FAILED');
  return { body: viewOf(after, now), version: after.version };
}

/** What an edit makes different. Null and an empty notice line take away; a word of one's own goes with ETC alone. */
function changesOf(body: Edit['body'], before: GroupItem): GroupChanges {
  const { category = before.category } = body;
  if (body.customCategory !== undefined && category !== 'ETC') throw new Problem('NOT_APPLICABLE');
  const named = Object.entries(body).filter(([, value]) => value !== undefined);
  const changes = Object.fromEntries(
    named.map(([name, value]) => [name, value === null || (name === 'notice' && value === '') ? undefined : value]),
  );
  return category === 'ETC' ? changes : { ...changes, customCategory: undefined };
}
