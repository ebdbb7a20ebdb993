/** Row 80: who has read which post. */
import { memberWho } from '../../../shared/access/access.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { create, drop } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { authorsOf } from '../../activity/written/authors.ts';
import { one, readAlong } from '../../activity/written/seen.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import type { contract } from './contract.ts';
import type { PostItem, PostReadItem } from './items.ts';
import { beyond } from './rules.ts';

type Routes = typeof contract.routes;
type Posts = readonly Pick<PostItem, 'postId' | 'accountId'>[];
const readRef = (accountId: string, groupId: string, postId: string) => ref('PostRead', { accountId, groupId, postId });

/**
 * Which posts of a group somebody has read: of the newest that they have read, in one request that runs beside others. For a
 * post that is older than those, `lookUp` makes one more.
 */
export async function readsOf(table: Table, accountId: string, groupId: string) {
  const page = await table.query(
    'readsOfAccount',
    { accountId },
    { limit: limits.post.read, newestFirst: true, between: [groupId, groupId] },
  );
  const known = new Set(page.items.map(({ postId }) => postId));
  const oldest = page.nextCursor === null ? undefined : page.items.at(-1)?.postId;
  return {
    async lookUp(posts: Posts): Promise<(post: Posts[number]) => boolean> {
      const others = posts.filter((post) => post.accountId !== accountId).map(({ postId }) => postId);
      const wanted = beyond(others, oldest).map((postId) => [postId, readRef(accountId, groupId, postId)] as const);
      const found: Readonly<Record<string, unknown>> =
        wanted.length === 0
          ? {}
          : await table.getAll(Object.fromEntries<Reference<PostReadItem>>(wanted), { eventual: true });
      return (post) => post.accountId === accountId || known.has(post.postId) || found[post.postId] !== undefined;
    },
  };
}

/**
 * Marks a post as read, once. It is no part of a transaction with the post: a club that opens a notice at the same moment would
 * wait for each other. A mark of a post that was deleted in between names nothing, and goes with its reader or its group.
 */
export const markRead = (table: Table, read: Omit<PostReadItem, 'readAt'>, now: number) =>
  table.commit(or(nothing, create('PostRead', { ...read, readAt: iso(now) })));

export async function listPostReaders(
  { params, account: { accountId }, locale }: RouteRequest<Routes['listPostReaders']>,
  { table }: Kernel,
): Promise<Answer<Routes['listPostReaders']>> {
  const { groupId } = params;
  const [found, members, reads, roster] = await Promise.all([
    memberWho(table, 'runNotices', groupId, accountId, { post: ref('Post', params), ...readAlong(accountId, groupId) }),
    presentMembers(table, groupId),
    readsOfPost(table, params),
    rosterOf(table, groupId),
  ]);
  const post = one('post', found.post, found);
  const readAt = new Map(reads.map((read) => [read.accountId, read.readAt]));
  const others = members.filter((member) => member.accountId !== post.accountId);
  const nameOf = await authorsOf(table, roster, others, locale);
  const people = others.map((member) => ({
    ...{ id: member.accountId, nickname: nameOf(member).nickname },
    readAt: readAt.get(member.accountId),
  }));
  const read = people.flatMap((each) => (each.readAt === undefined ? [] : [{ ...each, readAt: each.readAt }]));
  const unread = people.flatMap(({ id, nickname, readAt: at }) => (at === undefined ? [{ id, nickname }] : []));
  const lastFirst = read.toSorted((a, b) => (a.readAt < b.readAt ? 1 : -1));
  // By the alphabet of who reads, not that of the machine: in Korean its own letters come first.
  const byName = unread.toSorted((a, b) => a.nickname.localeCompare(b.nickname, locale));
  return { body: { read: lastFirst, unread: byName } };
}

const readsOfPost = (table: Table, { groupId, postId }: { readonly groupId: string; readonly postId: string }) =>
  everyItem((cursor) =>
    table.query('readsOfGroup', { groupId }, { limit: 500, cursor, between: [postId, postId] as const }),
  );

/** Who has read a deleted post is of no use any more. */
export async function forgetReads(
  { old }: Change<PostItem, Old<PostItem, 'groupId' | 'postId'>>,
  { table }: Kernel,
): Promise<void> {
  if (!old) return;
  await inParallel(10, await readsOfPost(table, old), ({ accountId, groupId, postId }) =>
    table.commit([drop('PostRead', { accountId, groupId, postId })]),
  );
}
