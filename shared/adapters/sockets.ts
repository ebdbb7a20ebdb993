import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { hasName } from '../core/errors.ts';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';
import { batchOf } from './posting.ts';

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
   * For one event, or a few, to many sockets: each is written and hashed once (`posting.ts`). Gives back as `post`.
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
  return {
    async post(ConnectionId, message) {
      try {
        await client.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from(JSON.stringify(message)) }));
        return true;
      } catch (error) {
        if (gone(error)) return false;
        throw error;
      }
    },
    batch() {
      const batches = new Map<SocketEvent, ReturnType<typeof batchOf>>();
      return (connectionId, event, signal) => {
        const { requestHandler } = client.config;
        const batch =
          batches.get(event) ?? batchOf(platform, requestHandler as never, Buffer.from(JSON.stringify(event)));
        batches.set(event, batch);
        return batch(connectionId, signal);
      };
    },
    async close(ConnectionId) {
      await client.send(new DeleteConnectionCommand({ ConnectionId })).catch((error: unknown) => {
        if (!gone(error)) throw error;
      });
    },
  };
}
