/** What a group is to the person who looks at it. Groups themselves look the same to everybody, so these are answers apart. */

import { groupSeenBy, isSeenBy } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { piecesOf } from '../../../shared/core/parallel.ts';
import { localDay } from '../../../shared/core/time.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { type ReadOptions, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { applicationRef } from '../core/application.ts';
import type { ApplicationItem, GroupItem, MembershipItem } from '../core/items.ts';
import { namedIn } from '../core/roster.ts';
import type { contract } from './contract.ts';
import type { LikeItem } from './items.ts';
import { viewerRefusal } from './viewer-rules.ts';

type Routes = typeof contract.routes;

export async function getViewer(
  { params: { groupId }, account: { accountId }, locale, now }: RouteRequest<Routes['getViewer']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['getViewer']>> {
  const found = await groupSeenBy(table, groupId, accountId, {
    like: likeRef(groupId, accountId),
    application: applicationRef(groupId, accountId),
    account: ref('Account', { accountId }),
  });
  const { leaderId } = found.group;
  const people = await namedIn(table, new Map(), [leaderId]);
  const person = people.get(leaderId);
  const nickname = person?.nickname ?? catalogOf(locale).unknownPerson;
  const leader = { id: leaderId, nickname, picture: await thumbnailOf(bucket, person?.picture) };
  return { body: { ...viewerOf(found, now), leader } };
}

/** Three requests at once for fifty groups: four items of each, a hundred a request, and the account with the session. */
export async function listViewer(
  { query: { groupIds }, account: { accountId }, now }: RouteRequest<Routes['listViewer']>,
  { table }: Kernel,
): Promise<Answer<Routes['listViewer']>> {
  const ids = [...new Set(groupIds.split(','))];
  const [account, ...found] = await Promise.all([
    table.get('Account', { accountId }),
    ...piecesOf(groupsAtOnce, ids).map((some) => partsIn(table, some, accountId)),
  ]);
  const items = found
    .flat()
    .flatMap(({ group, ...parts }) =>
      group && !group.deletedAt && isSeenBy(group, parts.member) ? [viewerOf({ group, ...parts, account }, now)] : [],
    );
  return { body: { items } };
}
const groupsAtOnce = 25;

const likeRef = (groupId: string, accountId: string) => ref('Like', { groupId, accountId });

interface Parts {
  readonly group: GroupItem | undefined;
  readonly member: MembershipItem | undefined;
  readonly like: LikeItem | undefined;
  readonly application: ApplicationItem | undefined;
}

/** What somebody is to some groups, in one request. It is only shown, so it may lag by a moment. */
async function partsIn(table: Table, groupIds: readonly string[], accountId: string): Promise<Parts[]> {
  const references: Record<string, Reference<unknown>> = {};
  for (const groupId of groupIds) {
    references[`group ${groupId}`] = ref('Group', { groupId });
    references[`member ${groupId}`] = ref('Membership', { groupId, accountId });
    references[`like ${groupId}`] = likeRef(groupId, accountId);
    references[`application ${groupId}`] = applicationRef(groupId, accountId);
  }
  const found = (await table.getAll(references, { eventual: true } satisfies ReadOptions)) as Record<string, never>;
  return groupIds.map((groupId) => ({
    group: found[`group ${groupId}`],
    member: found[`member ${groupId}`],
    like: found[`like ${groupId}`],
    application: found[`application ${groupId}`],
  }));
}

function viewerOf(
  { group, member, like, application, account }: Parts & { group: GroupItem; account: ItemOf<'Account'> | undefined },
  now: number,
) {
  return {
    groupId: group.groupId,
    role: member?.state === 'ACTIVE' ? member.role : null,
    application: application?.state ?? null,
    liked: like !== undefined,
    joinRefusal: viewerRefusal(localDay(now, group.timeZone), group, {
      member,
      application: application?.state,
      groupsOfKind: account?.[`groups${group.kind}`] ?? 0,
    }),
  };
}
