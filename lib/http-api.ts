import { CfnApi, CfnAuthorizer, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Stack } from 'aws-cdk-lib/core';
import { routeKey } from '../shared/core/contract.ts';
import { accessLog } from './access-log.ts';
import { logicalId } from './function-id.ts';
import { allowApi, invocationUri } from './invocation.ts';
import { acknowledge } from './nag.ts';
import type { FeatureFunction, Service } from './service.ts';
import type { Stage } from './stages.ts';

/** The HTTP API itself, without routes. Browsers of the stage's origins may call it with cookies. */
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
 * The authorizer answers for a token, whatever the route, so that its answer can be kept for 300 s. The function decides
 * what a bad token gets: HTTP APIs cannot shape a refusal.
 */
function authorizer(service: Service, answering: FeatureFunction): CfnAuthorizer {
  return new CfnAuthorizer(service.stack, 'HttpAuthorizer', {
    apiId: service.httpApi.ref,
    name: answering.id,
    authorizerType: 'REQUEST',
    authorizerUri: invocationUri(service, answering),
    authorizerPayloadFormatVersion: '2.0',
    enableSimpleResponses: true,
    authorizerResultTtlInSeconds: 300,
    identitySource: ['$request.header.Authorization'],
  });
}

/** A route per route of the contracts, all of a feature to one integration. Throws if a guarded route has no guard. */
export function httpRoutes(service: Service, functions: readonly FeatureFunction[]): void {
  const { stack, stage, httpApi: api } = service;
  const guardian = functions.find(({ trigger }) => trigger === 'httpAuthorizer');
  const guard = guardian && authorizer(service, guardian);
  if (guardian) allowApi(service, guardian, api);
  const publicPosts: CfnRoute[] = [];

  for (const answering of functions.filter(({ trigger }) => trigger === 'http')) {
    const { id, feature } = answering;
    allowApi(service, answering, api);
    const integration = new CfnIntegration(stack, `${logicalId(id)}Integration`, {
      apiId: api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: answering.target,
      payloadFormatVersion: '2.0',
    });
    const target = `integrations/${integration.ref}`;
    const open = (logical: string, key: string, reason: string) => {
      const route = new CfnRoute(stack, logical, { apiId: api.ref, routeKey: key, target, authorizationType: 'NONE' });
      acknowledge(route, { 'AwsSolutions-APIG4': reason });
      return route;
    };
    for (const [name, route] of Object.entries(feature.routes)) {
      const logical = `Http${logicalId(feature.name, name)}`;
      if (route.auth === 'none') {
        const made = open(logical, routeKey(route), 'The contract opens this route to everybody.');
        if (route.method === 'POST') publicPosts.push(made);
        continue;
      }
      if (!guard) throw new Error(`"${routeKey(route)}" of ${feature.name} is guarded, and no feature is the guard`);
      new CfnRoute(stack, logical, {
        apiId: api.ref,
        routeKey: routeKey(route),
        target,
        authorizationType: 'CUSTOM',
        authorizerId: guard.ref,
      });
    }
    if (feature.fallback) open('HttpDefault', '$default', 'It answers that there is nothing there.');
  }

  const { http, publicPost } = stage.throttle;
  const deployed = new CfnStage(stack, 'HttpStage', {
    apiId: api.ref,
    stageName: '$default',
    autoDeploy: true,
    defaultRouteSettings: { throttlingRateLimit: http.rate, throttlingBurstLimit: http.burst },
    routeSettings: Object.fromEntries(
      publicPosts.map((route) => [
        route.routeKey,
        { ThrottlingRateLimit: publicPost.rate, ThrottlingBurstLimit: publicPost.burst },
      ]),
    ),
    accessLogSettings: accessLog(stack, stage, 'http'),
  });
  // API Gateway refuses settings for a route that is not there yet.
  for (const route of publicPosts) deployed.addResourceDependency(route);
}
