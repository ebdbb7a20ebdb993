import type { EngineRequest, EngineResponse } from '../engine.ts';
import { S3Refusal } from './errors.ts';
import type { CorsConfiguration, CorsRule } from './records.ts';

/** Whether `text` matches a pattern with at most one `*`, as S3 allows in origins and headers. */
function fits(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}

interface Match {
  readonly rule: CorsRule;
  readonly origin: string;
}

/** The first rule that allows origin, method and every requested header. Later rules do not count. */
function findRule(
  cors: CorsConfiguration | undefined,
  origin: string,
  method: string,
  headers: readonly string[],
): Match | undefined {
  for (const rule of cors?.CorsRules ?? []) {
    const pattern = rule.AllowedOrigins.find((allowed) => fits(allowed, origin));
    if (pattern === undefined || !rule.AllowedMethods.includes(method)) continue;
    const allowed = (rule.AllowedHeaders ?? []).map((name) => name.toLowerCase());
    if (headers.every((name) => allowed.some((a) => fits(a, name))))
      return { rule, origin: pattern === '*' ? '*' : origin };
  }
  return undefined;
}

function headersOf({ rule, origin }: Match): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    ...(origin === '*' ? {} : { 'access-control-allow-credentials': 'true' }),
    ...(rule.ExposedHeaders?.length ? { 'access-control-expose-headers': rule.ExposedHeaders.join(', ') } : {}),
    ...(rule.MaxAge === undefined ? {} : { 'access-control-max-age': String(rule.MaxAge) }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/**
 * The CORS headers of an actual answer (also of a refusal). None if no rule matches; the browser then hides the answer.
 */
export function corsHeaders(cors: CorsConfiguration | undefined, request: EngineRequest): Record<string, string> {
  const origin = request.headers.origin;
  const match = origin === undefined ? undefined : findRule(cors, origin, request.method, []);
  return match ? headersOf(match) : {};
}

/**
 * Answers a preflight. A preflight has no signature, so everybody gets an answer.
 *
 * @throws S3Refusal BadRequest, AccessForbidden
 */
export function preflight(cors: CorsConfiguration | undefined, request: EngineRequest): EngineResponse {
  const origin = request.headers.origin;
  const method = request.headers['access-control-request-method'];
  if (!origin) throw new S3Refusal('BadRequest', 'Insufficient information. Origin request header needed.');
  if (!method) throw new S3Refusal('BadRequest', 'Invalid Access-Control-Request-Method: null');
  if (!cors) throw new S3Refusal('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.');
  const asked = (request.headers['access-control-request-headers'] ?? '').toLowerCase();
  const names = asked.split(',').flatMap((name) => (name.trim() ? [name.trim()] : []));
  const match = findRule(cors, origin, method, names);
  if (!match)
    throw new S3Refusal(
      'AccessForbidden',
      'CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, request ' +
        "method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
    );
  const headers = names.length > 0 ? { 'access-control-allow-headers': names.join(', ') } : {};
  return { status: 200, headers: { ...headersOf(match), ...headers }, body: Buffer.alloc(0) };
}
