import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { timeOfId } from '../../../shared/core/ids.ts';
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { fromIso, ttl } from '../../../shared/core/time.ts';
import type { OutboxItem } from '../../../shared/data/items.ts';
import { type MailOrder, mailOrder } from '../../../shared/data/mail-order.ts';
import { nothing, type Outcome } from '../../../shared/data/meaning.ts';
import type { Announcement, Answered } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { type Found, or, type Part, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { create, upsert, type Write } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { blockRef } from '../../accounts/blocks/service.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { newsOf } from '../../news.ts';
import { sendToAccount } from '../connections/service.ts';
import type { Push } from '../devices/push.ts';
import { pushTo } from '../devices/service.ts';
import { heldFrom, tagOf } from './holding.ts';
import type { NotificationItem } from './items.ts';
import { gatesOf, isRead, recipientsOf, shortened, toldAtOf } from './rules.ts';
import { peopleIn, viewOf } from './view.ts';

/** The adapters of every consumer that delivers. */
export type DeliveryDeps = Kernel & { readonly sockets: Sockets; readonly push: Push };
/** The change of an outbox item, or an event that a consumer made of a change (`eventOf`). */
type Delivery = Pick<Change<OutboxItem>, 'item' | 'now' | 'signal'>;

/** People that are read about in one request of 100 items: three of each, and the four whom the text may name. */
const readAtOnce = 32;
const servedAtOnce = 20;

/**
 * Delivers one event. For everybody it is stored before anybody is told, so that what is told is there. The notification's
 * id is the event's: a repeated delivery finds it there and does not store it twice. Sockets and devices may
 * get it twice; clients know it by its id, and what was read in between makes no device buzz again.
 */
export async function deliver({ item, now, signal }: Delivery, deps: DeliveryDeps): Promise<void> {
  if (!item) return;
  if ('answers' in item) return resolve(item, deps);
  const { outboxId: notificationId, createdAt, notice, link, actorId, count, quiet } = item;
  const news = newsOf(notice);
  if (!news) throw new Error(`no news of the type ${notice}`);
  const members = item.toMembersOf ? await presentMembers(deps.table, item.toMembersOf) : [];
  const to = [...item.to, ...members.map(({ accountId }) => accountId)];
  const { readers, nicknames } = await readersOf(
    deps.table,
    recipientsOf({ to, actorId }),
    actorId,
    peopleIn(news, item),
  );
  const allowed = readers
    .map(({ account, settings, blocked }) => ({
      account,
      gates: gatesOf({ news, groupId: link.groupId, settings, blocked, now, timeZone: account.timeZone }),
      hasDevices: (settings?.devices ?? 0) > 0,
      readUntil: settings?.readUntil,
    }))
    .filter(({ gates }) => gates.inbox)
    .map((each) => (quiet ? { ...each, gates: { ...each.gates, push: false, mail: false } } : each));

  const expiresAt = ttl(fromIso(createdAt)) + limits.notificationSeconds;
  const about = aboutOf(item);
  const stored = await inParallel(servedAtOnce, allowed, async (reader) => {
    const { account, gates, readUntil } = reader;
    const { accountId } = account;
    const toldAt = toldAtOf({ createdAt, notificationId }, readUntil, now);
    const entry = { accountId, notificationId, ...about, createdAt, toldAt, expiresAt };
    const notification: NotificationItem = { ...entry, unreadBy: accountId };
    let wasRead = false;
    let wasResolved = false;
    let isBare = false;
    const known = (there: NotificationItem | undefined): Outcome => {
      wasRead = there !== undefined && (there.deletedAt !== undefined || isRead(there, readUntil));
      wasResolved = there?.resolvedAt !== undefined;
      isBare = wasResolved && there?.createdAt === undefined;
      return nothing;
    };
    const storing = or(known, create('Notification', notification));
    const { email, locale } = account;
    if (gates.mail && email !== undefined) {
      const { text } = viewOf(news, notification, nicknames, locale);
      const order = { to: email, template: 'NOTIFICATION', locale, values: { text } } as const;
      await mailed(deps.table, storing, order, accountId, now);
    } else await deps.table.commit([storing]);
    // Resolved before it was delivered: it belongs in the inbox, but asks for nothing any more.
    if (isBare) {
      const changes = { set: { ...about, createdAt, toldAt }, remove: ['unreadBy'] } as const;
      await deps.table.commit([upsert('Notification', { accountId, notificationId }, changes)]);
    }
    return { ...reader, notification, wasRead, wasResolved };
  });

  const until = AbortSignal.any([signal, AbortSignal.timeout(limits.push.eventMs)]);
  const open = stored.filter(({ wasResolved }) => !wasResolved);
  const wakes = open.filter(({ gates, hasDevices, wasRead }) => gates.push && hasDevices && !wasRead);
  const woken = wakes.map(({ account }) => account.accountId);
  const atOnce = await heldFrom(deps.table, news, item, woken, now);
  const tag = link.groupId === undefined || news.many === undefined ? undefined : tagOf(link.groupId, notice);
  await inParallel(servedAtOnce, open, async ({ account, gates, notification }) => {
    const { accountId, locale } = account;
    const sending = gates.socket
      ? sendToAccount(deps, accountId, (language) => ({
          event: 'notification',
          data: viewOf(news, notification, nicknames, language),
        }))
      : undefined;
    const { text } = viewOf(news, notification, nicknames, locale);
    const message = {
      id: notificationId,
      type: notice,
      text: shortened(text, limits.push.text),
      link: { ...link } as Readonly<Record<string, string>>,
      createdAt,
      ...{ tag, count: count !== undefined && count > 1 ? count : undefined },
    };
    const pushing = atOnce.has(accountId) ? pushTo(deps, accountId, message, { now, until }) : undefined;
    const [sent] = await Promise.allSettled([sending, pushing]);
    // The table could not tell which sockets are open: the event is delivered again.
    if (sent.status === 'rejected') throw sent.reason;
  });
  const { event } = item;
  if (event)
    await inParallel(servedAtOnce, readers, ({ account }) => sendToAccount(deps, account.accountId, () => event));
}

/** The part of an event that inboxes keep. */
const aboutOf = ({ notice, actorId, personId, peopleIds, count, values, link }: Announcement) => ({
  ...{ notice, actorId, values, link },
  ...(personId === undefined ? {} : { personId }),
  ...(peopleIds === undefined ? {} : { peopleIds }),
  ...(count === undefined ? {} : { count }),
});

/** Stores an entry and orders its mail in one transaction, so that a repeated delivery mails nothing; at the limit, only stores. */
async function mailed(table: Table, storing: Part, order: MailOrder, accountId: string, now: number): Promise<void> {
  const use = charged({ limit: 'notificationMail', subject: accountId }, now);
  await table.commit([storing, use, mailOrder(now, order)]).catch(async (error: unknown) => {
    if (!(error instanceof Problem && error.code === 'TOO_MANY_REQUESTS')) throw error;
    await table.commit([storing]);
  });
}

/**
 * Ends a notification for all whom it asked. If this comes before the notification itself, it leaves an item without a
 * text, which nobody is shown: the notification completes it.
 */
async function resolve(
  { answers: notificationId, to, createdAt: resolvedAt }: Answered & OutboxItem,
  deps: DeliveryDeps,
) {
  await inParallel(servedAtOnce, to, async (accountId) => {
    await deps.table.commit([resolved(accountId, notificationId, resolvedAt)]);
    await sendToAccount(deps, accountId, () => ({ event: 'notification.resolved', data: { id: notificationId } }));
  });
}

/** The write that ends a notification of somebody, whether or not it has come. */
export function resolved(accountId: string, notificationId: string, resolvedAt: string): Write {
  const expiresAt = ttl(timeOfId(notificationId)) + limits.notificationSeconds;
  const changes = { set: { resolvedAt, expiresAt }, remove: ['unreadBy'] } as const;
  return upsert('Notification', { accountId, notificationId }, changes);
}

/** The items that a delivery reads of people, by account. */
type References = {
  [account: `account ${string}`]: Reference<ItemOf<'Account'>>;
  [settings: `settings ${string}`]: Reference<ItemOf<'NotificationSettings'>>;
  [block: `block ${string}`]: Reference<ItemOf<'Block'>>;
};

/**
 * The items that decide how people hear of an event, and the names that its text needs, which come along with the first.
 * Nobody who has withdrawn hears anything.
 */
async function readersOf(table: Table, accountIds: readonly string[], actorId: string, named: readonly string[]) {
  const pieces = piecesOf(readAtOnce, accountIds);
  const found = await inParallel(servedAtOnce, pieces, (piece) => {
    const references: References = {};
    for (const accountId of piece) {
      references[`account ${accountId}`] = ref('Account', { accountId });
      references[`settings ${accountId}`] = ref('NotificationSettings', { accountId });
      references[`block ${accountId}`] = blockRef(accountId, actorId);
    }
    if (piece === pieces[0])
      for (const accountId of named) references[`account ${accountId}`] = ref('Account', { accountId });
    return table.getAll(references);
  });
  const all: Found<References> = Object.assign({}, ...found);
  const readers = accountIds.flatMap((accountId) => {
    const account = all[`account ${accountId}`];
    if (!account || account.status === 'WITHDRAWN') return [];
    return [{ account, settings: all[`settings ${accountId}`], blocked: all[`block ${accountId}`] !== undefined }];
  });
  const nicknames = named.flatMap((accountId) => {
    const nickname = all[`account ${accountId}`]?.nickname;
    return nickname ? [[accountId, nickname] as const] : [];
  });
  return { readers, nicknames: new Map(nicknames) };
}
