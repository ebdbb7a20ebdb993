/** The rooms over HTTP. What is done is the same as over the socket (`socket.ts`); the answer waits a moment for the events. */
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { allow, type UploadDeps } from '../../activity/files/service.ts';
import { inRoom, isWritable } from './access.ts';
import type { contract } from './contract.ts';
import { deleteMessage as deleted } from './deleting.ts';
import { addressOf } from './downloads.ts';
import { entriesFor } from './history.ts';
import { markRead as marked, readMarks } from './marks.ts';
import { closeRoom as closed, openRoom as opened, roomsFor } from './rooms.ts';
import { type By, type Done, send } from './sending.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & UploadDeps & { readonly sockets: Sockets };
type Asked = Pick<RouteRequest<Routes['listRooms']>, 'account' | 'now' | 'locale'>;

const by = ({ account: { accountId }, now, locale }: Asked): By => ({ accountId, now, locale });

/** Sends the events of what was done, for so long; what is not sent by then is read by its numbers. */
async function told<T>(doing: Promise<Done<T>>, deps: Deps): Promise<T> {
  const { result, tell } = await doing;
  const signal = AbortSignal.timeout(limits.chat.httpMs);
  await tell(deps, signal).catch((error: unknown) => deps.log.warn({ error }, 'not told'));
  return result;
}

export async function listRooms(
  request: RouteRequest<Routes['listRooms']>,
  { table }: Deps,
): Promise<Answer<Routes['listRooms']>> {
  return { body: { items: await roomsFor(table, by(request), request.params.groupId) } };
}

export async function openRoom(
  request: RouteRequest<Routes['openRoom']>,
  { table }: Deps,
): Promise<Answer<Routes['openRoom']>> {
  const { params, body } = request;
  return { body: await opened(table, by(request), params.groupId, body.category, (view) => ({ body: view })) };
}

export async function closeRoom(
  request: RouteRequest<Routes['closeRoom']>,
  deps: Deps,
): Promise<Answer<Routes['closeRoom']>> {
  await told(
    closed(deps.table, by(request), request.params, () => noContent),
    deps,
  );
  return noContent;
}

export async function listEntries(
  request: RouteRequest<Routes['listEntries']>,
  deps: Deps,
): Promise<Answer<Routes['listEntries']>> {
  const { params, query, locale } = request;
  return { body: await entriesFor(deps, by(request), params, query, locale) };
}

export async function sendMessage(
  request: RouteRequest<Routes['sendMessage']>,
  deps: Deps,
): Promise<Answer<Routes['sendMessage']>> {
  const message = { ...request.params, ...request.body };
  return {
    body: await told(
      send(deps, { ...by(request), locale: request.locale }, message, (view) => ({ body: view })),
      deps,
    ),
  };
}

export async function deleteMessage(
  request: RouteRequest<Routes['deleteMessage']>,
  deps: Deps,
): Promise<Answer<Routes['deleteMessage']>> {
  await told(deleteMessageIn(request, deps), deps);
  return noContent;
}

const deleteMessageIn = (request: RouteRequest<Routes['deleteMessage']>, { table }: Deps) =>
  deleted(table, by(request), request.params);

export async function markRead(
  request: RouteRequest<Routes['markRead']>,
  deps: Deps,
): Promise<Answer<Routes['markRead']>> {
  await told(marked(deps.table, by(request), { ...request.params, ...request.body }), deps);
  return noContent;
}

export async function listReadMarks(
  request: RouteRequest<Routes['listReadMarks']>,
  { table }: Deps,
): Promise<Answer<Routes['listReadMarks']>> {
  return { body: await readMarks(table, request.account, request.params) };
}

export async function allowChatUpload(
  { params, body, account: { accountId }, now }: RouteRequest<Routes['allowChatUpload']>,
  deps: Deps,
): Promise<Answer<Routes['allowChatUpload']>> {
  const { group, opened } = await inRoom(deps.table, params, accountId, {});
  if (!isWritable(group, opened, now)) throw new Problem('ROOM_CLOSED');
  return allow(deps, { accountId, groupId: params.groupId }, body, now);
}

export const downloadChatFile = (
  request: RouteRequest<Routes['downloadChatFile']>,
  deps: Deps,
): Promise<Answer<Routes['downloadChatFile']>> => addressOf(deps, by(request), request.params);
