/** Tells open pages that an application has changed. They ask again. */
import { may } from '../../../shared/access/powers.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { blockRef } from '../../accounts/blocks/service.ts';
import { tellOpenPages } from '../../talking/connections/open-pages.ts';
import type { Sending } from '../../talking/connections/service.ts';
import { applicationRef } from '../core/application.ts';
import type { ApplicationItem, GroupItem, MembershipItem } from '../core/items.ts';
import { judgesOf } from '../core/managers.ts';
import type { ApplicationChanged } from './contract.ts';

/**
 * The applicant, and everybody who may decide now, get the state that the application has now. People who have blocked the
 * applicant get nothing, as they get no notification.
 */
export async function tellOfApplication(
  {
    item,
    old,
    again,
    now,
    signal,
  }: Change<ApplicationItem, Old<ApplicationItem, 'groupId' | 'accountId' | 'state' | 'appliedAt'>>,
  { table, sockets }: Kernel & Sending,
): Promise<void> {
  const key = item ?? old;
  if (!key || (!again && item?.state === old?.state && item?.appliedAt === old?.appliedAt)) return;
  // The purge of a group and the erasure of an account delete applications that nobody waits for.
  if (!item && old?.state !== 'PENDING') return;
  const { groupId, accountId } = key;
  const { group, application } = await table.getAll({
    group: ref('Group', { groupId }),
    application: applicationRef(groupId, accountId),
  });
  const data: ApplicationChanged = { groupId, accountId, state: application?.state ?? null };
  const concerned = [accountId, ...(group && !group.deletedAt ? await decidersOf(table, group, accountId) : [])];
  await tellOpenPages(
    { table, sockets },
    'application.changed',
    concerned.map((each) => ({ accountId: each, data })),
    { now, signal },
  );
}

/** Everybody who may decide on an application now: their memberships say so. One request for the leader and 20 managers. */
async function decidersOf(table: Table, group: GroupItem, applicantId: string): Promise<string[]> {
  const { groupId } = group;
  const judges = judgesOf(group).filter((accountId) => accountId !== applicantId);
  const found = (await table.getAll(
    Object.fromEntries(
      judges.flatMap((accountId): [string, Reference<unknown>][] => [
        [`member ${accountId}`, ref('Membership', { groupId, accountId })],
        [`block ${accountId}`, blockRef(accountId, applicantId)],
      ]),
    ),
  )) as Record<string, never>;
  return judges.filter((accountId) => {
    const member = found[`member ${accountId}`] as MembershipItem | undefined;
    return member?.state === 'ACTIVE' && may(member.role, 'judgeApplications') && !found[`block ${accountId}`];
  });
}
