import { createHmac } from 'node:crypto';
import type * as z from 'zod';
import type { EdgeKeys } from '../adapters/media.ts';
import type { Route } from '../core/contract.ts';
import { fingerprint, isId } from '../core/ids.ts';
import type { Locale } from '../messages/catalog.ts';
import { reasonOf } from '../messages/fields.ts';
import { catalogOf } from '../messages/text.ts';
import { type FieldError, Problem } from '../product/problems.ts';
import { isStreamSafe } from '../product/text.ts';
import type { HttpEvent, Principal } from './exchange.ts';

const escapePointer = (part: PropertyKey) => String(part).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1');

/** A place in a value: the name of a member, and the place of what it is a member of. */
interface Place {
  readonly name: PropertyKey;
  readonly within: Place | undefined;
}
function pathTo(place: Place | undefined): PropertyKey[] {
  const path: PropertyKey[] = [];
  for (let each = place; each; each = each.within) path.push(each.name);
  return path.reverse();
}

/**
 * The paths of the strings in a value that are not as they should be; 20 at most, as many as an answer tells. The value
 * is what a client sent: it may be nested as deep as a body is long, so no call is made for each level.
 */
function pathsOf(value: unknown, isRight: (text: string) => boolean): PropertyKey[][] {
  const found: (Place | undefined)[] = [];
  const open: { readonly value: unknown; readonly place: Place | undefined }[] = [{ value, place: undefined }];
  for (const { value: each, place } of open) {
    if (typeof each === 'string' && !isRight(each)) found.push(place);
    if (typeof each === 'object' && each !== null)
      for (const [name, member] of Object.entries(each)) open.push({ value: member, place: { name, within: place } });
  }
  return found.slice(0, 20).map(pathTo);
}

/**
 * Whether a text has no half character: a lone surrogate, as it comes from a client that cuts a text in the middle of an
 * emoji. Strict parsers refuse a whole answer that shows one, and hashes and stores change it. Fields of texts refuse
 * them anyway; tickets, tokens and passwords are found here.
 */
const isWhole = (text: string) => text.isWellFormed();

/**
 * Checks a value against a schema.
 *
 * @param where `''` for a body, so that pointers are RFC 6901 pointers into it; `query` for the query
 * @throws Problem INVALID_REQUEST that says of each wrong field, in the caller's language, what to do; 20 fields at most
 * @example const body = checked(route.body, bodyOf(event, route), '', 'ko')
 */
export function checked<S extends z.ZodType>(schema: S, value: unknown, where: string, locale: Locale): z.output<S> {
  const pointerTo = (path: readonly PropertyKey[]) => [where, ...path.map(escapePointer)].join('/');
  // Before any field is looked at: what follows may normalize it. One place is enough, of what no person has typed.
  const [flood] = pathsOf(value, isStreamSafe);
  if (flood) {
    const reason = catalogOf(locale).fields.marks;
    throw new Problem('INVALID_REQUEST', { errors: [{ pointer: pointerTo(flood), reason }] });
  }
  const result = schema.safeParse(value, { reportInput: true });
  const halves = result.success ? pathsOf(result.data, isWhole) : [];
  if (result.success && halves.length === 0) return result.data;
  const issues = result.error?.issues ?? [];
  const errors: FieldError[] = [
    ...halves.map((path) => ({ pointer: pointerTo(path), reason: catalogOf(locale).fields.plainText })),
    ...issues.flatMap((issue) => {
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [key]) : [[]];
      return unknown.map((key) => ({ pointer: pointerTo([...issue.path, ...key]), reason: reasonOf(issue, locale) }));
    }),
  ];
  // Zod may find several things wrong with one field, such as no text, and too few characters of it.
  const byField = new Map(errors.toReversed().map((error) => [error.pointer, error]));
  const firsts = errors.filter((error) => byField.get(error.pointer) === error);
  throw new Problem('INVALID_REQUEST', { errors: firsts.slice(0, 20) });
}

/**
 * The JSON of a request's body; an empty object if there is no body.
 *
 * @throws Problem BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, MALFORMED_BODY
 */
export function bodyOf(event: HttpEvent, route: Route): unknown {
  const { body, isBase64Encoded } = event;
  if (!body) return {};
  if (Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') > route.bodyLimit)
    throw new Problem('BODY_TOO_LARGE');
  const [type, ...parameters] = (event.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters
    .find((parameter) => parameter.trim().startsWith('charset='))
    ?.split('=')[1]
    ?.trim();
  if (type?.trim() !== 'application/json' || (charset && !['utf-8', '"utf-8"'].includes(charset)))
    throw new Problem('UNSUPPORTED_MEDIA_TYPE');
  try {
    return JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
  } catch {
    throw new Problem('MALFORMED_BODY');
  }
}

/**
 * The account that calls a guarded route. API Gateway may cache the authorizer's result for longer than the token is
 * valid, so the token's expiry is checked again.
 *
 * @param now milliseconds since 1970
 * @throws Problem TOKEN_INVALID
 */
export function principalOf(event: HttpEvent, now: number): Principal {
  const claims = event.requestContext.authorizer?.lambda;
  if (!claims?.accountId || !claims.sessionId || Number(claims.expiresAt ?? 0) * 1000 <= now)
    throw new Problem('TOKEN_INVALID');
  return { accountId: claims.accountId, sessionId: claims.sessionId };
}

/**
 * The Idempotency-Key, if there is one: 16-128 printable ASCII characters without spaces. With this length keys of
 * different clients do not collide by chance. That matters for guests, whose requests are told apart by the key alone.
 *
 * @throws Problem INVALID_REQUEST
 */
export function idempotencyKeyOf(event: HttpEvent, locale: Locale): string | undefined {
  const key = event.headers['idempotency-key'];
  if (key === undefined || /^[\x21-\x7e]{16,128}$/.test(key)) return key;
  const reason = catalogOf(locale).fields.idempotencyKey;
  throw new Problem('INVALID_REQUEST', { errors: [{ pointer: 'header/idempotency-key', reason }] });
}

/**
 * The ids in the path, by placeholder.
 *
 * @throws Problem NOT_FOUND if one is no id, as it names nothing that exists
 */
export function paramsOf(event: HttpEvent): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(event.pathParameters ?? {})) {
    if (value === undefined || !isId(value)) throw new Problem('NOT_FOUND');
    params[name] = value;
  }
  return params;
}

/**
 * The version in `If-Match`. Undefined if every version is accepted (no header, or `*`). A text that is no version of
 * moim's gives -1, which matches nothing. The ETag of a GET also names the content (`tagOf`); here only the version in
 * it counts.
 *
 * @example ifMatchOf('"3"') // 3
 * @example ifMatchOf('W/"3.3q2-7wAAAAAAAAAAAAAAAA"') // 3
 */
export function ifMatchOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,9})(?:\.[\w-]{22})?"$/.exec(header.trim())?.[1];
  return version === undefined ? -1 : Number(version);
}

/** The cookies of a request by name, as they were sent. The record has no prototype, so a cookie may have any name. */
export function cookiesOf(event: HttpEvent): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const cookie of event.cookies ?? []) {
    const at = cookie.indexOf('=');
    if (at > 0) cookies[cookie.slice(0, at).trim()] = cookie.slice(at + 1);
  }
  return cookies;
}

/**
 * The origin of a request as a hash, so that limits can tell places apart without storing addresses. For IPv6 only the
 * first 64 bits count, because a household owns the rest.
 *
 * @param address an IPv4 or IPv6 address, as API Gateway gives it
 */
export const placeOf = (address: string): string =>
  fingerprint('place', address.includes(':') ? groupsOf(address, 4) : address).slice(0, 22);

/**
 * A place as the log shows it. All IPv4 addresses can be tried in minutes, so the hash has a key that readers of the log
 * do not have.
 *
 * @param keys of the distribution: after they are renewed, every place has another hash
 */
export const placeInLog = (address: string, { current = '' }: EdgeKeys): string =>
  createHmac('sha256', current)
    .update(`log ${placeOf(address)}`)
    .digest('base64url')
    .slice(0, 22);

/**
 * The network of a request as a hash: the first 24 bits of IPv4, 48 of IPv6. One person may have 65,536 places of IPv6 for
 * nothing, so limits that hold against many places at once count networks.
 *
 * @param address an IPv4 or IPv6 address, as API Gateway gives it
 */
export const networkOf = (address: string): string =>
  fingerprint('network', address.includes(':') ? groupsOf(address, 3) : address.replace(/\.\d+$/, '')).slice(0, 22);

/** The first groups of an IPv6 address, each in its shortest form. */
function groupsOf(address: string, count: number): string {
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = address.includes('::') ? 8 - groups.length - (tail === '' ? 0 : tail.split(':').length) : 0;
  const whole = [...groups, ...Array(Math.max(0, missing)).fill('0'), ...(tail === '' ? [] : tail.split(':'))];
  return whole
    .slice(0, count)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
