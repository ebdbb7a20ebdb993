import { randomBytes } from 'node:crypto';
import { functionArnOf, ofType, type Properties, permissionsIn, type Resource } from '../runtime/template.ts';
import type { Connection } from './connection.ts';
import { requestTime } from './http-gateway.ts';

interface SocketRoute {
  readonly functionArn: string | undefined;
  /** Whether the function's answer goes back to the socket. */
  readonly answers: boolean;
  readonly authorizerId: string | undefined;
}

/** The WebSocket API that the stacks describe. */
export interface SocketApi {
  readonly id: string;
  readonly stageName: string;
  readonly stage: Properties;
  readonly routes: ReadonlyMap<string, SocketRoute>;
  /** The authorizer of `$connect`. */
  readonly authorizer: Properties | undefined;
  mayInvoke(functionArn: string): boolean;
}

/** Reads the WebSocket API of the stacks. Throws an Error for what the local cloud does not know. */
export function socketApiIn(resources: readonly Resource[]): SocketApi {
  const [api] = ofType(resources, 'AWS::ApiGatewayV2::Api').filter(
    ({ properties }) => properties.ProtocolType === 'WEBSOCKET',
  );
  if (!api) throw new Error('the stacks have no WebSocket API');
  if (api.properties.RouteSelectionExpression !== '$request.body.action')
    throw new Error(`the local cloud does not know the route selection ${api.properties.RouteSelectionExpression}`);
  const id = api.id.toLowerCase();
  const mine = (type: string) => ofType(resources, type).filter(({ properties }) => properties.ApiId === id);
  const [stage] = mine('AWS::ApiGatewayV2::Stage');
  if (!stage) throw new Error('the WebSocket API has no stage');
  const integrations = new Map(
    mine('AWS::ApiGatewayV2::Integration').map((each) => [each.id, functionArnOf(each.properties.IntegrationUri)]),
  );
  const twoWay = new Set(mine('AWS::ApiGatewayV2::RouteResponse').map(({ properties }) => properties.RouteId));
  const routes = new Map(
    mine('AWS::ApiGatewayV2::Route').map(({ id: routeId, properties }): [string, SocketRoute] => [
      properties.RouteKey,
      {
        functionArn: integrations.get(properties.Target.replace('integrations/', '')),
        answers: twoWay.has(routeId) && properties.RouteResponseSelectionExpression === '$default',
        authorizerId: properties.AuthorizerId,
      },
    ]),
  );
  const authorizerId = routes.get('$connect')?.authorizerId;
  const authorizer = mine('AWS::ApiGatewayV2::Authorizer').find((each) => each.id === authorizerId)?.properties;
  const stageName: string = stage.properties.StageName;
  return { id, stageName, stage: stage.properties, routes, authorizer, mayInvoke: permissionsIn(resources, id) };
}

/** The `requestContext` of an event of a connection. */
export function contextOf(
  { id: apiId, stageName }: SocketApi,
  [routeKey, eventType]: readonly [routeKey: string, eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT'],
  of: Omit<Connection, 'socket' | 'lastActiveAt'>,
  now: number,
) {
  return {
    routeKey,
    eventType,
    connectionId: of.id,
    connectedAt: of.connectedAt,
    requestId: randomBytes(9).toString('base64url'),
    extendedRequestId: randomBytes(9).toString('base64url'),
    messageDirection: 'IN',
    messageId: eventType === 'MESSAGE' ? randomBytes(9).toString('base64url') : null,
    requestTime: requestTime(now),
    requestTimeEpoch: now,
    stage: stageName,
    domainName: `${apiId}.execute-api.us-east-1.amazonaws.com`,
    apiId,
    identity: { sourceIp: of.sourceIp, userAgent: of.userAgent },
    authorizer: of.context,
  };
}
