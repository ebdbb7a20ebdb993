import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocketServer } from 'ws';
import type { Clock } from '../../shared/core/clock.ts';
import type { Engine } from '../engines/engine.ts';
import type { Outcome, Runner } from '../runtime/functions.ts';
import type { Resource } from '../runtime/template.ts';
import { type Connection, send, socketLimits, watchLifetime } from './connection.ts';
import { createConnectionsApi } from './connections-api.ts';
import { frameWatch } from './frames.ts';
import { splitOnce } from './http-gateway.ts';
import { contextOf, type SocketApi, socketApiIn } from './socket-api.ts';
import { judgeConnect } from './socket-authorizer.ts';
import { createThrottle } from './throttle.ts';

export interface SocketGateway {
  /** The `@connections` API: post to, look at and close connections. */
  readonly management: Engine;
  /** Takes over the upgrades of a server. */
  attach(server: Server): void;
  /** How many sockets are open. */
  size(): number;
  /** How many events are being handled. */
  running(): number;
  onIdle(listener: () => void): void;
  close(): Promise<void>;
}

const tooBig = 1009;
const notAccepted = 1003;

type Headers = Readonly<Record<string, string>>;
/** Finds where a connection is said to come from; without an address it is refused. */
type Locate = (
  headers: Headers,
  address: string,
) => { readonly headers: Headers; readonly address: string | undefined };

/** What the parts of a gateway work with. */
interface Gateway {
  readonly locate: Locate;
  readonly api: SocketApi;
  readonly runner: Runner;
  readonly clock: Clock;
  readonly connections: Map<string, Connection>;
  /** The subprotocol that `$connect` returned for a request. */
  readonly protocols: WeakMap<IncomingMessage, string>;
  readonly server: WebSocketServer;
  throttle(routeKey: string): boolean;
  /** Invokes the function of a route; undefined where there is none that may be invoked. */
  invoke(routeKey: string, event: object): Promise<Outcome | undefined>;
}

/** The WebSocket API of the stacks. */
export function createSocketGateway(
  resources: readonly Resource[],
  runner: Runner,
  clock: Clock,
  locate: Locate = (headers, address) => ({ headers, address }),
): SocketGateway {
  const api = socketApiIn(resources);
  const connections = new Map<string, Connection>();
  const protocols = new WeakMap<IncomingMessage, string>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: socketLimits.messageBytes,
    // `ws` would choose one by itself. API Gateway answers only what `$connect` returned.
    handleProtocols: (_, request) => protocols.get(request) ?? false,
  });
  const listeners: (() => void)[] = [];
  let running = 0;

  async function invoke(routeKey: string, event: object): Promise<Outcome | undefined> {
    running++;
    try {
      const route = api.routes.get(routeKey);
      if (!route?.functionArn || !api.mayInvoke(route.functionArn)) return undefined;
      return await runner.invoke(route.functionArn, event);
    } finally {
      running--;
      for (const listener of listeners) listener();
    }
  }
  /** How many have begun to close: the other end may know already, while `$disconnect` is still to come. */
  const closing = () => [...connections.values()].filter(({ socket }) => socket.readyState !== socket.OPEN).length;
  const throttle = createThrottle(api.stage, clock);
  const gateway: Gateway = { locate, api, runner, clock, connections, protocols, server, throttle, invoke };

  return {
    management: createConnectionsApi(api, connections, clock),
    attach: (http) =>
      http.on(
        'upgrade',
        (request, socket, head) => void open(gateway, request, socket, head).catch(() => socket.destroy()),
      ),
    size: () => connections.size,
    running: () => running + closing(),
    onIdle: (listener) => void listeners.push(listener),
    async close() {
      const closed = [...connections.values()].map(
        ({ socket }) => new Promise<void>((resolve) => void socket.once('close', () => resolve())),
      );
      for (const { socket } of connections.values()) socket.terminate();
      await Promise.all(closed);
      server.close();
    },
  };
}

/** A connection that is asked for: judged, told to `$connect`, then served or refused. */
async function open(gateway: Gateway, request: IncomingMessage, socket: Duplex, head: Buffer) {
  const { api, runner, clock, protocols, server } = gateway;
  // Nobody else listens until the upgrade is done; a client that breaks off must not end the process.
  socket.on('error', () => socket.destroy());
  const refuse = (status: number) =>
    socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  const [path, search] = splitOnce(request.url ?? '', '?');
  // The address of a WebSocket API is that of its stage alone.
  if (path !== `/${api.stageName}`) return refuse(403);
  const query = new URLSearchParams(search);
  if (!gateway.throttle('$connect')) return refuse(429);
  const sent = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const { headers, address } = gateway.locate(sent, request.socket.remoteAddress ?? '');
  if (address === undefined) return refuse(400);
  const identity = {
    id: `${randomBytes(11).toString('base64url')}=`,
    connectedAt: clock.now(),
    sourceIp: address,
    userAgent: headers['user-agent'] ?? '',
  };
  const event = {
    headers,
    queryStringParameters: Object.fromEntries(query),
    requestContext: contextOf(api, ['$connect', 'CONNECT'], { ...identity, context: {} }, clock.now()),
    isBase64Encoded: false,
  };
  const context = await judgeConnect(api, runner, event, query);
  if (typeof context === 'number') return refuse(context);
  event.requestContext.authorizer = context;
  const outcome = await gateway.invoke('$connect', event);
  const answer = (outcome?.ok ? outcome.payload : {}) as { statusCode?: number; headers?: Headers };
  const { statusCode = 500, headers: returned = {} } = answer;
  if (statusCode >= 300) return refuse(outcome?.ok ? statusCode : 500);
  const [, protocol] = Object.entries(returned).find(([name]) => /^sec-websocket-protocol$/i.test(name)) ?? [];
  if (protocol !== undefined) protocols.set(request, protocol);
  const exceeds = frameWatch(socketLimits.frameBytes);
  server.handleUpgrade(request, socket, head, (opened) => {
    const watch = (chunk: Buffer) => {
      if (exceeds(chunk)) opened.close(tooBig, 'frame too large');
    };
    watch(head);
    socket.prependListener('data', watch);
    serve(gateway, { ...identity, context, socket: opened, lastActiveAt: clock.now() });
  });
}

/** Serves a connection until it closes; `$disconnect` is told then. */
function serve(gateway: Gateway, connection: Connection) {
  const { api, clock, connections } = gateway;
  const { socket, id } = connection;
  connections.set(id, connection);
  const stopWatching = watchLifetime(connection, clock);
  // API Gateway takes no binary frames: it ends the connection.
  socket.on('message', (data, isBinary) =>
    isBinary ? socket.close(notAccepted, 'binary frame') : void receive(gateway, connection, data),
  );
  // What the peer broke (size, framing) ends the connection; `close` follows.
  socket.on('error', () => {});
  socket.on('close', (disconnectStatusCode, reason) => {
    connections.delete(id);
    stopWatching();
    const disconnectReason = String(reason);
    const context = contextOf(api, ['$disconnect', 'DISCONNECT'], connection, clock.now());
    void gateway.invoke('$disconnect', {
      requestContext: { ...context, disconnectStatusCode, disconnectReason },
      isBase64Encoded: false,
    });
  });
}

/** Hands a message to the function of its route, and the function's answer to the socket if the route has one. */
async function receive({ api, clock, throttle, invoke }: Gateway, connection: Connection, data: RawData) {
  const { socket, id } = connection;
  // What came before the frame that was too large is not handled any more.
  if (socket.readyState !== socket.OPEN) return;
  const { routes } = api;
  const body = String(data);
  connection.lastActiveAt = clock.now();
  const action = actionOf(body);
  const routeKey = action !== undefined && routes.has(action) && !action.startsWith('$') ? action : '$default';
  const requestContext = contextOf(api, [routeKey, 'MESSAGE'], connection, clock.now());
  const own = (message: string) =>
    send(socket, JSON.stringify({ message, connectionId: id, requestId: requestContext.requestId }));
  if (!throttle(routeKey)) return own('Too Many Requests');
  if (!routes.has(routeKey)) return own('Forbidden');
  const outcome = await invoke(routeKey, { requestContext, body, isBase64Encoded: false });
  if (!outcome?.ok) return own('Internal server error');
  // A route with a response sends one in any case: an empty message where the function returned no body.
  const { body: reply = '' } = (outcome.payload ?? {}) as { body?: string };
  if (routes.get(routeKey)?.answers) send(socket, reply);
}

function actionOf(body: string): string | undefined {
  try {
    const { action } = JSON.parse(body) as { action?: unknown };
    return typeof action === 'string' ? action : undefined;
  } catch {
    return undefined;
  }
}
