import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { fromIso, ttl } from '../../../shared/core/time.ts';
import type { OutboxItem } from '../../../shared/data/items.ts';
import { nothing, type Outcome } from '../../../shared/data/meaning.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { type Found, or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { blockRef } from '../../accounts/blocks/service.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { newsOf } from '../../news.ts';
import { sendToAccount } from '../connections/service.ts';
import type { Push } from '../devices/push.ts';
import { pushTo } from '../devices/service.ts';
import type { NotificationItem } from './items.ts';
import { gatesOf, recipientsOf, shortened } from './rules.ts';
import { peopleIn, viewOf } from './view.ts';

/** The adapters of every consumer that delivers. */
export type DeliveryDeps = Kernel & { readonly sockets: Sockets; readonly push: Push };
/** The change of an outbox item, or an event that a consumer made of a change (`eventOf`). */
type Delivery = Pick<Change<OutboxItem>, 'item' | 'now' | 'signal'>;

/** People that are read about in one request of 100 items: three of each, and the two whom the text may name. */
const readAtOnce = 32;
const servedAtOnce = 20;

/**
 * Delivers one event. For everybody it is stored before anybody is told, so that what is told is there. The notification's
 * id is the event's: a repeated delivery finds it there and does not store it twice. Sockets and devices may
 * get it twice; clients know it by its id, and what was read in between makes no device buzz again.
 */
export async function deliver({ item, now, signal }: Delivery, deps: DeliveryDeps): Promise<void> {
  if (!item) return;
  const { outboxId: notificationId, createdAt, notice, values, link, actorId, personId } = item;
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
      gates: gatesOf({ news, settings, blocked, now, timeZone: account.timeZone }),
      hasDevices: (settings?.devices ?? 0) > 0,
    }))
    .filter(({ gates }) => gates.inbox);

  const expiresAt = ttl(fromIso(createdAt)) + limits.notificationSeconds;
  const stored = await inParallel(servedAtOnce, allowed, async (reader) => {
    const { accountId } = reader.account;
    const about = { notice, actorId, ...(personId === undefined ? {} : { personId }), values, link };
    const entry = { accountId, notificationId, ...about, createdAt, expiresAt };
    const notification: NotificationItem = { ...entry, unreadBy: accountId };
    let wasRead = false;
    const known = (there: NotificationItem | undefined): Outcome => {
      wasRead = there?.readAt !== undefined;
      return nothing;
    };
    await deps.table.commit([or(known, create('Notification', notification))]);
    return { ...reader, notification, wasRead };
  });

  const until = AbortSignal.any([signal, AbortSignal.timeout(limits.push.eventMs)]);
  await inParallel(servedAtOnce, stored, async ({ account, gates, hasDevices, wasRead, notification }) => {
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
    };
    const pushing = gates.push && hasDevices && !wasRead ? pushTo(deps, accountId, message, until) : undefined;
    const [sent] = await Promise.allSettled([sending, pushing]);
    // The table could not tell which sockets are open: the event is delivered again.
    if (sent.status === 'rejected') throw sent.reason;
  });
  const { event } = item;
  if (event)
    await inParallel(servedAtOnce, readers, ({ account }) => sendToAccount(deps, account.accountId, () => event));
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
