/** Row 147: tells devices of what was written in a chat room: one look for each room and ten minutes (ADR 32). */
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { fromIso, iso } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { patch, upsert } from '../../../shared/data/writes.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { textFor } from '../../../shared/messages/news.ts';
import { fillIn } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import { blockersOf } from '../../accounts/blocks/service.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { toldLater } from '../chat/following.ts';
import type { ChatEntryItem, ChatHeadItem } from '../chat/items.ts';
import { listenersOf } from '../chat/listeners.ts';
import { chatNews } from '../chat/news.ts';
import { idsBetween, messageIdOf } from '../chat/rules.ts';
import type { Push } from '../devices/push.ts';
import { pushTo } from '../devices/service.ts';
import { tagOf } from '../notifications/holding.ts';
import { wakeable } from './bundling.ts';
import { newTo, wakes } from './chat-rules.ts';

type Deps = Kernel & { readonly push: Push };
const servedAtOnce = 20;

/**
 * The run looks at members and their marks once, however many messages there were. It decides by what is so now: who has read on,
 * listens, or has left, is told nothing. A run that comes twice finds the room told, or sends the same messages of the same tag.
 */
export async function pushRoom({ subject, now }: DueRun, deps: Deps): Promise<DueResult> {
  const [groupId = '', roomId = ''] = subject.split(':');
  const { table } = deps;
  const head = await table.get('ChatHead', { groupId, roomId });
  if (!head?.pushAt || head.pushAt > iso(now)) return 'done';
  await tellRoom(head, now, deps);
  await close(table, head, now);
  return 'done';
}

/** Devices have heard up to the head as it was read. What was written since is told in another ten minutes. */
async function close(table: Table, head: ChatHeadItem, now: number): Promise<void> {
  const { groupId, roomId, seq: pushed, pushAt } = head;
  const asRead = allOf(is('pushAt', pushAt!), is('seq', pushed));
  const closed = patch('ChatHead', { groupId, roomId }, { set: { pushed }, remove: ['pushAt'] }, asRead);
  if (await table.commit(or(nothing, closed))) return;
  await table.commit(toldLater(head, now, is('pushAt', pushAt!), { pushed }));
}

/** The newest messages that devices have not heard of. */
async function messagesOf(table: Table, { groupId, roomId, seq, pushed = 0 }: ChatHeadItem): Promise<ChatEntryItem[]> {
  const from = Math.max(pushed + 1, seq - limits.volume.chatEntries + 1);
  const between = idsBetween(roomId, from, seq);
  const entries = await everyItem((cursor) =>
    table.query('entriesOfGroup', { groupId }, { limit: 500, cursor, between, consistent: true }),
  );
  return entries.filter(wakes);
}

/** The authors of the messages that some others answer: those of before are read, a hundred in a request. */
async function answeredIn(table: Table, { groupId, roomId }: ChatHeadItem, messages: readonly ChatEntryItem[]) {
  const asked = [...new Set(messages.flatMap(({ replyTo }) => replyTo ?? []))];
  const found = await inParallel(servedAtOnce, piecesOf(100, asked), (piece) =>
    table.getAll(
      Object.fromEntries(
        piece.map((seq) => [String(seq), ref('ChatEntry', { groupId, messageId: messageIdOf(roomId, seq) })]),
      ),
      { eventual: true },
    ),
  );
  const authors = new Map(found.flatMap((each) => Object.entries(each)).map(([seq, entry]) => [seq, entry?.accountId]));
  return ({ replyTo }: ChatEntryItem) => (replyTo === undefined ? undefined : authors.get(String(replyTo)));
}

/** What is new to each member who is not in the room. */
async function newToMembers(head: ChatHeadItem, now: number, table: Table) {
  const { groupId, roomId } = head;
  const messages = await messagesOf(table, head);
  if (messages.length === 0) return [];
  const authors = [...new Set(messages.map(({ accountId }) => accountId))];
  const [members, marks, listeners, answeredBy, blocked] = await Promise.all([
    presentMembers(table, groupId),
    everyItem((cursor) => table.query('marksOfGroup', { groupId }, { limit: 500, cursor, consistent: true })),
    listenersOf(table, head, now),
    answeredIn(table, head, messages),
    inParallel(servedAtOnce, authors, async (each) => [each, await blockersOf(table, each)] as const),
  ]);
  const markOf = new Map(marks.map((mark) => [mark.accountId, mark]));
  const inRoom = new Set(listeners.map(({ accountId }) => accountId));
  const blockers = new Map(blocked);
  const hasBlocked = (accountId: string, author: string) => blockers.get(author)!.has(accountId);
  return members.flatMap(({ accountId, joinedAt }) => {
    if (inRoom.has(accountId)) return [];
    const reader = { accountId, joinedAt, mark: markOf.get(accountId) };
    const news = newTo(reader, { roomId, messages, answeredBy, hasBlocked });
    return news.fresh.length > 0 ? [{ accountId, ...news }] : [];
  });
}

async function tellRoom(head: ChatHeadItem, now: number, deps: Deps): Promise<void> {
  const { table } = deps;
  const { groupId, roomId, seq } = head;
  const readers = await newToMembers(head, now, table);
  const untold = readers.filter(({ isTold }) => !isTold);
  const answered = readers.filter(({ replies }) => replies.length > 0);
  const idsOf = (some: typeof readers) => some.map(({ accountId }) => accountId);
  const [forAll, forThem] = await Promise.all([
    wakeable(table, idsOf(untold), { news: chatNews.messages, groupId, now }),
    wakeable(table, idsOf(answered), { news: chatNews.replies, groupId, now }),
  ]);
  const hearing = new Set(forAll.map(({ account }) => account.accountId));
  const told = [
    ...forAll.map((each) => ({ ...each, news: chatNews.messages, of: 'fresh' as const })),
    // Whoever hears of everything hears of the answers with it.
    ...forThem
      .filter(({ account }) => !hearing.has(account.accountId))
      .map((each) => ({ ...each, news: chatNews.replies, of: 'replies' as const })),
  ].flatMap(({ account, news, of, isWoken }) => {
    const all = readers.find(({ accountId }) => accountId === account.accountId)![of];
    // What was written while they were not to be woken is none of it.
    const messages = all.filter(({ at }) => isWoken(fromIso(at)));
    return messages.length > 0 ? [{ account, news, messages }] : [];
  });
  if (told.length === 0) return;
  const [{ group }, nicknames] = await Promise.all([
    table.getAll({ group: ref('Group', { groupId }) }, { eventual: true }),
    nicknamesOf(
      table,
      told.map(({ messages }) => messages.at(-1)!.accountId),
    ),
  ]);
  if (!group) return;
  const until = AbortSignal.timeout(limits.push.eventMs);
  await inParallel(servedAtOnce, told, async ({ account: { accountId, locale }, news, messages }) => {
    const last = messages.at(-1)!;
    const count = messages.length;
    const actor = nicknames.get(last.accountId) ?? '';
    const message = {
      ...{ id: last.messageId, type: news.type, createdAt: last.at },
      text: fillIn(textFor(news, count, locale), { title: group.title, count: String(count), actor }),
      link: { screen: news.screen, groupId, roomId },
      ...{ tag: tagOf(roomId, news.type), ...(count > 1 && { count }) },
    };
    await pushTo(deps, accountId, message, { now, until });
    const forward = anyOf(absent(`told ${roomId}`), below(`told ${roomId}`, seq));
    const mark = upsert('ChatMark', { groupId, accountId }, { set: { [`told ${roomId}`]: seq } }, forward);
    await table.commit(or(nothing, mark));
  });
}
