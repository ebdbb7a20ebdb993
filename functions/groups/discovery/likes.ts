import { seen } from '../../../shared/access/access.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { above, absent, allOf, is } from '../../../shared/data/conditions.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { charged, tooMany, type Use } from '../../../shared/data/quota.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { check, create, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem, MembershipItem } from '../core/items.ts';
import { isPublic } from '../core/rules.ts';
import { viewOf } from '../core/view.ts';
import type { contract } from './contract.ts';
import type { LikeItem } from './items.ts';

type Routes = typeof contract.routes;

/** Whether somebody may see a group: everybody a public one, its members any. */
const mayBeSeenBy = (group: GroupItem, member: MembershipItem | undefined) =>
  isPublic(group) || (member?.state === 'ACTIVE' && !group.deletedAt);

/** Row 36. The like and the count of likes are one transaction: a second like is refused by the first, and is as good. */
export async function likeGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['likeGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['likeGroup']>> {
  const found = await table.getAll({
    group: ref('Group', { groupId }),
    member: ref('Membership', { groupId, accountId }),
    like: ref('Like', { groupId, accountId }),
  });
  const group = seen(found.group, (each) => mayBeSeenBy(each, found.member));
  if (found.like) return noContent;
  const use: Use = { limit: 'like', subject: accountId };
  const open = isPublic(group);
  const shown = open ? [is('visibility', 'PUBLIC'), is('approvalStatus', 'APPROVED')] : [];
  const refused = await table.commit({
    like: create('Like', { groupId, accountId, likedAt: iso(now) }),
    group: patch('Group', { groupId }, { add: { likes: 1, moves: 1 } }, allOf(absent('deletedAt'), ...shown)),
    member: open ? undefined : check('Membership', { groupId, accountId }, is('state', 'ACTIVE')),
    use: charged(use, now),
  });
  if (!refused || refused.like) return noContent;
  throw refused.use ? tooMany(use, now) : new Problem('NOT_FOUND');
}

export async function unlikeGroup(
  { params: { groupId }, account: { accountId } }: RouteRequest<Routes['unlikeGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['unlikeGroup']>> {
  await takeBack(table, accountId, groupId);
  return noContent;
}

async function takeBack(table: Table, accountId: string, groupId: string): Promise<void> {
  const like = remove('Like', { groupId, accountId });
  const group = patch('Group', { groupId }, { add: { likes: -1, moves: 1 } }, above('likes', 0));
  const refused = await table.commit({ like, group });
  // Of a group that is no more, only the like is left.
  if (refused && !refused.like) await table.commit({ like });
}

/** Takes all likes of an account back. Doing it again is fine. */
export async function forgetLikes(table: Table, accountId: string): Promise<void> {
  const likes = await everyItem((cursor) => likesOf(table, accountId, { limit: 50, cursor }));
  await inParallel(5, likes, ({ groupId }) => takeBack(table, accountId, groupId));
}

const likesOf = (table: Table, accountId: string, page: { limit: number; cursor?: string | undefined }) =>
  table.query('likesOfAccount', { accountId }, { ...page, newestFirst: true });

/** In two requests: the likes, then the groups with one's own part in each. */
export async function listLikes(
  { query: { limit, cursor }, account: { accountId }, now }: RouteRequest<Routes['listLikes']>,
  { table }: Kernel,
): Promise<Answer<Routes['listLikes']>> {
  const page = await likesOf(table, accountId, { limit, cursor });
  const ids = page.items.map(({ groupId }) => groupId);
  const found = await table.getAll({
    ...Object.fromEntries(ids.map((groupId) => [groupId, ref('Group', { groupId })])),
    ...Object.fromEntries(ids.map((groupId) => [`in ${groupId}`, ref('Membership', { groupId, accountId })])),
  });
  const items = page.items.flatMap(({ groupId, likedAt }) => {
    const group = found[groupId] as GroupItem | undefined;
    const member = found[`in ${groupId}`] as MembershipItem | undefined;
    return group && mayBeSeenBy(group, member) ? [{ group: viewOf(group, now), likedAt }] : [];
  });
  return { body: { items, nextCursor: page.nextCursor } };
}
