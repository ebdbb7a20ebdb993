import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { WebSocket } from 'ws';
import type { Platform } from '../../../shared/core/platform.ts';
import { type Handler, lambda, type Resources, route } from './support.ts';

export interface SocketEvent {
  readonly body?: string;
  readonly requestContext: { readonly routeKey: string; readonly connectionId: string; readonly authorizer?: object };
}
export type Answer = (event: SocketEvent, platform: Platform) => unknown;

export const everything = {
  Effect: 'Allow',
  Action: 'execute-api:ManageConnections',
  Resource: 'arn:aws:execute-api:us-east-1:000000000000:*',
};
export const endpoint = {
  SOCKET_ENDPOINT: 'https://socket.execute-api.us-east-1.amazonaws.com/live',
};

/** An API with `$connect`, `$disconnect` and the routes named, all to one function. */
export const socket = (...keys: string[]): Resources =>
  Object.assign(
    {},
    lambda('Chat', [everything], endpoint),
    ...['$connect', '$disconnect', ...keys].map((key) => route('Socket', key, 'Chat')),
  );

/** A handler that answers messages, notes what it got and lets everybody in. */
export function chat(answer: Answer = () => ({ statusCode: 200 })) {
  const events: SocketEvent[] = [];
  let left = () => {};
  const disconnected = new Promise<void>((resolve) => {
    left = resolve;
  });
  const handler: Handler = async (event: SocketEvent, platform) => {
    events.push(event);
    const { routeKey } = event.requestContext;
    if (routeKey === '$disconnect') left();
    return routeKey.startsWith('$') && routeKey !== '$default' ? { statusCode: 200 } : answer(event, platform);
  };
  const keys = () => events.map(({ requestContext }) => requestContext.routeKey);
  return { events, handler, keys, disconnected };
}

export function opened(url: string): Promise<WebSocket> {
  const client = new WebSocket(url);
  return new Promise((resolve, reject) => {
    client.once('open', () => resolve(client));
    client.once('unexpected-response', (_, { statusCode }) => reject(new Error(`refused with ${statusCode}`)));
    client.once('error', reject);
  });
}
export const nextMessage = (client: WebSocket) =>
  new Promise<string>((resolve) => client.once('message', (data) => resolve(String(data))));
export const closing = (client: WebSocket) => new Promise<number>((resolve) => client.once('close', resolve));
export const ask = (client: WebSocket, text: string) => {
  const answer = nextMessage(client);
  client.send(text);
  return answer;
};

export function managementOf({ environment, requestHandler, now }: Platform) {
  const client = new ApiGatewayManagementApiClient({
    endpoint: environment.SOCKET_ENDPOINT!,
    region: 'us-east-1',
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID!,
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY!,
    },
    requestHandler: requestHandler as never,
    maxAttempts: 1,
    systemClockOffset: now() - Date.now(),
  });
  return client;
}
export const nameOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error) => error.name,
  );
