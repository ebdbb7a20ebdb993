import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Handler } from '../../../shared/core/deployable.ts';
import { fingerprint } from '../../../shared/core/ids.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import { above, absent, allOf, is } from '../../../shared/data/conditions.ts';
import { patch } from '../../../shared/data/writes.ts';
import { kernelOf } from '../../../shared/kernel.ts';
import { failingPlainly } from '../../../shared/observe/log.ts';

/**
 * Opens the socket for the holder of a ticket. One conditional write takes the ticket, so it opens one socket at most;
 * a browser's Origin must be one of the deployment's own (a page elsewhere must not use a visitor's ticket).
 */
export function judgeConnections(
  platform: Platform,
): Handler<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult> {
  const { open, log } = kernelOf(platform, {});
  const origins = (platform.environment.ALLOWED_ORIGINS ?? '').split(',');
  return async (event) => {
    const { table } = open().deps;
    const secret = event.queryStringParameters?.ticket ?? '';
    const { Origin: origin = event.headers?.origin } = event.headers ?? {};
    const valid = allOf(is('purpose', 'SOCKET'), absent('usedAt'), above('expiresAt', platform.now() / 1000));
    const take = patch('Ticket', { hash: fingerprint(secret) }, { set: { usedAt: platform.now() } }, valid);
    const taken =
      origin === undefined || origins.includes(origin)
        ? await failingPlainly(log, () => table.change(take))
        : undefined;
    const ticket = taken?.purpose === 'SOCKET' ? taken : undefined;
    log.info(
      { requestId: event.requestContext.requestId, account: ticket?.accountId, accepted: ticket !== undefined },
      'judged',
    );
    // API Gateway turns exactly this text into 401.
    if (!ticket) throw new Error('Unauthorized');
    const { accountId, sessionId, locale } = ticket;
    return {
      principalId: accountId,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }],
      },
      context: { accountId, sessionId, locale },
    };
  };
}
