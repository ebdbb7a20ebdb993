import type { Runner } from '../runtime/functions.ts';
import { isAllowed, type Statement } from '../runtime/iam.ts';
import { functionArnOf } from '../runtime/template.ts';
import type { SocketApi } from './socket-api.ts';

/**
 * Judges a `$connect`, as a Lambda authorizer of a WebSocket API does: the context that its policy brings, or the status
 * to refuse with.
 */
export async function judgeConnect(
  { id, stageName, authorizer, mayInvoke }: SocketApi,
  runner: Runner,
  event: object,
  query: URLSearchParams,
): Promise<Record<string, unknown> | 401 | 403 | 500> {
  if (!authorizer) return {};
  for (const source of (authorizer.IdentitySource ?? []) as string[]) {
    const name = /^route\.request\.querystring\.(.+)$/.exec(source)?.[1];
    if (!name) throw new Error(`the local cloud does not know the identity source ${source}`);
    if (!query.get(name)) return 401;
  }
  const arn = functionArnOf(authorizer.AuthorizerUri);
  if (!mayInvoke(arn)) return 500;
  const methodArn = `arn:aws:execute-api:us-east-1:000000000000:${id}/${stageName}/$connect`;
  const outcome = await runner.invoke(arn, { ...event, type: 'REQUEST', methodArn });
  if (!outcome.ok) return outcome.errorMessage === 'Unauthorized' ? 401 : 500;
  return judgementOf(outcome.payload, methodArn);
}

/** What an authorizer's answer means for a `$connect`: its context, or the status to refuse with. */
function judgementOf(payload: unknown, methodArn: string): Record<string, unknown> | 403 | 500 {
  const { policyDocument, context = {} } = (payload ?? {}) as {
    policyDocument?: { Statement?: Statement | Statement[] };
    context?: Record<string, unknown>;
  };
  if (!policyDocument?.Statement) return 500;
  const access = { action: 'execute-api:Invoke', resource: methodArn, context: {} };
  if (!isAllowed([policyDocument.Statement].flat(), access)) return 403;
  // Values of a context are text once they reach a function; anything deeper is refused.
  if (Object.values(context).some((value) => typeof value === 'object')) return 500;
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [name, String(value)]));
}
