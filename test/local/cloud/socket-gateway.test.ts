import { connect } from 'node:net';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { WebSocket } from 'ws';
import type { Platform } from '../../../shared/core/platform.ts';
import { authorizer, cloudOf, type Handler, lambda, type Resources, route, stop } from './support.ts';

interface SocketEvent {
  readonly body?: string;
  readonly requestContext: { readonly routeKey: string; readonly connectionId: string; readonly authorizer?: object };
}
type Answer = (event: SocketEvent, platform: Platform) => unknown;

const everything = {
  Effect: 'Allow',
  Action: 'execute-api:ManageConnections',
  Resource: 'arn:aws:execute-api:us-east-1:000000000000:*',
};
const endpoint = {
  SOCKET_ENDPOINT: 'https://socket.execute-api.us-east-1.amazonaws.com/live',
};

/** An API with `$connect`, `$disconnect` and the routes named, all to one function. */
const socket = (...keys: string[]): Resources =>
  Object.assign(
    {},
    lambda('Chat', [everything], endpoint),
    ...['$connect', '$disconnect', ...keys].map((key) => route('Socket', key, 'Chat')),
  );

/** A handler that answers messages, notes what it got and lets everybody in. */
function chat(answer: Answer = () => ({ statusCode: 200 })) {
  const events: SocketEvent[] = [];
  let left = () => {};
  const disconnected = new Promise<void>((resolve) => {
    left = resolve;
  });
  const handler: Handler = async (event: SocketEvent, platform) => {
    events.push(event);
    const { routeKey } = event.requestContext;
    if (routeKey === '$disconnect') left();
    return routeKey.startsWith('$') && routeKey !== '$default' ? { statusCode: 200 } : answer(event, platform);
  };
  const keys = () => events.map(({ requestContext }) => requestContext.routeKey);
  return { events, handler, keys, disconnected };
}

function opened(url: string): Promise<WebSocket> {
  const client = new WebSocket(url);
  return new Promise((resolve, reject) => {
    client.once('open', () => resolve(client));
    client.once('unexpected-response', (_, { statusCode }) => reject(new Error(`refused with ${statusCode}`)));
    client.once('error', reject);
  });
}
const nextMessage = (client: WebSocket) =>
  new Promise<string>((resolve) => client.once('message', (data) => resolve(String(data))));
const closing = (client: WebSocket) => new Promise<number>((resolve) => client.once('close', resolve));
const ask = (client: WebSocket, text: string) => {
  const answer = nextMessage(client);
  client.send(text);
  return answer;
};

function managementOf({ environment, requestHandler, now }: Platform) {
  const client = new ApiGatewayManagementApiClient({
    endpoint: environment.SOCKET_ENDPOINT!,
    region: 'us-east-1',
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID!,
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY!,
    },
    requestHandler: requestHandler as never,
    maxAttempts: 1,
    systemClockOffset: now() - Date.now(),
  });
  return client;
}
const nameOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error) => error.name,
  );

describe('life of a connection', () => {
  test('connect, message and disconnect reach the function with one connection id', async () => {
    const { handler, events, keys, disconnected } = chat(({ body }) => ({ statusCode: 200, body: `heard ${body}` }));
    const cloud = await cloudOf(socket('say'), { Chat: handler });

    const client = await opened(`${cloud.socketUrl}/live`);
    const reply = await ask(client, '{"action":"say"}');
    client.close();
    await disconnected;

    expect(reply).toBe('heard {"action":"say"}');
    expect(keys()).toEqual(['$connect', 'say', '$disconnect']);
    expect(new Set(events.map(({ requestContext }) => requestContext.connectionId)).size).toBe(1);
    expect(events[1]).toMatchObject({
      isBase64Encoded: false,
      requestContext: {
        eventType: 'MESSAGE',
        messageDirection: 'IN',
        stage: 'live',
        connectedAt: cloud.clock.now(),
        identity: { sourceIp: '127.0.0.1' },
      },
    });
  });

  test('a $connect that answers other than 2xx keeps the socket shut', async () => {
    const cloud = await cloudOf(socket(), { Chat: () => ({ statusCode: 403 }) });

    await expect(opened(`${cloud.socketUrl}/live`)).rejects.toThrow('refused with 403');
  });

  test('a $connect that throws keeps the socket shut', async () => {
    const cloud = await cloudOf(socket(), {
      Chat: () => {
        throw new Error('broken');
      },
    });

    await expect(opened(`${cloud.socketUrl}/live`)).rejects.toThrow('refused with 500');
  });

  test('the function hears of an end of the cloud before the cloud is gone', async () => {
    const { handler, keys } = chat();
    const cloud = await cloudOf(socket(), { Chat: handler });
    await opened(`${cloud.socketUrl}/live`);

    await stop(cloud);

    expect(keys()).toEqual(['$connect', '$disconnect']);
    expect(cloud.logs).toEqual([]);
  });

  test('a client that breaks off while it is let in harms nobody', async () => {
    let enter = () => {};
    const entered = new Promise<void>((resolve) => {
      enter = resolve;
    });
    let letIn = () => {};
    const decided = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    const cloud = await cloudOf(socket(), {
      Chat: async () => {
        enter();
        await decided;
        return { statusCode: 200 };
      },
    });
    const { port, hostname } = new URL(cloud.socketUrl);
    const client = connect(Number(port), hostname);
    client.write(
      'GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await entered;

    client.resetAndDestroy();
    letIn();
    await cloud.settle();

    await expect(opened(`${cloud.socketUrl}/live`)).resolves.toBeInstanceOf(WebSocket);
  });

  test('ten silent minutes end it', async () => {
    const { handler } = chat();
    const cloud = await cloudOf(socket('say'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);
    const closed = closing(client);

    await cloud.clock.advance(10 * 60_000);

    expect(await closed).toBe(1001);
  });

  test('a message keeps it alive, but for two hours at most', async () => {
    const { handler } = chat(() => ({ statusCode: 200, body: 'pong' }));
    const cloud = await cloudOf(socket('say'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);
    const closed = closing(client);

    for (let minutes = 0; minutes < 117; minutes += 9) {
      await cloud.clock.advance(9 * 60_000);
      expect(await ask(client, '{"action":"say"}')).toBe('pong');
    }
    await cloud.clock.advance(3 * 60_000);

    expect(await closed).toBe(1001);
  });
});

describe('authorizer', () => {
  const guarded = (): Resources => {
    const routes = Object.assign({}, ...['$disconnect', 'say'].map((key) => route('Socket', key, 'Chat')));
    return {
      ...lambda('Chat'),
      ...lambda('Guard'),
      ...authorizer('Socket', 'SocketAuthorizer', 'Guard', 'route.request.querystring.ticket'),
      ...route('Socket', '$connect', 'Chat', { authorizer: 'SocketAuthorizer' }),
      ...routes,
    };
  };
  const policy = (Effect: string, context = {}) => ({
    principalId: 'someone',
    policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource: '*' }] },
    context,
  });

  const statement = (Effect: string, Resource: string) => ({ Effect, Action: 'execute-api:Invoke', Resource });
  const mixed = { principalId: 's', policyDocument: { Statement: [statement('Allow', '*'), statement('Deny', '*')] } };
  const elsewhere = {
    principalId: 's',
    policyDocument: { Statement: [statement('Allow', 'arn:aws:execute-api:*:other/*')] },
  };

  test('its context is repeated with every event of the connection', async () => {
    const { handler, events } = chat(() => ({ statusCode: 200, body: 'ok' }));
    const Guard = jest.fn((_: unknown) => policy('Allow', { accountId: 'a1', count: 1, sure: true }));
    const cloud = await cloudOf(guarded(), { Chat: handler, Guard });

    const client = await opened(`${cloud.socketUrl}/live?ticket=t1`);
    await ask(client, '{"action":"say"}');

    expect(events.map(({ requestContext }) => requestContext.authorizer)).toEqual([
      expect.objectContaining({ accountId: 'a1', count: '1', sure: 'true' }),
      expect.objectContaining({ accountId: 'a1', count: '1', sure: 'true' }),
    ]);
    expect(Guard.mock.calls[0]![0]).toMatchObject({
      type: 'REQUEST',
      methodArn: expect.stringMatching(/^arn:aws:execute-api:us-east-1:000000000000:\w+\/live\/\$connect$/),
      queryStringParameters: { ticket: 't1' },
    });
  });

  test.each([
    ['a denial besides an allowance', '/live?ticket=t', () => mixed, 403],
    ['an allowance of another API', '/live?ticket=t', () => elsewhere, 403],
    ['an answer without a policy', '/live?ticket=t', () => ({ principalId: 'someone' }), 500],
    ['a context that is not flat', '/live?ticket=t', () => policy('Allow', { deep: { er: 1 } }), 500],
    ['no ticket', '/live', () => policy('Allow'), 401],
    ['a denial', '/live?ticket=t', () => policy('Deny'), 403],
    [
      'an error "Unauthorized"',
      '/live?ticket=t',
      () => {
        throw new Error('Unauthorized');
      },
      401,
    ],
    [
      'any other error',
      '/live?ticket=t',
      () => {
        throw new Error('broken');
      },
      500,
    ],
  ])('%s refuses the socket, and $connect does not run', async (_, path, Guard, status) => {
    const { handler, keys } = chat();
    const cloud = await cloudOf(guarded(), { Chat: handler, Guard });

    await expect(opened(cloud.socketUrl + path)).rejects.toThrow(`refused with ${status}`);

    expect(keys()).toEqual([]);
  });
});

describe('messages', () => {
  test('what no route is named for goes to $default', async () => {
    const { handler } = chat(({ requestContext }) => ({ statusCode: 200, body: requestContext.routeKey }));
    const cloud = await cloudOf(socket('say', '$default'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    const answers = [];
    for (const text of ['{"action":"say"}', '{"action":"sing"}', '{"action":"$connect"}', 'not JSON', 'null', '7'])
      answers.push(await ask(client, text));

    expect(answers).toEqual(['say', '$default', '$default', '$default', '$default', '$default']);
  });

  test('without $default the gateway says Forbidden', async () => {
    const { handler } = chat();
    const cloud = await cloudOf(socket('say'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    const answer = JSON.parse(await ask(client, 'not JSON'));

    expect(answer).toEqual({
      message: 'Forbidden',
      connectionId: expect.any(String),
      requestId: expect.any(String),
    });
  });

  test('a function that throws is an error of the gateway', async () => {
    const { handler } = chat(() => {
      throw new Error('broken');
    });
    const cloud = await cloudOf(socket('say'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    const answer = JSON.parse(await ask(client, '{"action":"say"}'));

    expect(answer).toMatchObject({ message: 'Internal server error' });
  });

  test('a route without a response keeps what its function returns to itself', async () => {
    const { handler } = chat(({ requestContext }) => ({ statusCode: 200, body: requestContext.routeKey }));
    const oneWay = route('Socket', 'whisper', 'Chat', { twoWay: false });
    const cloud = await cloudOf({ ...socket('say'), ...oneWay }, { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    client.send('{"action":"whisper"}');
    const answer = await ask(client, '{"action":"say"}');

    expect(answer).toBe('say');
  });

  test('a frame above 32 KB closes the connection with 1009', async () => {
    const { handler, keys } = chat();
    const cloud = await cloudOf(socket('$default'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    client.send('x'.repeat(32 * 1024 + 1));

    expect(await closing(client)).toBe(1009);
    expect(keys()).not.toContain('$default');
  });

  test('a message of several frames may be larger than one frame', async () => {
    const { handler } = chat(({ body }) => ({ statusCode: 200, body: String(body?.length) }));
    const cloud = await cloudOf(socket('$default'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    const answer = nextMessage(client);
    for (let i = 0; i < 4; i++) client.send('x'.repeat(32 * 1024), { fin: i === 3 });

    expect(await answer).toBe(String(128 * 1024));
  });

  test('a message above 128 KB closes the connection with 1009', async () => {
    const { handler } = chat();
    const cloud = await cloudOf(socket('$default'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    for (let i = 0; i < 5; i++) client.send('x'.repeat(30 * 1024), { fin: i === 4 });

    expect(await closing(client)).toBe(1009);
  });
});

describe('@connections', () => {
  const withClient =
    (work: (client: ApiGatewayManagementApiClient, id: string) => Promise<unknown>): Answer =>
    async ({ requestContext }, platform) => ({
      statusCode: 200,
      body: JSON.stringify((await work(managementOf(platform), requestContext.connectionId)) ?? null),
    });

  test('what is posted arrives', async () => {
    const { handler } = chat(
      withClient((client, ConnectionId) => client.send(new PostToConnectionCommand({ ConnectionId, Data: 'hello' }))),
    );
    const cloud = await cloudOf(socket('say'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    expect(await ask(client, '{"action":"say"}')).toBe('hello');
  });

  test('a connection can be looked at and ended', async () => {
    const { handler, disconnected } = chat(
      withClient(async (client, ConnectionId) => {
        const { ConnectedAt } = await client.send(new GetConnectionCommand({ ConnectionId }));
        await client.send(new DeleteConnectionCommand({ ConnectionId }));
        return ConnectedAt;
      }),
    );
    const cloud = await cloudOf(socket('say'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);
    const closed = closing(client);

    client.send('{"action":"say"}');

    expect(await closed).toBe(1000);
    await disconnected;
    expect(cloud.openSockets()).toBe(0);
  });

  test('a connection that is gone is gone, and one that is still being made is not there yet', async () => {
    const seen: string[] = [];
    let left = () => {};
    const disconnected = new Promise<void>((resolve) => {
      left = resolve;
    });
    const handler: Handler = async ({ requestContext }: SocketEvent, platform) => {
      const { routeKey, connectionId } = requestContext;
      const post = managementOf(platform).send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'x' }));
      seen.push(routeKey, await nameOf(post));
      if (routeKey === '$disconnect') left();
      return { statusCode: 200 };
    };
    const cloud = await cloudOf(socket(), { Chat: handler });

    const client = await opened(`${cloud.socketUrl}/live`);
    client.close();
    await disconnected;

    expect(seen).toEqual(['$connect', 'GoneException', '$disconnect', 'GoneException']);
  });

  test('a payload above 128 KB is too large', async () => {
    const { handler } = chat(
      withClient((client, ConnectionId) =>
        nameOf(client.send(new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(128 * 1024 + 1) }))),
      ),
    );
    const cloud = await cloudOf(socket('say'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    expect(await ask(client, '{"action":"say"}')).toBe('"PayloadTooLargeException"');
  });

  test('a role without the right is refused', async () => {
    const { handler } = chat(
      withClient((client, ConnectionId) =>
        nameOf(client.send(new PostToConnectionCommand({ ConnectionId, Data: 'hello' }))),
      ),
    );
    const cloud = await cloudOf({ ...socket('say'), ...lambda('Chat', [], endpoint) }, { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    expect(await ask(client, '{"action":"say"}')).toMatch(/Forbidden|AccessDenied|Unknown/);
  });
});
