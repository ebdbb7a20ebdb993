import { memberOf, seen, stillMember } from '../../../shared/access/access.ts';
import { activeAccount } from '../../../shared/access/accounts.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { create, patch, remove, upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Person } from '../../accounts/accounts/people.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { authorsOf } from '../../activity/written/authors.ts';
import { kindOf, thingRef } from '../../activity/written/reported.ts';
import { one, readAlong, shown } from '../../activity/written/seen.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import type { contract } from './contract.ts';
import type { CommentItem } from './items.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };

export async function listComments(
  { params: { groupId }, query, account: { accountId }, locale }: RouteRequest<Routes['listComments']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['listComments']>> {
  const { on: subject, limit, cursor } = query;
  const [page, found, blocked, roster] = await Promise.all([
    table.query('commentsOn', { groupId, subject }, { limit, cursor }),
    memberOf(table, groupId, accountId, { thing: thingRef(groupId, subject), ...readAlong(accountId, groupId) }),
    blockedBy(table, accountId),
    rosterOf(table, groupId),
  ]);
  one(kindOf(subject), found.thing, found);
  const items = shown('comment', page.items, { ...found, blocked });
  const authorOf = await authorsOf(table, roster, items, locale);
  const views = items.map((each) => viewOf(bucket, each, authorOf(each)));
  return { body: { items: await Promise.all(views), nextCursor: page.nextCursor } };
}

/** Row 81. The comment and the count are one transaction; whoever hears of it follows by the stream. */
export async function writeComment(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['writeComment']>,
  { table, bucket, tally }: Deps,
): Promise<Answer<Routes['writeComment']>> {
  const { on: subject } = body;
  await tally.count({ limit: 'comment', subject: accountId }, now);
  const found = await memberOf(table, groupId, accountId, {
    thing: thingRef(groupId, subject),
    account: ref('Account', { accountId }),
    ...readAlong(accountId, groupId),
  });
  one(kindOf(subject), found.thing, found);
  const comment: CommentItem = {
    ...{ groupId, commentId: newId(now), subject, accountId },
    ...{ text: body.text, createdAt: iso(now) },
  };
  const answer = { body: await viewOf(bucket, comment, activeAccount(found.account)) };
  await table.commit(
    [
      stillMember(groupId, accountId),
      create('Comment', comment),
      or('NOT_FOUND', upsert('CommentCount', comment, { add: { comments: 1, moves: 1 } }, absent('gone'))),
    ],
    answer,
  );
  return answer;
}

export async function deleteComment(
  { params, account: { accountId } }: RouteRequest<Routes['deleteComment']>,
  { table }: Deps,
): Promise<Answer<Routes['deleteComment']>> {
  const { groupId } = params;
  const found = await memberOf(table, groupId, accountId, { comment: ref('Comment', params) });
  const { subject } = seen(found.comment, (comment) => comment.accountId === accountId);
  await table.commit([
    stillMember(groupId, accountId),
    or(nothing, remove('Comment', params)),
    // Of something that is deleted the count is closed, and its comments are about to go.
    or(nothing, patch('CommentCount', { groupId, subject }, { add: { comments: -1, moves: 1 } }, absent('gone'))),
  ]);
  return noContent;
}

async function viewOf(bucket: Bucket, comment: CommentItem, { nickname, picture }: Person) {
  const { commentId, subject, accountId, text, hiddenAt, createdAt } = comment;
  const author = { id: accountId, nickname, picture: await thumbnailOf(bucket, picture) };
  return { id: commentId, on: subject, author, text, hiddenAt: hiddenAt ?? null, createdAt };
}
