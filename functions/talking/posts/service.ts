import { changedSince, memberOf, requireVersion, seen, stillMay, stillMember } from '../../../shared/access/access.ts';
import { activeAccount } from '../../../shared/access/accounts.ts';
import { may } from '../../../shared/access/powers.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { nothing, overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, type Part, ref, type Table } from '../../../shared/data/table.ts';
import { create, remove, revised } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { authorsOf } from '../../activity/written/authors.ts';
import { subjectOf } from '../../activity/written/reported.ts';
import { one, readAlong, shown } from '../../activity/written/seen.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { commentCountsOf } from '../comments/counts.ts';
import type { contract } from './contract.ts';
import type { PostItem } from './items.ts';
import { postNews } from './news.ts';
import { markRead, readsOf } from './reading.ts';
import { mayEdit, unreadFirst } from './rules.ts';
import { viewOf } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };
type One = { readonly groupId: string; readonly postId: string };

const subjectOfPost = (post: PostItem) => subjectOf('post', post);

/** The board: whatever it holds, it is two round trips, and one more if a writer has left the group. */
export async function listPosts(
  { params: { groupId }, query, account: { accountId }, locale }: RouteRequest<Routes['listPosts']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['listPosts']>> {
  const { kind, limit, cursor } = query;
  const isBoard = kind === undefined && cursor === undefined;
  const ofKind = kind ?? 'POST';
  const options = { limit, cursor, newestFirst: true, binding: kind ?? '' };
  const [page, pinned, found, blocked, roster, reads] = await Promise.all([
    table.query('postsByKind', { groupId, kind: ofKind }, options),
    isBoard ? newestNotices(table, groupId) : [],
    memberOf(table, groupId, accountId, readAlong(accountId, groupId)),
    blockedBy(table, accountId),
    rosterOf(table, groupId),
    readsOf(table, accountId, groupId),
  ]);
  const viewer = { ...found, blocked };
  const notices = shown('post', pinned, viewer);
  const items = shown('post', page.items, viewer);
  const all = [...notices, ...items];
  const [authorOf, countOf, isRead] = await Promise.all([
    authorsOf(table, roster, all, locale),
    commentCountsOf(table, groupId, all.map(subjectOfPost)),
    reads.lookUp(all),
  ]);
  const view = (post: PostItem) =>
    viewOf(bucket, post, authorOf(post), { read: isRead(post), comments: countOf(subjectOfPost(post)) });
  return {
    body: {
      notices: await Promise.all(unreadFirst(notices, isRead).map(view)),
      unread: notices.filter((notice) => !isRead(notice)).length,
      items: await Promise.all(items.map(view)),
      nextCursor: page.nextCursor,
    },
  };
}

async function newestNotices(table: Table, groupId: string): Promise<PostItem[]> {
  const options = { limit: limits.post.notices, newestFirst: true };
  return (await table.query('postsByKind', { groupId, kind: 'NOTICE' }, options)).items;
}

export async function writePost(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['writePost']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['writePost']>> {
  const found = await memberOf(table, groupId, accountId, { account: ref('Account', { accountId }) });
  const isNotice = body.kind === 'NOTICE';
  if (isNotice && !may(found.member.role, 'runNotices')) throw new Problem('NOT_FOUND');
  const at = { version: 1, createdAt: iso(now), modifiedAt: iso(now) };
  const post: PostItem = { groupId, postId: newId(now), accountId, ...body, ...at };
  const view = await viewOf(bucket, post, activeAccount(found.account), { read: true, comments: 0 });
  const answer = { body: view, version: 1, location: `/v1/groups/${groupId}/posts/${post.postId}` };
  await table.commit(
    [
      isNotice ? stillMay('runNotices', groupId, accountId) : stillMember(groupId, accountId),
      charged({ limit: 'post', subject: accountId }, now),
      create('Post', post),
      isNotice && noticed(found.group, post, accountId, now),
    ],
    answer,
  );
  return answer;
}

export async function getPost(
  { params, query, account: { accountId }, locale, now }: RouteRequest<Routes['getPost']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['getPost']>> {
  const { groupId } = params;
  const [{ post }, roster] = await Promise.all([visible(table, params, accountId), rosterOf(table, groupId)]);
  const isOwn = post.accountId === accountId;
  const marks = query.peek === undefined && !isOwn;
  const reading = { ...params, accountId };
  const [authorOf, countOf, read] = await Promise.all([
    authorsOf(table, roster, [post], locale),
    commentCountsOf(table, groupId, [subjectOfPost(post)]),
    isOwn || marks || table.get('PostRead', reading).then((item) => item !== undefined),
    marks && markRead(table, reading, now),
  ]);
  const sight = { read, comments: countOf(subjectOfPost(post)) };
  return { body: await viewOf(bucket, post, authorOf(post), sight), version: post.version };
}

export async function editPost(
  { params, body, account: { accountId }, locale, now, ifMatch }: RouteRequest<Routes['editPost']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['editPost']>> {
  const { groupId } = params;
  const [found, roster] = await Promise.all([visible(table, params, accountId), rosterOf(table, groupId)]);
  const before = found.post;
  const runs = may(found.member.role, 'runNotices');
  const kind = body.kind ?? before.kind;
  const changesText = body.title !== undefined || body.body !== undefined;
  const isAuthor = before.accountId === accountId;
  seen(before, () => mayEdit({ isAuthor, runs, before: before.kind, kind, changesText }));
  requireVersion(before, ifMatch);
  const changes = { kind, title: body.title ?? before.title, body: body.body ?? before.body, modifiedAt: iso(now) };
  const { after, write } = revised('Post', before, changes);
  const becomesNotice = kind === 'NOTICE' && before.kind === 'POST';
  const [authorOf, countOf, reads] = await Promise.all([
    authorsOf(table, roster, [after], locale),
    commentCountsOf(table, groupId, [subjectOfPost(after)]),
    isAuthor ? undefined : table.get('PostRead', { ...params, accountId }),
  ]);
  const sight = { read: isAuthor || reads !== undefined, comments: countOf(subjectOfPost(after)) };
  const view = await viewOf(bucket, after, authorOf(after), sight);
  const asRunner = kind === 'NOTICE' || before.kind === 'NOTICE' || !isAuthor;
  await table.commit([
    asRunner ? stillMay('runNotices', groupId, accountId) : stillMember(groupId, accountId),
    or((item) => (item?.version === before.version ? overtaken : changedSince(ifMatch)), write),
    // Nobody is led to what is hidden.
    becomesNotice && after.hiddenAt === undefined && noticed(found.group, after, accountId, now),
  ]);
  return { body: view, version: after.version };
}

export async function deletePost(
  { params, account: { accountId } }: RouteRequest<Routes['deletePost']>,
  { table }: Deps,
): Promise<Answer<Routes['deletePost']>> {
  const { post, member } = await visible(table, params, accountId);
  const isOwn = post.accountId === accountId;
  seen(post, () => isOwn || may(member.role, 'removePosts'));
  await table.commit([
    isOwn ? stillMember(params.groupId, accountId) : stillMay('removePosts', params.groupId, accountId),
    or((item) => (item ? overtaken : nothing), remove('Post', params, is('accountId', post.accountId))),
  ]);
  return noContent;
}

/** A post that the caller may see, with the group and the caller's membership. */
async function visible(table: Table, key: One, accountId: string) {
  const found = await memberOf(table, key.groupId, accountId, {
    post: ref('Post', key),
    ...readAlong(accountId, key.groupId),
  });
  return { ...found, post: one('post', found.post, found) };
}

/** Tells all members of a notice. How often somebody may do that in a day has a limit of its own. */
const noticed = (group: GroupItem, { groupId, postId, title }: PostItem, by: string, now: number): Part => [
  charged({ limit: 'notice', subject: by }, now),
  tell(postNews.noticed, now, { toMembersOf: groupId, by, title: group.title, post: title, groupId, postId }),
];
