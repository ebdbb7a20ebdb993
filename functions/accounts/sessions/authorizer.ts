import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import type { Handler } from '../../../shared/core/deployable.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import type { Claims } from '../../../shared/http/exchange.ts';
import { kernelOf } from '../../../shared/kernel.ts';
import { failingPlainly } from '../../../shared/observe/log.ts';
import { publicKeysOf } from './keys.ts';
import { judgeAccessToken } from './tokens.ts';

/**
 * Judges access tokens for the gateway, which remembers the result for five minutes. A bad token is let through without
 * claims: an HTTP API could only answer a bare 403, the pipeline answers 401 with a problem, so that clients refresh.
 */
export function judgeRequests(
  platform: Platform,
): Handler<APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult<Claims>> {
  const { log } = kernelOf(platform, {});
  const publicKeys = publicKeysOf(platform);
  return async ({ identitySource, requestContext }) => {
    const token = /^Bearer ([\w.-]+)$/i.exec(identitySource?.[0] ?? '')?.[1];
    const judge = async (text: string) => judgeAccessToken(publicKeys, text, platform.now());
    const claims = token ? await failingPlainly(log, () => judge(token)) : undefined;
    const { requestId } = requestContext;
    log.info({ requestId, account: claims?.accountId, accepted: claims !== undefined }, 'judged');
    return { isAuthorized: true, context: { ...claims } };
  };
}
