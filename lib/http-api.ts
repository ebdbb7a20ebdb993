import { CfnApi, CfnAuthorizer, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { ArnFormat, type Stack } from 'aws-cdk-lib/core';
import { type Feature, type Route, routeKey } from '../shared/core/contract.ts';
import { accessLog } from './access-log.ts';
import { type FunctionName, functionName, liveAlias, logicalId } from './function-id.ts';
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

/** Sign-up, sign-in and codes. They have stricter throttles than other routes. */
const isPublicPost = ({ method, auth }: Route) => method === 'POST' && auth === 'none';
const routesOf = ({ routes }: Feature, fits: (route: Route) => boolean) =>
  Object.entries(routes).filter(([, route]) => fits(route));

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

/**
 * The routes of an area's functions, except those with a throttle of their own. All routes of a feature share one
 * integration.
 */
export function httpRoutes(place: Place, functions: readonly FeatureFunction[]): void {
  const { stack, shared } = place;
  for (const answering of functions.filter(({ trigger }) => trigger === 'http')) {
    const { id, feature } = answering;
    allowApi(place, answering, shared('HttpApiId'));
    const routes = routesOf(feature, (route) => !isPublicPost(route));
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
 * Opens the HTTP API, with the routes whose throttle is in its settings. API Gateway accepts no settings for a route
 * that does not exist, and no changes while there are settings for a deleted route. Such a route must therefore be
 * created before the settings and deleted after them, and CloudFormation guarantees that only within a stack. The
 * functions are referred to by name.
 */
export function httpStage(place: Place, functions: readonly FunctionName[]): void {
  const { stack, stage, shared } = place;
  const publicPosts = functions
    .filter(({ feature, trigger }) => trigger === 'http' && routesOf(feature, isPublicPost).length > 0)
    .flatMap(({ id, feature }) => {
      const resourceName = `${functionName(stage, id)}:${liveAlias}`;
      const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
      const arn = stack.formatArn({ service: 'lambda', resource: 'function', resourceName, arnFormat });
      const target = integration(place, `front-${id}`, arn);
      return routesOf(feature, isPublicPost).map(([name, route]) =>
        openRoute(place, `Http${logicalId(feature.name, name)}`, routeKey(route), target, forEverybody),
      );
    });

  const { http, publicPost } = stage.throttle;
  const deployed = new CfnStage(stack, 'HttpStage', {
    apiId: shared('HttpApiId'),
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
  for (const route of publicPosts) deployed.addResourceDependency(route);
}
