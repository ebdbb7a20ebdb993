import type { Clock } from '../shared/core/clock.ts';
import type { ActionReply, Actions, Events } from './api.ts';
import { type Connection, connect, type SocketConstructor } from './connection.ts';
import { NoAnswerError, ProblemError } from './problem-error.ts';
import { backoff, systemClock } from './waiting.ts';

export interface SocketOptions {
  /** Fetches an address to connect to. Called for each connection, as an address works once. */
  readonly ticket: () => Promise<{ readonly url: string }>;
  readonly WebSocket?: SocketConstructor;
  /**
   * `open` comes after each connection: read over HTTP what was missed in the meantime. `closed` is final: after
   * `close()`, or because no ticket is available (signed out); `cause` is then the error.
   */
  readonly onState?: (state: 'connecting' | 'open' | 'closed', cause?: unknown) => void;
  readonly clock?: Clock;
}

type DataArgument<A extends { data: unknown; bare: boolean }> = A['bare'] extends true ? [] : [data: A['data']];

export interface Socket {
  /**
   * Sends an action and waits for its reply. Waits for the connection first.
   *
   * @throws ProblemError if it is refused; NoAnswerError after 10 s, or if the connection broke
   */
  send<Name extends keyof Actions>(name: Name, ...data: DataArgument<Actions[Name]>): Promise<ActionReply<Name>>;
  /** Whether it is connected now. */
  readonly isOpen: boolean;
  /**
   * Calls when there is no connection any more, and at each new one, also where one is replaced: what listened to rooms joins them
   * again. Call the function that it gives back to stop.
   */
  onConnection(listener: (isOpen: boolean) => void): () => void;
  /** Listens to a server event, which may be delivered twice. Call the function that it gives back to stop. */
  on<Name extends keyof Events>(name: Name, listener: (data: Events[Name]) => void): () => void;
  /** Closes for good. */
  close(): void;
}

const minute = 60_000;
/** Milliseconds. API Gateway closes a connection after 10 minutes without a message. */
const pingEvery = 5 * minute;
/**
 * Milliseconds after which a connection is replaced. API Gateway closes it after 2 h. Ten random minutes keep all
 * clients from reconnecting at once.
 */
const lifetime = () => (105 + Math.random() * 10) * minute;
/** Milliseconds after which a connection counts as good: after its failure, waits start short again. */
const provenAfter = 10_000;
const replyTimeout = 10_000;

/**
 * Pings a connection, and reports when it has proven good and when it is old. Call the function that it gives back to
 * stop.
 */
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
    // Without a pong the connection is dead, even if the network does not report it.
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

/** Who listens to events, by their names. */
function listening() {
  const listeners = new Map<string, Set<(data: never) => void>>();
  return {
    tell(name: string, data: unknown) {
      for (const listener of listeners.get(name) ?? []) listener(data as never);
    },
    on<Name extends keyof Events>(name: Name, listener: (data: Events[Name]) => void) {
      const group = listeners.get(name) ?? new Set();
      listeners.set(name, group.add(listener));
      return () => void group.delete(listener);
    },
  };
}

/** Who watches whether there is a connection. */
function watchers() {
  const all = new Set<(isOpen: boolean) => void>();
  return {
    tell(isOpen: boolean) {
      for (const watch of all) watch(isOpen);
    },
    add(watch: (isOpen: boolean) => void) {
      all.add(watch);
      return () => void all.delete(watch);
    },
  };
}

/** moim's socket: it stays connected until it is closed, and delivers server events. */
export function createSocket(options: SocketOptions): Socket {
  const { ticket, onState, clock = systemClock } = options;
  const WebSocket = options.WebSocket ?? (globalThis.WebSocket as SocketConstructor);
  const events = listening();
  const watching = watchers();
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

  /**
   * Opens a connection. The former one is closed only when the new one is open, so that no event is lost in between.
   */
  async function open(): Promise<void> {
    if (!current) onState?.('connecting');
    try {
      const { url } = await ticket();
      if (closed) return;
      const connection = await connect(new WebSocket(url), clock, {
        event: events.tell,
        closed: () => {
          if (current !== connection) return;
          current = undefined;
          stopTimers();
          watching.tell(false);
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
      watching.tell(true);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) end(error);
      else again();
    }
  }

  /** The connection, or the next one if it opens within the time of a reply. */
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
    get isOpen() {
      return current !== undefined;
    },
    onConnection: watching.add,
    on: events.on,
    close: () => end(),
  };
}
