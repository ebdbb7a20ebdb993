import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Clock } from '../../shared/core/clock.ts';
import type { Runner } from '../runtime/functions.ts';
import { functionArnOf, type Properties } from '../runtime/template.ts';

/** Results that are remembered at once: a laptop's cloud runs for weeks, and each new token brings one. */
const mostRemembered = 4096;

type Judged = Readonly<Record<string, unknown>> | 401 | 403 | 500;

/**
 * A Lambda authorizer of an HTTP API (payload 2.0, simple responses): 401 without its identity source, 403 where it says
 * no, 500 where it fails; its result is remembered per identity for as long as the template says.
 */
export function createAuthorizer(properties: Properties, runner: Runner, clock: Clock) {
  const arn = functionArnOf(properties.AuthorizerUri);
  const life = (properties.AuthorizerResultTtlInSeconds ?? 0) * 1000;
  const sources: string[] = properties.IdentitySource ?? [];
  const remembered = new Map<string, { judged: Judged; until: number }>();
  /** All live equally long, so those added first end first. */
  const remember = (key: string, judged: Judged) => {
    const now = clock.now();
    remembered.delete(key);
    for (const [oldest, { until }] of remembered) {
      if (until > now && remembered.size < mostRemembered) break;
      remembered.delete(oldest);
    }
    remembered.set(key, { judged, until: now + life });
  };

  return async (event: APIGatewayProxyEventV2, mayInvoke: (arn: string) => boolean): Promise<Judged> => {
    const identity = sources.map((source) => {
      const header = /^\$request\.header\.(.+)$/.exec(source)?.[1];
      if (!header) throw new Error(`the local cloud does not know the identity source ${source}`);
      return event.headers[header.toLowerCase()];
    });
    if (identity.some((value) => !value)) return 401;
    const key = identity.join('\n');
    const known = remembered.get(key);
    if (known && known.until > clock.now()) return known.judged;
    if (!mayInvoke(arn)) return 500;
    const { body: _, ...request } = event;
    const outcome = await runner.invoke(arn, {
      ...request,
      type: 'REQUEST',
      identitySource: identity,
      routeArn: routeArnOf(event),
    });
    if (!outcome.ok) return outcome.errorMessage === 'Unauthorized' ? 401 : 500;
    const { isAuthorized, context = {} } = outcome.payload as {
      isAuthorized?: boolean;
      context?: Record<string, unknown>;
    };
    const judged: Judged = isAuthorized === true ? context : isAuthorized === false ? 403 : 500;
    // A failure is nobody's result.
    if (life > 0 && judged !== 500) remember(key, judged);
    return judged;
  };
}

function routeArnOf({ requestContext, rawPath }: APIGatewayProxyEventV2): string {
  const { accountId, apiId, stage, http } = requestContext;
  return `arn:aws:execute-api:us-east-1:${accountId}:${apiId}/${stage}/${http.method}${rawPath}`;
}
