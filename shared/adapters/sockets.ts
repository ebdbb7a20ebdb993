import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { hasName } from '../core/errors.ts';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';

/** A message that the server sends by itself. */
interface SocketEvent {
  readonly event: string;
  readonly data: unknown;
}

/** The answer to a message of a client. */
interface SocketReply {
  readonly id: unknown;
  readonly ok: true;
  readonly data: unknown;
}

export interface Sockets {
  /** Sends one message. Gives back false if the connection is closed and should be forgotten. */
  post(connectionId: string, message: SocketEvent | SocketReply): Promise<boolean>;
  /**
   * For one event, or a few, to many sockets: each event is written as text once. Gives back as `post`.
   *
   * @example const send = sockets.batch(); await send(connectionId, event, AbortSignal.timeout(1000))
   */
  batch(): (connectionId: string, event: SocketEvent, signal: AbortSignal) => Promise<boolean>;
  /** Closes a connection. Idempotent. */
  close(connectionId: string): Promise<void>;
}

const gone = (error: unknown) => hasName(error, 'GoneException');

export function socketsOf(platform: Platform): Sockets {
  const client = inTime(
    new ApiGatewayManagementApiClient({
      ...clientConfig(platform, 'APIGATEWAYMANAGEMENTAPI'),
      endpoint: required(platform.environment, 'SOCKET_ENDPOINT'),
    }),
    platform,
  );
  async function send(ConnectionId: string, Data: Uint8Array, abortSignal?: AbortSignal): Promise<boolean> {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId, Data }), abortSignal ? { abortSignal } : {});
      return true;
    } catch (error) {
      if (gone(error)) return false;
      throw error;
    }
  }
  return {
    post: (connectionId, message) => send(connectionId, Buffer.from(JSON.stringify(message))),
    batch() {
      const texts = new Map<SocketEvent, Buffer>();
      return (connectionId, event, signal) => {
        const text = texts.get(event) ?? Buffer.from(JSON.stringify(event));
        texts.set(event, text);
        return send(connectionId, text, signal);
      };
    },
    async close(ConnectionId) {
      await client.send(new DeleteConnectionCommand({ ConnectionId })).catch((error: unknown) => {
        if (!gone(error)) throw error;
      });
    },
  };
}
