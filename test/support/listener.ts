import { WebSocket } from 'ws';

interface ServerMessage {
  readonly event: string;
  readonly data: Record<string, unknown>;
}
export interface ReplyMessage {
  readonly id: unknown;
  readonly ok: boolean;
  readonly data?: Record<string, unknown>;
  readonly problem?: { readonly code: string; readonly status: number };
}

/** A client's end of a socket: received messages in order, and promises of the next ones. */
export interface Listener {
  readonly events: readonly ServerMessage[];
  /** The next event that was not returned yet. */
  next(): Promise<ServerMessage>;
  /** Sends text unchanged and waits for the reply. */
  ask(message: string | object): Promise<ReplyMessage>;
  readonly closed: Promise<number>;
  close(): void;
}

/** Opens a socket. Rejects with the HTTP status if it is refused. */
export function listen(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Listener> {
  const socket = new WebSocket(url, { headers });
  const events: ServerMessage[] = [];
  const waiting: ((event: ServerMessage) => void)[] = [];
  const asking: ((reply: ReplyMessage) => void)[] = [];
  let taken = 0;
  socket.on('message', (data) => {
    // What a function without a body leaves to the gateway: it means nothing.
    if (String(data) === '') return;
    const message = JSON.parse(String(data));
    if ('event' in message) {
      events.push(message);
      const wake = waiting.shift();
      if (wake) wake(events[taken++]!);
    } else asking.shift()?.(message);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const listener: Listener = {
    events,
    next: () =>
      taken < events.length ? Promise.resolve(events[taken++]!) : new Promise((resolve) => waiting.push(resolve)),
    ask: (message) =>
      new Promise((resolve) => {
        asking.push(resolve);
        socket.send(typeof message === 'string' ? message : JSON.stringify(message));
      }),
    closed,
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(listener));
    socket.on('unexpected-response', (_, response) => reject(new Error(`refused with ${response.statusCode}`)));
    socket.on('error', reject);
  });
}
