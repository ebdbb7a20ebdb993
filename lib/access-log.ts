import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import type { Stage } from './stages.ts';

/**
 * The fields that are logged for a request: enough to find it in the function's log. No address, path, query or header,
 * because they contain personal data, ids and the ticket of a socket.
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
    // Under this prefix AWS uses one policy for all logs. Others share a policy of limited size.
    logGroupName: `/aws/vendedlogs/moim-${stage.name}-${api}`,
    retention: stage.logDays,
    // Who erases the traces would take the stack down with them.
    removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  return { destinationArn: log.logGroupArn, format: JSON.stringify(fields[api]) };
}
