import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import {
  type Answer,
  ask,
  chat,
  closing,
  endpoint,
  managementOf,
  nameOf,
  nextMessage,
  opened,
  type SocketEvent,
  socket,
} from './socket-support.ts';
import { closeClouds, cloudOf, type Handler, lambda, route } from './support.ts';

afterEach(closeClouds);

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

  test('a route with a response sends an empty message where the function returns no body', async () => {
    const { handler } = chat(() => ({ statusCode: 200 }));
    const cloud = await cloudOf(socket('say'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    expect(await ask(client, '{"action":"say"}')).toBe('');
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

  test('an id that is no text is the id of no connection', async () => {
    const { handler } = chat(
      withClient((client) => {
        const broken = { step: 'build', name: 'broken' } as const;
        client.middlewareStack.add(
          (next) => (args) => {
            Object.assign(args.request as object, { path: '/live/@connections/%zz' });
            return next(args);
          },
          broken,
        );
        return nameOf(client.send(new PostToConnectionCommand({ ConnectionId: 'x', Data: 'hello' })));
      }),
    );
    const cloud = await cloudOf(socket('say'), { Chat: handler });
    const client = await opened(`${cloud.socketUrl}/live`);

    expect(await ask(client, '{"action":"say"}')).toBe('"GoneException"');
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
