import * as z from 'zod';
import { type Feature, hasBody, type Route } from '../shared/core/contract.ts';
import { type ProblemCode, problemDefinitions } from '../shared/product/problems.ts';

/** Whether an object schema has a field with this name. */
export const hasField = (schema: z.ZodType, name: string) => schema instanceof z.ZodObject && name in schema.shape;

/** The names in the braces of a path, in order. */
export const placeholdersOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

/** Whether a route accepts `If-Match`. Its contract shows it by the problem for an outdated version. */
export const takesIfMatch = (route: Route) => route.problems.includes('PRECONDITION_FAILED');

/** Whether a route's answer has an ETag: what may be kept, and what can be edited under `If-Match`. */
export const givesEtag = (route: Route) => route.kept || takesIfMatch(route) || hasField(route.result, 'version');

/**
 * Every problem that a route may answer, sorted: its own, and those that follow from its form.
 *
 * - INVALID_REQUEST: unknown query parameters are refused everywhere.
 * - The four problems of a body: also for routes without a body, except GET, because an unexpected body is refused.
 * - MEMBERSHIP_PENDING: everything below a group that an account needs a part for may be a club's, and the account's
 *   application may wait (`memberOf`).
 * - PROOF_NEEDED: the contract asks for a fresh proof.
 * - FACTOR_NEEDED: everything below `/v1/admin` is for administrators.
 * - TOO_MANY_REQUESTS: whatever asks the table counts what an account, or a place of guests, may use up.
 * - TRY_AGAIN: every read or write of the table may find it busy.
 */
export function problemsOf(feature: Pick<Feature, 'rights'>, route: Route): readonly ProblemCode[] {
  const { read = [], query = [], write = [] } = feature.rights.http ?? {};
  const asksTable = [...read, ...query, ...write].length > 0;
  const byNature: Readonly<Partial<Record<ProblemCode, boolean>>> = {
    BODY_TOO_LARGE: hasBody(route) || route.method !== 'GET',
    MALFORMED_BODY: hasBody(route) || route.method !== 'GET',
    UNSUPPORTED_MEDIA_TYPE: hasBody(route) || route.method !== 'GET',
    INVALID_REQUEST: true,
    INVALID_CURSOR: hasField(route.query, 'cursor'),
    NOT_FOUND: placeholdersOf(route.path).length > 0,
    MEMBERSHIP_PENDING: route.auth === 'account' && route.path.includes('/groups/{groupId}'),
    TOKEN_INVALID: route.auth === 'account',
    PROOF_NEEDED: route.proof === 'fresh',
    FACTOR_NEEDED: route.path.startsWith('/v1/admin/'),
    IDEMPOTENCY_IN_FLIGHT: route.method === 'POST',
    IDEMPOTENCY_KEY_REUSED: route.method === 'POST',
    TOO_MANY_REQUESTS: asksTable || route.auth === 'account',
    TRY_AGAIN: asksTable,
    INTERNAL: true,
  };
  const codes = Object.keys(problemDefinitions) as ProblemCode[];
  return codes.filter((code) => byNature[code] || route.problems.includes(code)).sort();
}

/** Problem codes by status, lowest status first. */
export function byStatus(codes: readonly ProblemCode[]): ReadonlyMap<number, readonly ProblemCode[]> {
  const statuses = [...new Set(codes.map((code) => problemDefinitions[code].status))].sort((a, b) => a - b);
  return new Map(
    statuses.map((status) => [status, codes.filter((code) => problemDefinitions[code].status === status)]),
  );
}

/** Answers that API Gateway gives instead of moim: plain JSON with a message. */
export const gatewayAnswers = {
  401: { when: 'There is no Authorization header.', onlyGuarded: true },
  413: { when: 'The body is above 10 MB.', onlyGuarded: false },
  429: { when: 'The API as a whole gets too many requests.', onlyGuarded: false },
  500: { when: 'The function could not be called.', onlyGuarded: false },
  503: { when: 'The function did not answer in time.', onlyGuarded: false },
} as const satisfies Readonly<Record<number, { when: string; onlyGuarded: boolean }>>;
