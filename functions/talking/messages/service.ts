import { stillMember } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { fromIso, iso, ttl } from '../../../shared/core/time.ts';
import { absent, exists, is } from '../../../shared/data/conditions.ts';
import { ask } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { check, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { peopleOf, personOf } from '../../accounts/accounts/people.ts';
import { blockedBy, blockRef } from '../../accounts/blocks/service.ts';
import { tellOpenPages } from '../connections/open-pages.ts';
import { noticeEnded } from './box.ts';
import type { contract } from './contract.ts';
import type { MessageItem } from './items.ts';
import { messageNews } from './news.ts';
import { beginningOf, isKept, isUnread, readTo, unreadPlaces } from './rules.ts';
import { sharedGroup } from './sharing.ts';
import { copyOf, isShown, messagesWith, type Pair, readByOther, readUpTo, withoutMessage } from './store.ts';
import { conversationView, messageView, personView } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket; readonly sockets: Sockets };

const { message: limit } = limits;

/**
 * Row 79. Both copies, what the conversations say of them, the count against the limit and the news are one transaction. Of a person
 * who is blocked, only their own copy is made, and the answer is the same (row 84).
 */
export async function sendPrivateMessage(
  {
    body: { to, groupId: named, title, body, replyTo },
    account: { accountId },
    now,
  }: RouteRequest<Routes['sendPrivateMessage']>,
  { table }: Deps,
): Promise<Answer<Routes['sendPrivateMessage']>> {
  const pair = { accountId, otherId: to };
  const theirPair = { accountId: to, otherId: accountId };
  const answering =
    replyTo === undefined
      ? {}
      : {
          own: ref('Message', { ...pair, messageId: replyTo }),
          their: ref('Message', { ...theirPair, messageId: replyTo }),
        };
  const [early, { own: ownAnswered, their: theirAnswered, known, theirs, blocks, blocked }] = await Promise.all([
    named === undefined ? undefined : sharedGroup(table, pair, named, now),
    table.getAll({
      ...answering,
      known: ref('Conversation', pair),
      theirs: ref('Conversation', theirPair),
      blocks: blockRef(accountId, to),
      blocked: blockRef(to, accountId),
    }),
  ]);
  const groupId = early ?? (named ? undefined : await sharedGroup(table, pair, known?.groupId, now));
  if (groupId === undefined || (replyTo !== undefined && !(ownAnswered && isShown(ownAnswered))))
    throw new Problem('NOT_FOUND');
  if (blocks) throw new Problem('NOT_APPLICABLE');

  // Messages of two who write at the same moment have one order, which is the same for both.
  const at = Math.max(now, ...[known, theirs].flatMap((each) => (each ? [fromIso(each.lastAt) + 1] : [])));
  const titled = title === undefined ? {} : { title };
  // The message has the id of its notification: whoever reads it, deletes it or reports it has read that.
  const { asked, write } = ask(messageNews.received, at, {
    ...{ to: [to], by: accountId, text: beginningOf({ body, ...titled }), accountId },
    event: { event: 'message.received', data: { accountId } },
  });
  const message = {
    ...{ messageId: asked.notificationId, groupId, body, ...titled },
    ...{ createdAt: iso(at), expiresAt: ttl(now) + limit.keptSeconds },
  };
  const own = { ...message, ...quoteOf(ownAnswered) };
  const answer = { body: messageView({ ...pair, ...own, box: 'OUT' }) };
  await table.commit(
    [
      stillMember(groupId, accountId),
      or('NOT_FOUND', check('Membership', { groupId, accountId: to }, is('state', 'ACTIVE'))),
      // The memberships of who has withdrawn end a little later.
      or('NOT_FOUND', check('Account', { accountId: to }, exists('nickname'))),
      charged({ limit: 'message', subject: accountId }, now),
      copyOf(pair, 'OUT', own, known),
      !blocked && [
        // What was written while they had blocked the sender, they learn by no quote of it.
        ...copyOf(theirPair, 'IN', { ...message, ...quoteOf(theirAnswered) }, theirs),
        write,
      ],
    ],
    answer,
  );
  return answer;
}

const quoteOf = (of: MessageItem | undefined) =>
  of && isShown(of) ? { replyTo: of.messageId, quote: beginningOf(of) } : {};

/** Two requests at the same time, and one for the names. */
export async function listConversations(
  { query: { limit: most, cursor }, account: { accountId }, locale, now }: RouteRequest<Routes['listConversations']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['listConversations']>> {
  const [page, blocked] = await Promise.all([
    table.query('newestTalks', { accountId }, { limit: most, cursor, newestFirst: true }),
    blockedBy(table, accountId),
  ]);
  const shown = page.items.filter((each) => !blocked.has(each.otherId) && isKept(each, now));
  const people = await peopleOf(
    table,
    shown.map(({ otherId }) => otherId),
  );
  const items = shown.map((each) => conversationView(bucket, each, people.get(each.otherId), locale));
  return { body: { items: await Promise.all(items), nextCursor: page.nextCursor } };
}

export async function countUnreadConversations(
  { account: { accountId }, now }: RouteRequest<Routes['countUnreadConversations']>,
  { table }: Deps,
): Promise<Answer<Routes['countUnreadConversations']>> {
  const [{ items }, blocked] = await Promise.all([
    table.query('newestTalks', { accountId }, { limit: limits.unread, between: unreadPlaces }),
    blockedBy(table, accountId),
  ]);
  return { body: { unread: items.filter((each) => !blocked.has(each.otherId) && isKept(each, now)).length } };
}

export async function getConversation(
  request: RouteRequest<Routes['getConversation']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['getConversation']>> {
  const { params, query, account, locale, now } = request;
  const pair = { accountId: account.accountId, otherId: params.accountId };
  const [early, page, { known, other, blocks }] = await Promise.all([
    query.groupId === undefined ? undefined : sharedGroup(table, pair, query.groupId, now),
    messagesWith(table, pair, query.limit, query.cursor),
    table.getAll({
      known: ref('Conversation', pair),
      other: ref('Account', { accountId: pair.otherId }),
      blocks: blockRef(pair.accountId, pair.otherId),
    }),
  ]);
  const [groupId, unquoted] = await Promise.all([
    early ?? (query.groupId ? undefined : sharedGroup(table, pair, known?.groupId, now)),
    reportedAmong(table, pair, page.items),
  ]);
  const items = page.items.filter((each) => isKept(each, now) && isShown(each));
  if (!(known && isKept(known, now)) && groupId === undefined) throw new Problem('NOT_FOUND');
  return {
    body: {
      with: await personView(bucket, pair.otherId, personOf(other), locale),
      items: items.map((each) => {
        const { quote, ...bare } = each;
        return messageView(each.replyTo !== undefined && unquoted.has(each.replyTo) ? bare : each, known);
      }),
      nextCursor: page.nextCursor,
      newest: known?.lastIn ?? null,
      unread: known?.rank === '1',
      writable: groupId !== undefined && !blocks && personOf(other) !== undefined,
      blocked: blocks !== undefined,
    },
  };
}

/** Of the messages that some answer, those that their reader has reported: no quote shows them. Those of the page are known. */
async function reportedAmong(table: Table, pair: Pair, page: readonly MessageItem[]): Promise<ReadonlySet<string>> {
  const known = new Map(page.map((each) => [each.messageId, each]));
  const wanted: { [message: `message ${string}`]: Reference<MessageItem> } = {};
  for (const { replyTo } of page)
    if (replyTo !== undefined && !known.has(replyTo))
      wanted[`message ${replyTo}`] = ref('Message', { ...pair, messageId: replyTo });
  const others = Object.keys(wanted).length > 0 ? await table.getAll(wanted, { eventual: true }) : {};
  const all = [...page, ...Object.values(others).filter((each) => each !== undefined)];
  return new Set(all.filter((each) => !isShown(each)).map(({ messageId }) => messageId));
}

/**
 * Both marks only move forward, each by itself: a function that ends between the two leaves one that the next reading moves. A person
 * who is blocked does not learn of it.
 */
export async function markConversationRead(
  {
    params: { accountId: otherId },
    body: { upTo },
    account: { accountId },
    now,
  }: RouteRequest<Routes['markConversationRead']>,
  deps: Deps,
): Promise<Answer<Routes['markConversationRead']>> {
  const { table } = deps;
  const pair = { accountId, otherId };
  const { known, blocks } = await table.getAll({
    known: ref('Conversation', pair),
    blocks: blockRef(accountId, otherId),
  });
  if (!known) throw new Problem('NOT_FOUND');
  const read = readTo(known, upTo);
  if (!read) return noContent;
  const [, isNew] = await Promise.all([
    known.rank === '1' && table.commit(readUpTo(known, read)),
    !blocks && table.commit(readByOther(pair, read.until)),
  ]);
  if (!isNew) return noContent;
  const told = [{ accountId: otherId, data: { accountId, upTo: read.until } }];
  const signal = AbortSignal.timeout(1000);
  await tellOpenPages(deps, 'message.read', told, { now, signal }).catch((error: unknown) =>
    deps.log.warn({ error }, 'not told'),
  );
  return noContent;
}

/** The own copy alone. If it was the last, the conversation shows the one before; if nothing else was unread, nothing is. */
export async function deletePrivateMessage(
  {
    params: { accountId: otherId, messageId },
    account: { accountId },
    now,
  }: RouteRequest<Routes['deletePrivateMessage']>,
  { table }: Deps,
): Promise<Answer<Routes['deletePrivateMessage']>> {
  const pair = { accountId, otherId };
  const [{ known, message }, newest] = await Promise.all([
    table.getAll({ known: ref('Conversation', pair), message: ref('Message', { ...pair, messageId }) }),
    messagesWith(table, pair, 2),
  ]);
  const looksFar = (known && isUnread(known, messageId)) || !newest.items.every(isShown);
  const looked = looksFar ? await messagesWith(table, pair, limit.looked) : newest;
  await table.commit([
    // What somebody has reported is gone for them, and kept for those who decide.
    or('NOT_FOUND', remove('Message', { ...pair, messageId }, absent('reportedAt'))),
    known && withoutMessage(known, messageId, looked),
    known && message?.box === 'IN' && noticeEnded(known, messageId, now),
  ]);
  return noContent;
}
