import { WebSocket } from 'ws';
import { NoAnswerError, ProblemError } from '../../client/problem-error.ts';
import { createSocket, type SocketOptions } from '../../client/socket.ts';
import { movableClock } from '../../local/runtime/clock.ts';
import { serveSocket } from './serve-socket.ts';

const minute = 60_000;
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});

async function given(answer?: Parameters<typeof serveSocket>[0], options: Partial<SocketOptions> = {}) {
  const server = await serveSocket(answer);
  const clock = movableClock(0);
  const states: string[] = [];
  const waiting: (() => void)[] = [];
  const bought = { tickets: 0 };
  const socket = createSocket({
    ticket: async () => {
      bought.tickets += 1;
      return { url: server.url };
    },
    WebSocket,
    clock,
    onState: (state) => {
      states.push(state);
      for (const go of waiting.splice(0)) go();
    },
    ...options,
  });
  opened.push(server, socket);
  const reached = async (...expected: string[]) => {
    while (states.length < expected.length) await new Promise<void>((go) => waiting.push(go));
    expect(states).toEqual(expected);
  };
  return { server, clock, socket, bought, reached };
}
const failure = (call: Promise<unknown>) => call.catch((error: unknown) => error);

describe('an action', () => {
  it('waits for the connection, and gets the reply with its id', async () => {
    const { socket, server } = await given(({ id }) => ({ id, ok: true, data: { time: `reply ${id}` } }));

    const replies = await Promise.all([socket.send('ping'), socket.send('ping')]);

    expect(replies).toEqual([{ time: 'reply 1' }, { time: 'reply 2' }]);
    expect(server.messages).toEqual([
      { id: 1, action: 'ping', data: {} },
      { id: 2, action: 'ping', data: {} },
    ]);
  });

  it('that is refused is a ProblemError', async () => {
    const problem = { status: 429, code: 'TOO_MANY_REQUESTS', title: 'slowly' };
    const { socket } = await given(({ id }) => ({ id, ok: false, problem }));

    const error = await failure(socket.send('ping'));

    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429, message: 'slowly' });
  });

  it('fails when no reply comes in 10 s, whatever else is said meanwhile', async () => {
    const { socket, server, clock } = await given(() => 'no JSON at all');

    const call = failure(socket.send('ping'));
    await server.until(() => server.messages.length === 1);
    await clock.advance(10_000);

    expect(await call).toBeInstanceOf(NoAnswerError);
  });

  it('fails when the connection breaks, as nobody knows whether it was carried out', async () => {
    const { socket, server } = await given(() => undefined);

    const call = failure(socket.send('ping'));
    await server.until(() => server.messages.length === 1);
    server.connections[0]!.terminate();

    expect(await call).toBeInstanceOf(NoAnswerError);
  });

  it('fails when there is no connection within 10 s, and at once after the end', async () => {
    const { socket, clock } = await given(undefined, { ticket: () => new Promise(() => {}) });

    const call = failure(socket.send('ping'));
    await clock.advance(10_000);
    expect(await call).toBeInstanceOf(NoAnswerError);

    socket.close();
    expect(await failure(socket.send('ping'))).toMatchObject({ message: 'the socket is closed' });
  });
});

describe('a server event', () => {
  it('reaches who listens, until they end it', async () => {
    const { socket, server, reached } = await given();
    const heard: unknown[] = [];
    const off = socket.on('notification', (data) => heard.push(data));
    const tell = (data: unknown) => server.connections[0]!.send(JSON.stringify({ event: 'notification', data }));
    await reached('connecting', 'open');

    tell(1);
    await socket.send('ping');
    off();
    tell(2);
    await socket.send('ping');

    expect(heard).toEqual([1]);
  });
});

describe('a connection', () => {
  it('is kept open by a ping every five minutes', async () => {
    const { server, clock, socket, reached } = await given();
    await reached('connecting', 'open');

    await clock.advance(5 * minute);
    await socket.send('ping');
    await clock.advance(5 * minute);
    await socket.send('ping');

    expect(server.messages.map(({ id, action }) => `${id} ${action}`)).toEqual([
      '1 ping',
      '2 ping',
      '3 ping',
      '4 ping',
    ]);
    await reached('connecting', 'open');
  });

  it('that answers no ping is given up for another', async () => {
    const { server, clock, reached } = await given(() => undefined);
    await reached('connecting', 'open');

    await clock.advance(5 * minute);
    await server.until(() => server.messages.length === 1);
    await clock.advance(10_000);
    await clock.advance(1000);

    await reached('connecting', 'open', 'connecting', 'open');
  });

  it('that breaks is followed by another, with a ticket of its own', async () => {
    const { server, clock, bought, reached } = await given();
    await reached('connecting', 'open');

    server.connections[0]!.terminate();
    await server.until(() => server.openCount() === 0);
    while (bought.tickets === 1) {
      await clock.advance(1000);
      await new Promise(setImmediate);
    }

    await reached('connecting', 'open', 'connecting', 'open');
    expect(bought.tickets).toBe(2);
  });

  it('is replaced before two hours are over, and left only when the next one stands', async () => {
    const { server, clock, socket, bought, reached } = await given();
    const heard: unknown[] = [];
    socket.on('notification', (data) => heard.push(data));
    await reached('connecting', 'open');

    while (bought.tickets === 1) {
      await clock.advance(5 * minute);
      await socket.send('ping');
    }
    await reached('connecting', 'open', 'open');
    await server.until(() => server.openCount() === 1);
    server.connections[1]!.send(JSON.stringify({ event: 'notification', data: 'from the second' }));
    await socket.send('ping');

    expect(clock.now()).toBeGreaterThanOrEqual(105 * minute);
    expect(clock.now()).toBeLessThan(120 * minute);
    expect(server.connections).toHaveLength(2);
    expect(heard).toEqual(['from the second']);
  });

  it('is tried again after longer and longer waits, up to 30 s', async () => {
    const tries: number[] = [];
    const clock = movableClock(0);
    const ticket = async () => {
      tries.push(clock.now());
      throw new NoAnswerError('no network');
    };
    await given(undefined, { clock, ticket });

    for (let i = 0; i < 200; i++) {
      await clock.advance(1000);
      await new Promise(setImmediate);
    }

    const gaps = tries.slice(1).map((time, i) => time - tries[i]!);
    expect(gaps.length).toBeGreaterThan(8);
    gaps.forEach((gap, i) => {
      expect(gap).toBeGreaterThanOrEqual(Math.min(30_000, 1000 * 2 ** i) / 2);
      expect(gap).toBeLessThanOrEqual(Math.min(30_000, 1000 * 2 ** i) + 1000);
    });
  });

  it('is not tried again when there is no right to a ticket any more', async () => {
    const refused = new ProblemError(401, { code: 'TOKEN_INVALID' });
    const causes: unknown[] = [];
    let tickets = 0;
    const { clock } = await given(undefined, {
      onState: (_, cause) => causes.push(cause),
      ticket: async () => {
        tickets += 1;
        throw refused;
      },
    });

    await new Promise(setImmediate);
    await clock.advance(5 * minute);

    expect(tickets).toBe(1);
    expect(causes).toEqual([undefined, refused]);
  });

  it('is not opened again after the end', async () => {
    const { socket, server, clock, bought, reached } = await given();
    await reached('connecting', 'open');

    socket.close();
    await server.until(() => server.openCount() === 0);
    await clock.advance(5 * minute);

    await reached('connecting', 'open', 'closed');
    expect(bought.tickets).toBe(1);
  });
});
