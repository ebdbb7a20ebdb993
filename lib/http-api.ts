import { CfnApi, CfnAuthorizer, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Stack } from 'aws-cdk-lib/core';
import { routeKey } from '../shared/core/contract.ts';
import { accessLog } from './access-log.ts';
import { logicalId } from './function-id.ts';
import { allowApi, invocationUri } from './invocation.ts';
import { acknowledge } from './nag.ts';
import type { FeatureFunction, Place } from './place.ts';
import type { Stage } from './stages.ts';

/**
 * The HTTP API itself, without routes and without a stage, so that nobody can call it yet. Browsers on the stage's
 * origins may call it with cookies.
 */
export function httpApi(stack: Stack, stage: Stage): CfnApi {
  return new CfnApi(stack, 'HttpApi', {
    name: `moim-${stage.name}-http`,
    protocolType: 'HTTP',
    corsConfiguration: {
      allowOrigins: [...stage.origins],
      allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowHeaders: [
        'accept-language',
        'authorization',
        'content-type',
        'idempotency-key',
        'if-match',
        'if-none-match',
      ],
      exposeHeaders: ['etag', 'idempotency-replayed', 'location', 'retry-after', 'x-request-id'],
      allowCredentials: true,
      maxAge: 3600,
    },
  });
}

/**
 * The authorizer's answer depends on the token and not on the route, so that it can be cached for 300 s. The function
 * decides the answer to a bad token, because HTTP APIs cannot shape a refusal.
 */
export function httpAuthorizer(place: Place, answering: FeatureFunction): string {
  const { stack, shared } = place;
  const apiId = shared('HttpApiId');
  allowApi(place, answering, apiId);
  return new CfnAuthorizer(stack, 'HttpAuthorizer', {
    apiId,
    name: answering.id,
    authorizerType: 'REQUEST',
    authorizerUri: invocationUri(place, answering),
    authorizerPayloadFormatVersion: '2.0',
    enableSimpleResponses: true,
    authorizerResultTtlInSeconds: 300,
    identitySource: ['$request.header.Authorization'],
  }).ref;
}

/** Integrates a function; gives back the target for its routes. */
function integration({ stack, shared }: Place, id: string, functionArn: string): string {
  const made = new CfnIntegration(stack, `${logicalId(id)}Integration`, {
    apiId: shared('HttpApiId'),
    integrationType: 'AWS_PROXY',
    integrationUri: functionArn,
    payloadFormatVersion: '2.0',
  });
  return `integrations/${made.ref}`;
}

function openRoute({ stack, shared }: Place, id: string, key: string, target: string, reason: string): CfnRoute {
  const apiId = shared('HttpApiId');
  const made = new CfnRoute(stack, id, { apiId, routeKey: key, target, authorizationType: 'NONE' });
  acknowledge(made, { 'AwsSolutions-APIG4': reason });
  return made;
}
const forEverybody = 'The contract opens this route to everybody.';

/** The routes of an area's functions. All routes of a feature share one integration. */
export function httpRoutes(place: Place, functions: readonly FeatureFunction[]): void {
  const { stack, shared } = place;
  for (const answering of functions.filter(({ trigger }) => trigger === 'http')) {
    const { id, feature } = answering;
    allowApi(place, answering, shared('HttpApiId'));
    const routes = Object.entries(feature.routes);
    if (routes.length === 0 && !feature.answersFor.includes('fallback')) continue;
    const target = integration(place, id, answering.target);
    for (const [name, route] of routes) {
      const logical = `Http${logicalId(feature.name, name)}`;
      if (route.auth === 'none') openRoute(place, logical, routeKey(route), target, forEverybody);
      else
        new CfnRoute(stack, logical, {
          apiId: shared('HttpApiId'),
          routeKey: routeKey(route),
          target,
          authorizationType: 'CUSTOM',
          authorizerId: shared('HttpAuthorizerId'),
        });
    }
    if (feature.answersFor.includes('fallback'))
      openRoute(place, 'HttpDefault', '$default', target, 'It answers that there is nothing there.');
  }
}

/**
 * Opens the HTTP API, after all its routes. Its throttle is a fuse for the whole stage. No route has one of its own: whoever
 * used that up would shut the route for everybody, and the functions count by place instead (`fromPlace` of a contract).
 */
export function httpStage({ stack, stage, shared }: Place): void {
  const { http } = stage.throttle;
  new CfnStage(stack, 'HttpStage', {
    apiId: shared('HttpApiId'),
    stageName: '$default',
    autoDeploy: true,
    defaultRouteSettings: { throttlingRateLimit: http.rate, throttlingBurstLimit: http.burst },
    accessLogSettings: accessLog(stack, stage, 'http'),
  });
}
