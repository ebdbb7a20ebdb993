import type { WebSocket } from 'ws';
import type { Clock } from '../../shared/core/clock.ts';

/** Quotas of WebSocket APIs. */
export const socketLimits = {
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  idleMs: 10 * 60_000,
  lifeMs: 2 * 3600_000,
};

export interface Connection {
  readonly id: string;
  readonly socket: WebSocket;
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** What the authorizer gave, repeated with every event. */
  readonly context: Readonly<Record<string, unknown>>;
  lastActiveAt: number;
}

/** Closes a connection that was silent for ten minutes or open for two hours, by the local clock. */
export function watchLifetime(connection: Connection, clock: Clock): () => void {
  const close = (reason: string) => connection.socket.close(1001, reason);
  const endLife = clock.at(connection.connectedAt + socketLimits.lifeMs, () => close('connection duration exceeded'));
  let endIdle: () => void;
  const armIdle = () => {
    const due = connection.lastActiveAt + socketLimits.idleMs;
    endIdle = clock.at(due, () =>
      connection.lastActiveAt + socketLimits.idleMs > clock.now() ? armIdle() : close('idle'),
    );
  };
  armIdle();
  return () => {
    endLife();
    endIdle();
  };
}

/** Sends a text, unless the connection is closing or closed. */
export const send = (socket: WebSocket, text: string) => socket.readyState === socket.OPEN && socket.send(text);
