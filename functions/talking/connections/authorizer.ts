import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { isSignedInStill } from '../../../shared/access/signed-in.ts';
import type { Handler } from '../../../shared/core/deployable.ts';
import { fingerprint } from '../../../shared/core/ids.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import { above, absent, allOf } from '../../../shared/data/conditions.ts';
import type { Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import { originsOf } from '../../../shared/http/origins.ts';
import { kernelOf } from '../../../shared/kernel.ts';
import { failingPlainly } from '../../../shared/observe/log.ts';

/**
 * Opens the socket for the holder of a ticket whose session is alive. One conditional write takes the ticket, so it opens
 * one socket at most; a browser's Origin must be one of the deployment's own (a page elsewhere must not use a visitor's
 * ticket). A refusal is a policy that denies: an error would count as one of the function.
 */
export function judgeConnections(
  platform: Platform,
): Handler<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult> {
  const { open, log } = kernelOf(platform, {});
  const origins = originsOf(platform.environment);
  return async (event) => {
    const { table } = open('$connect').deps;
    const secret = event.queryStringParameters?.ticket ?? '';
    const { Origin: origin = event.headers?.origin } = event.headers ?? {};
    const isOurs = origin === undefined || origins.includes(origin);
    const ticket = isOurs ? await failingPlainly(log, () => taken(table, secret, platform.now())) : undefined;
    log.info(
      { requestId: event.requestContext.requestId, account: ticket?.accountId, accepted: ticket !== undefined },
      'judged',
    );
    const Effect = ticket ? 'Allow' : 'Deny';
    return {
      principalId: ticket?.accountId ?? 'nobody',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: event.methodArn }],
      },
      ...(ticket ? { context: ticket } : {}),
    };
  };
}

/** Takes a ticket, and says what the socket is to know of its holder; undefined where it opens nothing. */
async function taken(table: Table, secret: string, now: number) {
  const valid = allOf(absent('usedAt'), above('expiresAt', now / 1000));
  const hash = fingerprint(secret);
  const ticket = await table.change(patch('SocketTicket', { hash }, { set: { usedAt: now } }, valid));
  if (!ticket) return undefined;
  const { accountId, sessionId, locale } = ticket;
  return (await isSignedInStill(table, { accountId, sessionId }, now)) ? { accountId, sessionId, locale } : undefined;
}
