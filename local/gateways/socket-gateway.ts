import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../shared/core/clock.ts';
import { type Caller, type Engine, type EngineResponse, refusalText } from '../engines/engine.ts';
import type { Outcome, Runner } from '../runtime/functions.ts';
import { isAllowed, type Statement } from '../runtime/iam.ts';
import { functionArnOf, ofType, permissionsIn, type Resource } from '../runtime/template.ts';
import { type Connection, socketLimits, watchLifetime } from './connection.ts';
import { frameWatch } from './frames.ts';
import { requestTime } from './http-gateway.ts';
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

const answer = (status: number, body: object = {}): EngineResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...(status === 410 ? { 'x-amzn-errortype': 'GoneException' } : {}) },
  body: Buffer.from(JSON.stringify(body)),
});

const tooBig = 1009;
const notAccepted = 1003;

/** The WebSocket API of the stacks. */
export function createSocketGateway(resources: readonly Resource[], runner: Runner, clock: Clock): SocketGateway {
  const [api] = ofType(resources, 'AWS::ApiGatewayV2::Api').filter(
    ({ properties }) => properties.ProtocolType === 'WEBSOCKET',
  );
  if (!api) throw new Error('the stacks have no WebSocket API');
  if (api.properties.RouteSelectionExpression !== '$request.body.action')
    throw new Error(`the local cloud does not know the route selection ${api.properties.RouteSelectionExpression}`);
  const apiId = api.id.toLowerCase();
  const mine = (type: string) => ofType(resources, type).filter(({ properties }) => properties.ApiId === apiId);
  const mayInvoke = permissionsIn(resources, apiId);
  const [stage] = mine('AWS::ApiGatewayV2::Stage');
  if (!stage) throw new Error('the WebSocket API has no stage');
  const stageName: string = stage.properties.StageName;
  const throttle = createThrottle(stage.properties, clock);
  const integrations = new Map(
    mine('AWS::ApiGatewayV2::Integration').map(({ id, properties }) => [id, functionArnOf(properties.IntegrationUri)]),
  );
  const twoWay = new Set(mine('AWS::ApiGatewayV2::RouteResponse').map(({ properties }) => properties.RouteId));
  const routes = new Map(
    mine('AWS::ApiGatewayV2::Route').map(({ id, properties }) => [
      properties.RouteKey as string,
      {
        functionArn: integrations.get(properties.Target.replace('integrations/', '')),
        answers: twoWay.has(id) && properties.RouteResponseSelectionExpression === '$default',
        authorizerId: properties.AuthorizerId as string | undefined,
      },
    ]),
  );
  const authorizers = new Map(mine('AWS::ApiGatewayV2::Authorizer').map(({ id, properties }) => [id, properties]));
  const connections = new Map<string, Connection>();
  const server = new WebSocketServer({ noServer: true, maxPayload: socketLimits.messageBytes });
  const listeners: (() => void)[] = [];
  let running = 0;

  const contextOf = (routeKey: string, eventType: string, of: Omit<Connection, 'socket' | 'lastActiveAt'>) => ({
    routeKey,
    eventType,
    connectionId: of.id,
    connectedAt: of.connectedAt,
    requestId: randomBytes(9).toString('base64url'),
    extendedRequestId: randomBytes(9).toString('base64url'),
    messageDirection: 'IN',
    messageId: eventType === 'MESSAGE' ? randomBytes(9).toString('base64url') : null,
    requestTime: requestTime(clock.now()),
    requestTimeEpoch: clock.now(),
    stage: stageName,
    domainName: `${apiId}.execute-api.us-east-1.amazonaws.com`,
    apiId,
    identity: { sourceIp: of.sourceIp, userAgent: of.userAgent },
    authorizer: of.context,
  });

  async function invoke(routeKey: string, event: object): Promise<Outcome | undefined> {
    const route = routes.get(routeKey);
    if (!route?.functionArn || !mayInvoke(route.functionArn)) return undefined;
    running++;
    try {
      return await runner.invoke(route.functionArn, event);
    } finally {
      running--;
      for (const listener of listeners) listener();
    }
  }

  /** Judges a `$connect`: the authorizer's context, or the status to refuse with. */
  async function authorize(event: object, query: URLSearchParams): Promise<Record<string, unknown> | 401 | 403 | 500> {
    const authorizer = authorizers.get(routes.get('$connect')?.authorizerId ?? '');
    if (!authorizer) return {};
    for (const source of (authorizer.IdentitySource ?? []) as string[]) {
      const name = /^route\.request\.querystring\.(.+)$/.exec(source)?.[1];
      if (!name) throw new Error(`the local cloud does not know the identity source ${source}`);
      if (!query.get(name)) return 401;
    }
    const arn = functionArnOf(authorizer.AuthorizerUri);
    if (!mayInvoke(arn)) return 500;
    const methodArn = `arn:aws:execute-api:us-east-1:000000000000:${apiId}/${stageName}/$connect`;
    const outcome = await runner.invoke(arn, { ...event, type: 'REQUEST', methodArn });
    if (!outcome.ok) return outcome.errorMessage === 'Unauthorized' ? 401 : 500;
    return judgementOf(outcome.payload, methodArn);
  }

  async function open(request: IncomingMessage, socket: Duplex, head: Buffer) {
    // Nobody else listens until the upgrade is done; a client that breaks off must not end the process.
    socket.on('error', () => socket.destroy());
    const refuse = (status: number) =>
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    const url = new URL(request.url ?? '/', 'http://local');
    if (!throttle('$connect')) return refuse(429);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const identity = {
      id: `${randomBytes(11).toString('base64url')}=`,
      connectedAt: clock.now(),
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: headers['user-agent'] ?? '',
    };
    const event = {
      headers,
      queryStringParameters: Object.fromEntries(url.searchParams),
      requestContext: contextOf('$connect', 'CONNECT', { ...identity, context: {} }),
      isBase64Encoded: false,
    };
    const context = await authorize(event, url.searchParams);
    if (typeof context === 'number') return refuse(context);
    event.requestContext.authorizer = context;
    const outcome = await invoke('$connect', event);
    const { statusCode = 500 } = (outcome?.ok ? outcome.payload : {}) as { statusCode?: number };
    if (statusCode >= 300) return refuse(outcome?.ok ? statusCode : 500);
    const exceeds = frameWatch(socketLimits.frameBytes);
    server.handleUpgrade(request, socket, head, (opened) => {
      const watch = (chunk: Buffer) => {
        if (exceeds(chunk)) opened.close(tooBig, 'frame too large');
      };
      watch(head);
      socket.prependListener('data', watch);
      serve({ ...identity, context, socket: opened, lastActiveAt: clock.now() });
    });
  }

  function serve(connection: Connection) {
    const { socket, id } = connection;
    connections.set(id, connection);
    const stopWatching = watchLifetime(connection, clock);
    // API Gateway takes no binary frames: it ends the connection.
    socket.on('message', (data, isBinary) =>
      isBinary ? socket.close(notAccepted, 'binary frame') : void receive(connection, data),
    );
    // What the peer broke (size, framing) ends the connection; `close` follows.
    socket.on('error', () => {});
    socket.on('close', (disconnectStatusCode, reason) => {
      connections.delete(id);
      stopWatching();
      const disconnectReason = String(reason);
      const context = contextOf('$disconnect', 'DISCONNECT', connection);
      void invoke('$disconnect', {
        requestContext: { ...context, disconnectStatusCode, disconnectReason },
        isBase64Encoded: false,
      });
    });
  }

  async function receive(connection: Connection, data: RawData) {
    const { socket, id } = connection;
    // What came before the frame that was too large is not handled any more.
    if (socket.readyState !== socket.OPEN) return;
    const body = String(data);
    connection.lastActiveAt = clock.now();
    const action = actionOf(body);
    const routeKey = action !== undefined && routes.has(action) && !action.startsWith('$') ? action : '$default';
    const requestContext = contextOf(routeKey, 'MESSAGE', connection);
    const own = (message: string) =>
      send(socket, JSON.stringify({ message, connectionId: id, requestId: requestContext.requestId }));
    if (!throttle(routeKey)) return own('Too Many Requests');
    if (!routes.has(routeKey)) return own('Forbidden');
    const outcome = await invoke(routeKey, { requestContext, body, isBase64Encoded: false });
    if (!outcome?.ok) return own('Internal server error');
    const reply = (outcome.payload as { body?: string } | null)?.body;
    if (routes.get(routeKey)?.answers && reply !== undefined) send(socket, reply);
  }

  async function manage(method: string, path: string, body: Uint8Array, caller: Caller): Promise<EngineResponse> {
    const id = decodeURIComponent(path.split('/@connections/')[1] ?? '');
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

  return {
    management: { handle: ({ method, path, body }, caller) => manage(method, path, body, caller) },
    attach: (http) =>
      http.on('upgrade', (request, socket, head) => void open(request, socket, head).catch(() => socket.destroy())),
    size: () => connections.size,
    running: () => running,
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

/** What an authorizer's answer means for a `$connect`: its context, or the status to refuse with. */
function judgementOf(payload: unknown, methodArn: string): Record<string, unknown> | 403 | 500 {
  const { policyDocument, context = {} } = (payload ?? {}) as {
    policyDocument?: { Statement?: Statement | Statement[] };
    context?: Record<string, unknown>;
  };
  if (!policyDocument?.Statement) return 500;
  const access = { action: 'execute-api:Invoke', resource: methodArn, context: {} };
  if (!isAllowed([policyDocument.Statement].flat(), access)) return 403;
  // Values of a context are text once they reach a function; anything deeper is refused.
  if (Object.values(context).some((value) => typeof value === 'object')) return 500;
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [name, String(value)]));
}

const send = (socket: WebSocket, text: string) => socket.readyState === socket.OPEN && socket.send(text);

function actionOf(body: string): string | undefined {
  try {
    const { action } = JSON.parse(body) as { action?: unknown };
    return typeof action === 'string' ? action : undefined;
  } catch {
    return undefined;
  }
}
