import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { ask, chat, closing, opened, type SocketEvent, socket } from './socket-support.ts';
import { authorizer, closeClouds, cloudOf, lambda, type Resources, route, stop } from './support.ts';

afterEach(closeClouds);

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

  test.each(['/', '', '/other', '/live/', '/live/x', '/live%20'])(
    'W1: no other path than that of the stage: %s',
    async (path) => {
      const { handler, keys } = chat();
      const cloud = await cloudOf(socket(), { Chat: handler });

      await expect(opened(`${cloud.socketUrl}${path}?ticket=x`)).rejects.toThrow('refused with 403');
      expect(keys()).toEqual([]);
    },
  );

  test('W2: a subprotocol is answered only if $connect returned it', async () => {
    const chosen: Record<string, string>[] = [{}, { 'Sec-WebSocket-Protocol': 'second' }];
    const cloud = await cloudOf(socket(), {
      Chat: ({ requestContext }: SocketEvent) => ({
        statusCode: 200,
        headers: requestContext.routeKey === '$connect' ? chosen.shift() : {},
      }),
    });
    const offering = () => new WebSocket(`${cloud.socketUrl}/live`, ['first', 'second']);

    const [closed] = await once(offering(), 'error');
    const client = offering();
    await once(client, 'open');

    expect(String(closed)).toContain('no subprotocol');
    expect(client.protocol).toBe('second');
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
