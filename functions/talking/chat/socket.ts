/** The rooms over the socket: the sender's reply goes out before the events. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { SigningKeys } from '../../../shared/adapters/signing-key.ts';
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { absent, anyOf, atMost } from '../../../shared/data/conditions.ts';
import { nothing, untilSettled } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { SocketMessage, SocketServices } from '../../../shared/socket/pipeline.ts';
import type { UploadDeps } from '../../activity/files/service.ts';
import { inRoom } from './access.ts';
import type { contract } from './contract.ts';
import { deleteMessage } from './deleting.ts';
import { join, leave } from './history.ts';
import { hearersOf, post, roomIds } from './listeners.ts';
import { headsFor, markRead } from './marks.ts';
import { type Done, send } from './sending.ts';

type Actions = typeof contract.actions;
type Deps = Kernel & UploadDeps & { readonly sockets: Sockets };
type Adapters = {
  readonly sockets: () => Sockets;
  readonly bucket: () => Bucket;
  readonly uploadKeys: () => SigningKeys;
};

const by = ({ account: { accountId }, connectionId, now, locale }: SocketMessage) => ({
  ...{ accountId, connectionId, now, locale },
});

/** What was done is the reply; its events are sent afterwards. */
async function replied<T>(doing: Promise<Done<T>>, { afterReply }: SocketMessage, deps: Deps): Promise<T> {
  const { result, tell } = await doing;
  afterReply(() => tell(deps).catch((error: unknown) => deps.log.warn({ error }, 'not told')));
  return result;
}

export const services: Pick<SocketServices<Actions, Adapters>, keyof Actions> = {
  chatJoin(message, deps) {
    const { after, ...room } = message.data;
    return replied(join(deps, by(message), room, after), message, deps);
  },
  async chatLeave(message, deps) {
    await replied(leave(deps.table, by(message), message.data), message, deps);
    return {};
  },
  async chatSend(message, deps) {
    return { entry: await replied(send(deps, by(message), message.data), message, deps) };
  },
  async chatDelete(message, deps) {
    await replied(deleteMessage(deps.table, by(message), message.data), message, deps);
    return {};
  },
  async chatRead(message, deps) {
    await replied(markRead(deps.table, by(message), message.data), message, deps);
    return {};
  },
  async chatTyping(message, deps) {
    await replied(type(message, deps), message, deps);
    return {};
  },
  async chatHeads(message, { table }) {
    return { rooms: await headsFor(table, message.account, message.data.rooms) };
  },
};

/** Told to small rooms, once in three seconds for each person; what is faster is dropped without a word. */
async function type(message: SocketMessage<Actions['chatTyping']>, { table }: Deps): Promise<Done<undefined>> {
  const { data: room, now, connectionId } = message;
  const { accountId } = message.account;
  await inRoom(table, room, accountId, {});
  const free = anyOf(absent('at'), atMost('at', iso(now - limits.chat.typingMs)));
  const key = { accountId, action: 'typing' };
  const set = { at: iso(now), expiresAt: ttl(now) + 60 };
  const isTold = await untilSettled(() => table.commit(or(nothing, upsert('Throttle', key, { set }, free))));
  return {
    result: undefined,
    async tell(deps) {
      if (!isTold) return;
      const hearers = await hearersOf(deps.table, room, accountId, now);
      if (hearers.length > limits.chat.typingTo) return;
      const event = { event: 'chat.typing', data: { ...roomIds(room), accountId } };
      const hears = (hearer: (typeof hearers)[number]) =>
        hearer.connectionId !== connectionId && hearer.accountId !== accountId && !hearer.hasBlocked;
      await post(deps, room.groupId, hearers, (hearer) => (hears(hearer) ? event : undefined));
    },
  };
}
