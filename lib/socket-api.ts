import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnApi,
  CfnAuthorizer,
  CfnIntegration,
  CfnRoute,
  CfnRouteResponse,
  CfnStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { accessLog } from './access-log.ts';
import { logicalId } from './function-id.ts';
import { allowApi, invocationUri } from './invocation.ts';
import { acknowledge, acknowledgeStars } from './nag.ts';
import { type FeatureFunction, type Place, socketStageName } from './place.ts';
import type { Stage } from './stages.ts';

/** The WebSocket API itself, without routes and without a stage. */
export function socketApi(stack: Stack, stage: Stage): CfnApi {
  return new CfnApi(stack, 'SocketApi', {
    name: `moim-${stage.name}-socket`,
    protocolType: 'WEBSOCKET',
    routeSelectionExpression: '$request.body.action',
  });
}

/** WebSocket APIs write logs with a role that is set once for the account and region. */
function loggingAccount(stack: Stack): CfnAccount {
  const role = new Role(stack, 'ApiGatewayLogRole', {
    // Without `aws:SourceAccount`: whether API Gateway sends it for this role was not tried, and a wrong guess stops the deployment.
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    inlinePolicies: {
      logs: new PolicyDocument({
        statements: [
          new PolicyStatement({
            sid: 'Logs',
            actions: ['CreateLogGroup', 'CreateLogStream', 'DescribeLogGroups', 'DescribeLogStreams']
              .concat(['PutLogEvents', 'GetLogEvents', 'FilterLogEvents'])
              .map((action) => `logs:${action}`),
            resources: ['*'],
          }),
        ],
      }),
    },
  });
  acknowledgeStars(
    stack,
    role,
    ['*'],
    'API Gateway takes a role for an account only with these rights on every log; API Gateway alone can take it on.',
  );
  role.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const account = new CfnAccount(stack, 'ApiGatewayAccount', { cloudWatchRoleArn: role.roleArn });
  // Other stages in the account use this role too.
  account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return account;
}

/**
 * Opens a socket with a ticket in the query, since browsers cannot set headers. Requests without a valid ticket are
 * refused.
 */
export function socketAuthorizer(place: Place, answering: FeatureFunction): string {
  const { stack, shared } = place;
  const apiId = shared('SocketApiId');
  allowApi(place, answering, apiId);
  return new CfnAuthorizer(stack, 'SocketAuthorizer', {
    apiId,
    name: answering.id,
    authorizerType: 'REQUEST',
    authorizerUri: invocationUri(place, answering),
    identitySource: ['route.request.querystring.ticket'],
  }).ref;
}

/**
 * One route for each action of the contracts, and the three routes that API Gateway defines. Each answers the sender of
 * the message.
 */
export function socketRoutes(place: Place, functions: readonly FeatureFunction[]): void {
  const { stack, shared } = place;
  const apiId = shared('SocketApiId');
  for (const answering of functions.filter(({ trigger }) => trigger === 'socket')) {
    const { id, feature } = answering;
    allowApi(place, answering, apiId);
    const integration = new CfnIntegration(stack, `${logicalId(id)}Integration`, {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: invocationUri(place, answering),
    });
    const target = `integrations/${integration.ref}`;
    const message = (routeKey: string, logical: string) => {
      const route = new CfnRoute(stack, logical, {
        apiId,
        routeKey,
        target,
        authorizationType: 'NONE',
        routeResponseSelectionExpression: '$default',
      });
      const reason = 'API Gateway asks who it is once, at $connect; each message is checked by its function.';
      acknowledge(route, { 'AwsSolutions-APIG4': reason });
      // Without it, the function's result is not sent back to the client.
      new CfnRouteResponse(stack, `${logical}Reply`, {
        apiId,
        routeId: route.ref,
        routeResponseKey: '$default',
      });
    };
    for (const { name } of Object.values(feature.actions)) message(name, `Socket${logicalId(name)}`);
    if (!feature.answersFor.includes('lifecycle')) continue;
    new CfnRoute(stack, 'SocketConnect', {
      apiId,
      routeKey: '$connect',
      target,
      authorizationType: 'CUSTOM',
      authorizerId: shared('SocketAuthorizerId'),
    });
    const closing = new CfnRoute(stack, 'SocketDisconnect', {
      apiId,
      routeKey: '$disconnect',
      target,
      authorizationType: 'NONE',
    });
    acknowledge(closing, { 'AwsSolutions-APIG4': 'API Gateway itself tells of the end of a socket.' });
    message('$default', 'SocketDefault');
  }
}

/** Opens the WebSocket API. */
export function socketStage({ stack, stage, shared }: Place): void {
  const { rate, burst } = stage.throttle.socket;
  const deployed = new CfnStage(stack, 'SocketStage', {
    apiId: shared('SocketApiId'),
    stageName: socketStageName,
    autoDeploy: true,
    // Execution logs would contain the ticket and every message.
    defaultRouteSettings: {
      throttlingRateLimit: rate,
      throttlingBurstLimit: burst,
      loggingLevel: 'OFF',
      dataTraceEnabled: false,
    },
    accessLogSettings: accessLog(stack, stage, 'socket'),
  });
  deployed.addResourceDependency(loggingAccount(stack));
}
