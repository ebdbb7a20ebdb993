import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { hasName } from '../core/errors.ts';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';

export interface Sockets {
  /** Sends one server event. Gives back false if the connection is closed and should be forgotten. */
  post(connectionId: string, event: { readonly event: string; readonly data: unknown }): Promise<boolean>;
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
    async post(ConnectionId, event) {
      try {
        await client.send(new PostToConnectionCommand({ ConnectionId, Data: Buffer.from(JSON.stringify(event)) }));
        return true;
      } catch (error) {
        if (gone(error)) return false;
        throw error;
      }
    },
    async close(ConnectionId) {
      await client.send(new DeleteConnectionCommand({ ConnectionId })).catch((error: unknown) => {
        if (!gone(error)) throw error;
      });
    },
  };
}
