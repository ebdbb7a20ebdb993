import type { Route } from '../core/contract.ts';
import type { Locale } from '../messages/catalog.ts';
import { catalogOf } from '../messages/text.ts';
import type { Log } from '../observe/log.ts';
import { Problem, problemDefinitions } from '../product/problems.ts';
import { securityHeaders, shownAnywhere } from '../product/security-headers.ts';
import type { Answer, HttpResult, StoredAnswer } from './exchange.ts';

const always = { 'cache-control': 'no-store', ...securityHeaders };

/**
 * The HTTP form of an answer. Fields that the result's schema does not name stay on the server.
 *
 * @param status the status of the route unless given
 * @throws ZodError if the answer does not fit the route's result. That is a bug of the service, answered as INTERNAL
 */
export function answerOf(
  route: Route,
  { body, location, version, cookie, endsSession }: Answer,
  requestId: string,
  status: number = route.status,
): HttpResult {
  const headers: Record<string, string> = { ...always, 'x-request-id': requestId };
  if (location) headers.location = location;
  // What the browser keeps of this API (`kept`) was shown to whoever leaves. The device token is in the page's own storage,
  // and stays: it is what keeps strangers' guesses from slowing the next sign-in.
  if (endsSession) headers['clear-site-data'] = '"cache"';
  if (version !== undefined) headers.etag = `"${version}"`;
  const cookies = cookie === undefined ? {} : { cookies: [cookie] };
  if (status === 204) return { statusCode: status, headers, ...cookies };
  headers['content-type'] = `${route.mediaType}; charset=utf-8`;
  const result = route.result.parse(body);
  if (route.mediaType === 'application/json')
    return { statusCode: status, headers, ...cookies, body: JSON.stringify(result) };
  return { statusCode: status, headers: { ...headers, ...shownAnywhere }, ...cookies, body: result as string };
}

/** The HTTP form of a stored answer, marked by `Idempotency-Replayed`. */
export function repeatedAnswer(route: Route, { answer, status }: StoredAnswer, requestId: string): HttpResult {
  const first = answerOf(route, answer, requestId, status);
  return { ...first, headers: { ...first.headers, 'idempotency-replayed': 'true' } };
}

/** The problem that was thrown. Any other error is logged in full and answered as INTERNAL. */
export function problemOf(error: unknown, log: Log, requestId: string): Problem {
  if (error instanceof Problem) return error;
  log.error({ requestId, error }, 'failed');
  return new Problem('INTERNAL');
}

/** The members of a problem (RFC 9457), in the language of the reader. */
export function problemBody(problem: Problem, locale: Locale, requestId: string) {
  const { status } = problemDefinitions[problem.code];
  return {
    type: `urn:moim:problem:${problem.code}`,
    title: catalogOf(locale).problems[problem.code],
    status,
    code: problem.code,
    requestId,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
    ...(problem.retryAfter === undefined ? {} : { retryAfter: problem.retryAfter }),
    ...(problem.ways ? { ways: problem.ways } : {}),
    ...(problem.suspension ? { suspension: problem.suspension } : {}),
  };
}

/** The HTTP form of a problem: `application/problem+json`, with `Retry-After` if a repetition makes sense. */
export function problemAnswer(problem: Problem, locale: Locale, requestId: string): HttpResult {
  const body = problemBody(problem, locale, requestId);
  return {
    statusCode: body.status,
    headers: {
      ...always,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': locale,
      'x-request-id': requestId,
      ...(problem.retryAfter === undefined ? {} : { 'retry-after': String(problem.retryAfter) }),
      ...(body.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
    body: JSON.stringify(body),
  };
}
