import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import type { Stage } from './stages.ts';

/**
 * What is kept of a request: enough to find it again in the function's log. No address, path, query or header: they
 * hold people, ids and the socket's ticket.
 */
const fields = {
  http: {
    requestId: '$context.requestId',
    routeKey: '$context.routeKey',
    status: '$context.status',
    bytes: '$context.responseLength',
    milliseconds: '$context.responseLatency',
    integrationMilliseconds: '$context.integrationLatency',
    error: '$context.error.message',
    authorizerError: '$context.authorizer.error',
  },
  socket: {
    requestId: '$context.requestId',
    connectionId: '$context.connectionId',
    eventType: '$context.eventType',
    routeKey: '$context.routeKey',
    status: '$context.status',
    integrationMilliseconds: '$context.integrationLatency',
    error: '$context.error.message',
    authorizerError: '$context.authorizer.error',
  },
};

/** The access log of an API. */
export function accessLog(stack: Stack, stage: Stage, api: keyof typeof fields) {
  const log = new LogGroup(stack, `${api === 'http' ? 'Http' : 'Socket'}AccessLog`, {
    // Under this name AWS keeps one policy for all logs; others share a policy of limited size.
    logGroupName: `/aws/vendedlogs/moim-${stage.name}-${api}`,
    retention: stage.logDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return { destinationArn: log.logGroupArn, format: JSON.stringify(fields[api]) };
}
