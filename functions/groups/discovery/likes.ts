import { groupSeenBy, isPublic, isSeenBy, stillMember } from '../../../shared/access/access.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { above, absent, allOf, is } from '../../../shared/data/conditions.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { create, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { viewOf } from '../core/view.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;

/** Row 36. The like and the count of likes are one transaction: a second like finds the first, and there is nothing to do. */
export async function likeGroup(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['likeGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['likeGroup']>> {
  const { group, like } = await groupSeenBy(table, groupId, accountId, { like: ref('Like', { groupId, accountId }) });
  if (like) return noContent;
  const open = isPublic(group);
  const shown = open ? [is('visibility', 'PUBLIC'), is('approvalStatus', 'APPROVED')] : [];
  await table.commit([
    or(nothing, create('Like', { groupId, accountId, likedAt: iso(now) })),
    charged({ limit: 'like', subject: accountId }, now),
    or('NOT_FOUND', patch('Group', { groupId }, { add: { likes: 1, moves: 1 } }, allOf(absent('deletedAt'), ...shown))),
    !open && stillMember(groupId, accountId),
  ]);
  return noContent;
}

export async function unlikeGroup(
  { params: { groupId }, account: { accountId } }: RouteRequest<Routes['unlikeGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['unlikeGroup']>> {
  await takeBack(table, accountId, groupId);
  return noContent;
}

/** Deletes a like and counts one less. Idempotent, in one request unless the group is deleted: then only the like is left. */
async function takeBack(table: Table, accountId: string, groupId: string): Promise<void> {
  const like = or(nothing, remove('Like', { groupId, accountId }));
  const count = patch('Group', { groupId }, { add: { likes: -1, moves: 1 } }, above('likes', 0));
  try {
    await table.commit([like, or('NOT_FOUND', count)]);
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'NOT_FOUND')) throw error;
    await table.commit([like]);
  }
}

/** Takes all likes of an account back. Doing it again is fine. */
export async function forgetLikes(table: Table, accountId: string): Promise<void> {
  const likes = await everyItem((cursor) => likesOf(table, accountId, { limit: 50, cursor }));
  await inParallel(5, likes, ({ groupId }) => takeBack(table, accountId, groupId));
}

const likesOf = (table: Table, accountId: string, page: { limit: number; cursor?: string | undefined }) =>
  table.query('likesOfAccount', { accountId }, { ...page, newestFirst: true });

/**
 * The likes, then their groups, which may lag as in every public list. Only a group that is not public asks for the viewer's
 * part in it, strongly consistent: somebody who was just removed no longer sees it.
 */
export async function listLikes(
  { query: { limit, cursor }, account: { accountId }, now }: RouteRequest<Routes['listLikes']>,
  { table }: Kernel,
): Promise<Answer<Routes['listLikes']>> {
  const page = await likesOf(table, accountId, { limit, cursor });
  const groups = await table.getAll(
    Object.fromEntries(page.items.map(({ groupId }) => [groupId, ref('Group', { groupId })])),
    { eventual: true },
  );
  const closed = Object.values(groups).flatMap((group) => (group && !isPublic(group) ? [group.groupId] : []));
  const members = await table.getAll(
    Object.fromEntries(closed.map((groupId) => [groupId, ref('Membership', { groupId, accountId })])),
  );
  const items = page.items.flatMap(({ groupId, likedAt }) => {
    const group = groups[groupId];
    return group && isSeenBy(group, members[groupId]) ? [{ group: viewOf(group, now), likedAt }] : [];
  });
  return { body: { items, nextCursor: page.nextCursor } };
}
