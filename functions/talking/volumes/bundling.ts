/** Row 147: pushes what has waited for ten minutes, one message a person with the number of things (ADR 32). */
import { idAt } from '../../../shared/core/ids.ts';
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { fromIso, iso, ttl } from '../../../shared/core/time.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { type Announcement, byItself } from '../../../shared/data/outbox.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import { type News, screens, textFor } from '../../../shared/messages/news.ts';
import { fillIn } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import { blockersOf } from '../../accounts/blocks/service.ts';
import { kinds } from '../../activity/written/kinds.ts';
import { thingRef } from '../../activity/written/reported.ts';
import { isSeen } from '../../activity/written/rules.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { type NotificationType, newsOf } from '../../news.ts';
import { pushTo } from '../devices/service.ts';
import { type Batch, batchOf, eventIdOf } from '../notifications/bundle-rules.ts';
import { type DeliveryDeps, deliver } from '../notifications/delivery.ts';
import { heldSince, tagOf } from '../notifications/holding.ts';
import type { HeldItem, NotificationItem } from '../notifications/items.ts';
import { gatesOf, isRead, isThere, shortened } from '../notifications/rules.ts';
import { peopleIn, viewOf } from '../notifications/view.ts';

/** Items of one request. */
const readAtOnce = 100;
const servedAtOnce = 20;

type Kind = News<NotificationType>;
interface Bundle {
  readonly news: Kind;
  readonly groupId: string;
  readonly batch: Batch;
  readonly now: number;
}

/**
 * The run decides by what is held and by the inboxes as they are: what was read or deleted meanwhile is not counted. A run that comes
 * twice, or after a crash, makes the same messages of the same tag; what is marked as pushed is pushed no more.
 */
export async function pushHeld({ subject, now }: DueRun, deps: DeliveryDeps): Promise<DueResult> {
  const [notice = '', groupId = ''] = subject.split(':');
  const news = newsOf(notice);
  if (!news) return 'done';
  const batch = batchOf(await heldSince(deps.table, groupId, notice, now - limits.volume.heldSeconds * 1000), now);
  if (!batch) return 'done';
  const bundle = { news, groupId, batch, now };
  if (batch.waiting.some(({ gathers }) => gathers)) await tellGathered(bundle, deps);
  else await pushBundle(bundle, deps);
  await inParallel(servedAtOnce, batch.waiting, ({ place }) =>
    deps.table.commit([or(nothing, patch('Held', { groupId, place }, { set: { pushedAt: iso(now) } }))]),
  );
  return 'done';
}

/** Many items by their names, in as few requests as there are hundreds. */
async function readAll<T>(table: Table, references: readonly (readonly [string, Reference<T>])[], eventual: boolean) {
  const pieces = piecesOf(readAtOnce, references);
  const found = await inParallel(servedAtOnce, pieces, (piece) =>
    table.getAll(Object.fromEntries(piece), { eventual }),
  );
  return new Map(found.flatMap((each) => Object.entries(each))) as Map<string, T | undefined>;
}

/** Some people whose devices news of a group may wake at an instant, each with their account and settings. */
export async function wakeable(
  table: Table,
  accountIds: readonly string[],
  {
    news,
    groupId,
    now,
  }: { readonly news: Pick<News, 'class' | 'concerns'>; readonly groupId: string; readonly now: number },
) {
  const settings = accountIds.map((accountId) => [accountId, ref('NotificationSettings', { accountId })] as const);
  const chosen = await readAll(table, settings, false);
  const reachable = accountIds.filter((accountId) => (chosen.get(accountId)?.devices ?? 0) > 0);
  const accounts = reachable.map((accountId) => [accountId, ref('Account', { accountId })] as const);
  const known = await readAll(table, accounts, false);
  return reachable.flatMap((accountId) => {
    const account = known.get(accountId);
    const settings = chosen.get(accountId);
    if (!account || account.status === 'WITHDRAWN') return [];
    const isWoken = (at: number) =>
      gatesOf({ news, groupId, settings, blocked: false, now: at, timeZone: account.timeZone }).push;
    return isWoken(now) ? [{ account, readUntil: settings?.readUntil, isWoken }] : [];
  });
}

/** One message for each person, of what they have not read yet. */
async function pushBundle({ news, groupId, batch, now }: Bundle, deps: DeliveryDeps): Promise<void> {
  const { table } = deps;
  const held = [...batch.told, ...batch.waiting];
  const [ids, blockers] = await Promise.all([concernedBy(table, news, groupId, held), blockersIn(table, held)]);
  const people = await wakeable(table, ids, { news, groupId, now });
  const concerns = ({ to, actorId }: HeldItem, accountId: string) =>
    (to === undefined ? actorId !== accountId : to.includes(accountId)) && !blockers.get(actorId)!.has(accountId);
  const entries = await readAll(
    table,
    people.flatMap(({ account: { accountId } }) =>
      held.flatMap((each) => {
        if (!concerns(each, accountId)) return [];
        const notificationId = eventIdOf(each);
        return [[`${accountId} ${notificationId}`, ref('Notification', { accountId, notificationId })] as const];
      }),
    ),
    true,
  );
  const isShownTo = await thingsIn(table, news, groupId, [...entries.values()]);
  const messages = people.flatMap(({ account, readUntil, isWoken }) => {
    const { accountId } = account;
    const open = held.flatMap((each) => {
      const entry = entries.get(`${accountId} ${eventIdOf(each)}`);
      if (!entry || !asks(entry, readUntil, now) || !isWoken(fromIso(each.heldAt))) return [];
      if (!isShownTo(entry)) return [];
      return [{ entry, isNew: !each.told.includes(accountId) }];
    });
    return open.some(({ isNew }) => isNew) ? [{ account, open: open.map(({ entry }) => entry) }] : [];
  });
  if (messages.length === 0) return;
  const [{ group }, nicknames] = await Promise.all([
    table.getAll({ group: ref('Group', { groupId }) }, { eventual: true }),
    nicknamesOf(
      table,
      messages.flatMap(({ open }) => peopleIn(news, newestOf(open))),
    ),
  ]);
  const until = AbortSignal.timeout(limits.push.eventMs);
  await inParallel(servedAtOnce, messages, async ({ account, open }) => {
    const newest = newestOf(open);
    const count = open.length;
    const { locale } = account;
    const said = { title: group?.title ?? '', count: String(count) };
    const isMany = count > 1 && group !== undefined && news.many !== 'latest';
    const text = isMany ? fillIn(textFor(news, count, locale), said) : viewOf(news, newest, nicknames, locale).text;
    const link = count === 1 || isSameFor(open) ? newest.link : { screen: 'group', groupId };
    const message = {
      ...{ id: newest.notificationId, type: news.type, text: shortened(text, limits.push.text) },
      link: { ...link } as Readonly<Record<string, string>>,
      createdAt: newest.createdAt,
      ...{ tag: tagOf(groupId, news.type), ...(count > 1 && { count }) },
    };
    await pushTo(deps, account.accountId, message, { now, until });
  });
}

/** Whom held news concerns. What only members may open, it leads nobody to who has left since, or was removed. */
async function concernedBy(table: Table, { screen }: Kind, groupId: string, held: readonly HeldItem[]) {
  const isForMembers = screens[screen].length > 1;
  const needed = isForMembers || held.some(({ to }) => to === undefined);
  const present = new Set((needed ? await presentMembers(table, groupId) : []).map(({ accountId }) => accountId));
  const named = held.flatMap(({ to = [] }) => to);
  const all = held.some(({ to }) => to === undefined) ? [...present] : [];
  return [...new Set([...all, ...(isForMembers ? named.filter((each) => present.has(each)) : named)])];
}

/** Who has blocked those who caused held news: a block also keeps away what waits (row 84). */
async function blockersIn(table: Table, held: readonly HeldItem[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const actors = [...new Set(held.map(({ actorId }) => actorId))];
  return new Map(
    await inParallel(servedAtOnce, actors, async (each) => [
      each,
      each === byItself ? new Set<string>() : await blockersOf(table, each),
    ]),
  );
}

/** Whether what an entry is about is still to be seen: it was not deleted while it waited, and is not hidden from its reader. */
async function thingsIn(
  table: Table,
  { screen }: Kind,
  groupId: string,
  entries: readonly (NotificationItem | undefined)[],
): Promise<(entry: NotificationItem) => boolean> {
  if (!isWritten(screen)) return () => true;
  const subjectIn = ({ link }: NotificationItem) => `${screen}:${link[kinds[screen].id]}`;
  const subjects = new Set(entries.flatMap((entry) => (entry?.link ? [subjectIn(entry)] : [])));
  const references = [...subjects].map((subject) => [subject, thingRef(groupId, subject)] as const);
  const things = await readAll(table, references, false);
  return (entry) => {
    const thing = things.get(subjectIn(entry));
    return thing !== undefined && (thing.hiddenAt === undefined || thing.accountId === entry.accountId);
  };
}
const isWritten = (screen: string): screen is 'certification' | 'post' | 'poll' => screen in kinds;

/** Whether an entry of an inbox still asks to be looked at. */
const asks = (entry: NotificationItem, readUntil: string | undefined, now: number) =>
  entry.createdAt !== undefined && isThere(entry, now) && !isRead(entry, readUntil);
const newestOf = (open: readonly NotificationItem[]) =>
  open.toSorted((a, b) => (a.notificationId < b.notificationId ? -1 : 1)).at(-1)!;
const isSameFor = (open: readonly NotificationItem[]) =>
  new Set(open.map(({ link }) => JSON.stringify(Object.entries(link).toSorted()))).size === 1;

/**
 * Tells members of certifications that were approved: one entry in their inbox, and one message. Whoever wrote one of them, has
 * blocked its author, or decided on it, hears of the others. Members who see the same hear of it in one delivery.
 */
async function tellGathered({ news, groupId, batch, now }: Bundle, deps: DeliveryDeps): Promise<void> {
  const { table } = deps;
  const certificationRef = ({ gathers }: HeldItem) =>
    ref('Certification', { groupId, certificationId: gathers!.certificationId });
  const [members, { group }, certifications] = await Promise.all([
    presentMembers(table, groupId),
    table.getAll({ group: ref('Group', { groupId }) }),
    readAll(
      table,
      batch.waiting.map((each) => [each.place, certificationRef(each)] as const),
      false,
    ),
  ]);
  if (!group || group.deletedAt !== undefined) return;
  const shown = batch.waiting.filter(({ place }) => isShown(certifications.get(place)));
  const blockers = await blockersIn(table, shown);
  const sees =
    (accountId: string) =>
    ({ actorId, gathers }: HeldItem) =>
      actorId !== accountId && !gathers!.except.includes(accountId) && !blockers.get(actorId)!.has(accountId);
  const groups = Map.groupBy(members, ({ accountId }) =>
    shown
      .filter(sees(accountId))
      .map(({ place }) => place)
      .join(),
  );
  for (const [places, readers] of groups) {
    const seen = shown.filter(({ place }) => places.split(',').includes(place));
    if (seen.length === 0) continue;
    const to = readers.map(({ accountId }) => accountId);
    const item = gatheredNews(news, { groupId, title: group.title }, seen, { to, batch });
    await deliver({ item, now, signal: AbortSignal.timeout(limits.push.eventMs) }, deps);
  }
}

const isShown = (certification: ItemOf<'Certification'> | undefined) =>
  certification !== undefined &&
  isSeen(certification, { viewerId: '', judges: false, hides: false, reported: false, blocked: false });

/** The same id for the same batch: a run that comes again finds what it has stored. */
function gatheredNews(
  news: Kind,
  { groupId, title }: { readonly groupId: string; readonly title: string },
  seen: readonly HeldItem[],
  { to, batch }: { readonly to: readonly string[]; readonly batch: Batch },
): ItemOf<'Outbox'> & Announcement {
  const [only] = seen;
  const isOne = seen.length === 1;
  const certificationId = only!.gathers!.certificationId;
  const at = fromIso(batch.until);
  return {
    ...{ outboxId: idAt(at, 'gathered', news.type, groupId), createdAt: batch.until, notice: news.type, to },
    actorId: isOne ? only!.actorId : byItself,
    values: { title },
    link: isOne ? { screen: news.screen, groupId, certificationId } : { screen: 'group', groupId },
    ...{ count: seen.length, expiresAt: ttl(at) + limits.outboxSeconds },
  };
}
