import type { Clock } from '../shared/core/clock.ts';
import type { ActionReply, Actions, Events } from './api.ts';
import { type Connection, connect, type SocketConstructor } from './connection.ts';
import { NoAnswerError, ProblemError } from './problem-error.ts';
import { backoff, systemClock } from './waiting.ts';

export interface SocketOptions {
  /** Buys an address to connect to; asked again for each connection, as an address works once. */
  readonly ticket: () => Promise<{ readonly url: string }>;
  readonly WebSocket?: SocketConstructor;
  /**
   * `open` comes after each connection: what was missed meanwhile is read over HTTP. `closed` is the end: by `close()`,
   * or because no ticket is to be had (signed out), which is then the cause.
   */
  readonly onState?: (state: 'connecting' | 'open' | 'closed', cause?: unknown) => void;
  readonly clock?: Clock;
}

type DataArgument<A extends { data: unknown; bare: boolean }> = A['bare'] extends true ? [] : [data: A['data']];

export interface Socket {
  /**
   * Sends an action and waits for its reply, at first for the connection.
   *
   * @throws ProblemError if it is refused; NoAnswerError after 10 s, or when the connection broke
   */
  send<Name extends keyof Actions>(name: Name, ...data: DataArgument<Actions[Name]>): Promise<ActionReply<Name>>;
  /** Listens to a server event, which may come twice. The function given back ends that. */
  on<Name extends keyof Events>(name: Name, listener: (data: Events[Name]) => void): () => void;
  /** Closes for good. */
  close(): void;
}

const minute = 60_000;
/** API Gateway closes after 10 minutes without a message. */
const pingEvery = 5 * minute;
/** API Gateway closes after 2 h: come back before that, by chance within ten minutes, so that not all come at once. */
const lifetime = () => (105 + Math.random() * 10) * minute;
/** A connection that lived so long was a good one: the next failure starts with a short wait again. */
const provenAfter = 10_000;
const replyTimeout = 10_000;

/** Pings a connection, and tells when it has proven good and when it is old, until the function given back is called. */
function keepAlive(
  connection: Connection,
  after: (milliseconds: number, task: () => unknown) => () => void,
  tell: { readonly proven: () => void; readonly old: () => unknown },
): () => void {
  const proven = after(provenAfter, tell.proven);
  const old = after(lifetime(), tell.old);
  let next = () => {};
  const ping = () => {
    next = after(pingEvery, ping);
    // No pong: the connection is dead, whatever the network says.
    connection.request('ping', {}, replyTimeout).catch((error) => {
      if (error instanceof NoAnswerError) connection.close();
    });
  };
  next = after(pingEvery, ping);
  return () => {
    proven();
    old();
    next();
  };
}

/** moim's socket: stays connected until it is closed, and tells of server events. */
export function createSocket(options: SocketOptions): Socket {
  const { ticket, onState, clock = systemClock } = options;
  const WebSocket = options.WebSocket ?? (globalThis.WebSocket as SocketConstructor);
  const listeners = new Map<string, Set<(data: never) => void>>();
  const waiting = new Set<(connection: Connection | undefined) => void>();
  let current: Connection | undefined;
  let stopTimers = () => {};
  let stopRetry = () => {};
  let attempt = 0;
  let closed = false;

  const after = (milliseconds: number, task: () => unknown) => clock.at(clock.now() + milliseconds, task);
  const stay = (connection: Connection) => {
    stopTimers();
    const proven = () => {
      attempt = 0;
    };
    stopTimers = keepAlive(connection, after, { proven, old: open });
  };

  const end = (cause?: unknown) => {
    if (closed) return;
    closed = true;
    stopTimers();
    stopRetry();
    current?.close();
    for (const go of waiting) go(undefined);
    onState?.('closed', cause);
  };

  const again = () => {
    if (closed) return;
    stopRetry();
    stopRetry = after(backoff(attempt++, 1000, 30_000), open);
  };

  /** Opens a connection; a former one is left only when the new one stands, so that no event falls between. */
  async function open(): Promise<void> {
    if (!current) onState?.('connecting');
    try {
      const { url } = await ticket();
      if (closed) return;
      const connection = await connect(new WebSocket(url), clock, {
        event: (name, data) => {
          for (const listener of listeners.get(name) ?? []) listener(data as never);
        },
        closed: () => {
          if (current !== connection) return;
          current = undefined;
          stopTimers();
          again();
        },
      });
      if (closed) return connection.close();
      const former = current;
      current = connection;
      former?.retire();
      stay(connection);
      onState?.('open');
      for (const go of waiting) go(connection);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) end(error);
      else again();
    }
  }

  /** The connection, or the next one if it comes within a reply's time. */
  const connected = () =>
    new Promise<Connection | undefined>((resolve) => {
      if (current || closed) return resolve(current);
      const cancel = after(replyTimeout, () => go(undefined));
      const go = (connection: Connection | undefined) => {
        cancel();
        waiting.delete(go);
        resolve(connection);
      };
      waiting.add(go);
    });

  void open();
  return {
    async send(name, ...[data]) {
      const connection = closed ? undefined : await connected();
      if (!connection) throw new NoAnswerError(closed ? 'the socket is closed' : 'the socket is not connected');
      return (await connection.request(name, data ?? {}, replyTimeout)) as never;
    },
    on(name, listener) {
      const group = listeners.get(name) ?? new Set();
      listeners.set(name, group.add(listener as (data: never) => void));
      return () => void group.delete(listener as (data: never) => void);
    },
    close: () => end(),
  };
}
