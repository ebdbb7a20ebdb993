/** Answers that clients may keep: their tag, whether a client has them already, and their form on the way. */
import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Route } from '../core/contract.ts';
import type { HttpResult } from './exchange.ts';

/** Bytes of a body from which compressing is worth it: below, an answer fits into one packet anyway. */
export const compressedFrom = 1024;

/**
 * The ETag of a body: its hash, after the version if there is one. The version alone would not do. Names, counts and
 * addresses of pictures change without it, and the first versions of two people's accounts are both 1.
 *
 * The tag is weak, because the compressed and the plain body share it. 132 bits of SHA-256 do not meet by chance.
 *
 * @example tagOf('{"id":"…"}', 3) // 'W/"3.3q2-7wAAAAAAAAAAAAAAAA"'
 */
export function tagOf(body: string, version?: number): string {
  const content = hash('sha256', body, 'base64url').slice(0, 22);
  return `W/"${version === undefined ? '' : `${version}.`}${content}"`;
}

/**
 * Whether `If-None-Match` names a tag: by weak comparison, as RFC 9110 asks for (13.1.2). The header is `*` or a list.
 *
 * @param tag an ETag of `tagOf`
 */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  // Our tags hold neither commas nor quotes, so whatever stands between two quotes is one tag.
  const quoted = tag.slice('W/'.length);
  return [...header.matchAll(/"[^"]*"/g)].some(([each]) => each === quoted);
}

/**
 * Whether `Accept-Encoding` lets an answer be gzipped (RFC 9110, 12.5.3): gzip is accepted, and not less than the plain
 * body. A weight that is no number counts as 0.
 *
 * @example takesGzip('gzip;q=0.5, *;q=0') // true
 */
export function takesGzip(header: string | undefined): boolean {
  const weights = new Map<string, number>();
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [coding = '', weight = 'q=1'] = part.split(';').map((text) => text.trim());
    const [, value = 0] = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.exec(weight) ?? [];
    weights.set(coding, Number(value));
  }
  const gzip = weights.get('gzip') ?? weights.get('*') ?? 0;
  return gzip > 0 && gzip >= (weights.get('identity') ?? 0);
}

/**
 * The form of an answer that clients may keep: 304 without a body if the client has it already, else with the tag, and
 * compressed if the client takes that. Neither changes what was read from the table: a tag can only be compared once
 * the answer is there.
 *
 * Gzip at its usual level is the only coding. Brotli makes these bodies at most 7 % smaller, for twice the work (ADR 18).
 * Answers that are not kept, tokens among them, are never compressed, so that their length tells nothing of a secret
 * beside a text of somebody else (BREACH).
 *
 * @param full the whole answer: status 200, with a body of JSON
 * @param sent the headers of the request
 */
export function keptAnswer(
  { auth, sharedSeconds }: Pick<Route, 'auth' | 'sharedSeconds'>,
  { body = '', ...full }: HttpResult,
  version: number | undefined,
  sent: Readonly<Record<string, string | undefined>>,
): HttpResult {
  const { 'content-type': type, ...others } = full.headers ?? {};
  const isGuarded = auth === 'account';
  const isOwn = isGuarded || (sharedSeconds > 0 && sent.authorization !== undefined);
  const shared = isOwn || sharedSeconds === 0 ? '' : `public, max-age=0, s-maxage=${sharedSeconds}`;
  const tag = tagOf(body, version);
  const headers = {
    ...others,
    etag: tag,
    // Kept, and asked for each time: only so does a client see its own change at once. What is shared is asked of the
    // distribution, which may answer guests for some seconds, and never anybody who shows who they are.
    'cache-control': shared || (isOwn ? 'private, no-cache' : 'no-cache'),
    vary: `${isGuarded || sharedSeconds > 0 ? 'authorization, ' : ''}accept-language, accept-encoding`,
  };
  if (namesTag(sent['if-none-match'], tag)) return { ...full, statusCode: 304, headers };
  const typed = { ...headers, 'content-type': type! };
  if (Buffer.byteLength(body) < compressedFrom || !takesGzip(sent['accept-encoding']))
    return { ...full, headers: typed, body };
  const gzipped = gzipSync(body).toString('base64');
  return { ...full, headers: { ...typed, 'content-encoding': 'gzip' }, body: gzipped, isBase64Encoded: true };
}
