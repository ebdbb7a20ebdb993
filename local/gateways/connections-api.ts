import type { Clock } from '../../shared/core/clock.ts';
import { type Caller, type Engine, type EngineResponse, refusalText } from '../engines/engine.ts';
import { type Connection, send, socketLimits } from './connection.ts';
import type { SocketApi } from './socket-api.ts';

const answer = (status: number, body: object = {}): EngineResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...(status === 410 ? { 'x-amzn-errortype': 'GoneException' } : {}) },
  body: Buffer.from(JSON.stringify(body)),
});

/** The connection that a path names. One that is not well encoded names none. */
function connectionIn(path: string): string {
  try {
    return decodeURIComponent(path.split('/@connections/')[1] ?? '');
  } catch {
    return '';
  }
}

/** The `@connections` API of a socket API: post to, look at and close connections. */
export function createConnectionsApi(
  { id: apiId, stageName }: SocketApi,
  connections: ReadonlyMap<string, Connection>,
  clock: Clock,
): Engine {
  function manage(method: string, path: string, body: Uint8Array, caller: Caller): EngineResponse {
    const id = connectionIn(path);
    const resource = `arn:aws:execute-api:us-east-1:000000000000:${apiId}/${stageName}/${method}/@connections/${id}`;
    if (!caller.allows('execute-api:ManageConnections', resource))
      return answer(403, { message: refusalText(caller, 'execute-api:ManageConnections', resource) });
    const connection = connections.get(id);
    if (!connection || connection.socket.readyState !== connection.socket.OPEN) return answer(410);
    if (method === 'DELETE') {
      connection.socket.close(1000);
      return { ...answer(204), body: new Uint8Array() };
    }
    if (method === 'GET')
      return answer(200, {
        connectedAt: new Date(connection.connectedAt),
        lastActiveAt: new Date(connection.lastActiveAt),
      });
    if (body.length > socketLimits.messageBytes)
      return { ...answer(413), headers: { 'x-amzn-errortype': 'PayloadTooLargeException' } };
    connection.lastActiveAt = clock.now();
    send(connection.socket, Buffer.from(body).toString());
    return answer(200);
  }
  return { handle: async ({ method, path, body }, caller) => manage(method, path, body, caller) };
}
