import type { Clock } from '../shared/core/clock.ts';
import { NoAnswerError, ProblemError } from './problem-error.ts';

/**
 * The part of a WebSocket that the client uses. WebSockets of browsers, of Node and of the `ws` package all have it.
 */
export interface SocketLike {
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  send(text: string): void;
  close(): void;
}
export type SocketConstructor = new (url: string) => SocketLike;

/** One open WebSocket. */
export interface Connection {
  /** Sends an action and waits for the reply with its id. */
  request(action: string, data: unknown, timeout: number): Promise<unknown>;
  /** Delivers no more events, and closes after the last reply. */
  retire(): void;
  close(): void;
}

interface Handlers {
  readonly event: (name: string, data: unknown) => void;
  readonly closed: () => void;
}
type Message = { id?: unknown; ok?: boolean; data?: unknown; problem?: { status: number }; event?: string };

const openTimeout = 10_000;

/**
 * Waits until a WebSocket is open.
 *
 * @throws NoAnswerError if it does not open
 */
export function connect(socket: SocketLike, clock: Clock, handlers: Handlers): Promise<Connection> {
  const pending = new Map<unknown, { settle(message: Message): void; fail(why: string): void }>();
  let state: 'opening' | 'open' | 'over' = 'opening';
  let retired = false;
  let lastId = 0;
  const closeWhenIdle = () => {
    if (retired && pending.size === 0) socket.close();
  };
  const end = () => {
    if (state !== 'open') return;
    state = 'over';
    for (const request of [...pending.values()]) request.fail('the connection broke');
    handlers.closed();
  };

  const connection: Connection = {
    request(action, data, timeout) {
      if (state === 'over') return Promise.reject(new NoAnswerError('the connection is closed'));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const cancel = clock.at(clock.now() + timeout, () => pending.get(id)?.fail('no reply in time'));
        const done = () => {
          cancel();
          pending.delete(id);
          closeWhenIdle();
        };
        pending.set(id, {
          settle(message) {
            done();
            if (message.ok) resolve(message.data);
            else reject(new ProblemError(message.problem?.status ?? 500, message.problem));
          },
          fail(why) {
            done();
            reject(new NoAnswerError(why));
          },
        });
        socket.send(JSON.stringify({ id, action, data }));
      });
    },
    retire() {
      retired = true;
      closeWhenIdle();
    },
    close() {
      // On a dead network the close is never confirmed, so the connection counts as closed at once.
      socket.close();
      end();
    },
  };

  return new Promise((resolve, reject) => {
    const fail = () => {
      cancel();
      if (state === 'open') return end();
      state = 'over';
      reject(new NoAnswerError('the socket did not open'));
    };
    const cancel = clock.at(clock.now() + openTimeout, () => {
      fail();
      socket.close();
    });
    socket.addEventListener('open', () => {
      if (state !== 'opening') return;
      cancel();
      state = 'open';
      resolve(connection);
    });
    socket.addEventListener('error', fail);
    socket.addEventListener('close', fail);
    socket.addEventListener('message', ({ data }) => {
      const message = messageOf(data);
      if (typeof message?.event === 'string') {
        if (!retired) handlers.event(message.event, message.data);
      } else pending.get(message?.id)?.settle(message ?? {});
    });
  });
}

function messageOf(data: unknown): Message | undefined {
  try {
    return JSON.parse(String(data)) as Message;
  } catch {
    return undefined;
  }
}
