/**
 * Verifies AWS Signature Version 4. Every engine verifies a request before it trusts the caller.
 *
 * This code is our own because the packages on npm (such as the SDK's @smithy/signature-v4) only sign. Signing again
 * with such a package would sign the path and headers as *it* normalises them, not as they were sent. It has no form
 * for POST policies or signed chunks, and it is not a dependency of moim.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { EngineRequest } from './engine.ts';

const algorithm = 'AWS4-HMAC-SHA256';
/** Milliseconds. AWS refuses a request whose date differs more than this from its own clock. */
const maxSkewMs = 15 * 60_000;
/** Seconds: the longest validity of a presigned URL, 7 days. */
const maxExpiresSeconds = 604_800;

export type SignatureForm = 'header' | 'query' | 'post';

export type SignatureReason =
  | 'missing'
  | 'malformed'
  | 'unknown-key'
  | 'expired'
  | 'skewed'
  | 'unsigned-header'
  | 'payload'
  | 'mismatch';

/** The claims of a request's credential. None of them is verified. */
export interface CredentialScope {
  readonly form: SignatureForm;
  readonly accessKeyId: string;
  /** yyyymmdd, UTC. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

/** A valid signature, with the values that are needed to verify the signed chunks of a streamed body. */
export interface VerifiedSignature extends CredentialScope {
  readonly ok: true;
  readonly sessionToken?: string;
  /** The payload hash that the caller declared: hex, `UNSIGNED-PAYLOAD` or `STREAMING-...`. */
  readonly payload: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly signingKey: Uint8Array;
}

export interface SignatureRefusal {
  readonly ok: false;
  readonly reason: SignatureReason;
  readonly message: string;
}

export interface SignatureOptions {
  /** The secret access key of an access key id; undefined for an unknown id. */
  readonly secretOf: (accessKeyId: string) => string | undefined;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
}

/** Hex SHA-256, the hash that SigV4 uses throughout. */
export const sha256Hex = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

const hmac = (key: string | Uint8Array, data: string) => createHmac('sha256', key).update(data).digest();

/** Percent-encodes as SigV4 requires: everything except the unreserved characters of RFC 3986. */
const encodeRfc3986 = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Splits a request's path into the path itself (still encoded) and its decoded query, in order.
 *
 * @throws URIError if the query is not well encoded
 */
export function splitPath(path: string): { pathname: string; query: [string, string][] } {
  const mark = path.indexOf('?');
  if (mark < 0) return { pathname: path, query: [] };
  const query: [string, string][] = [];
  for (const part of path.slice(mark + 1).split('&')) {
    if (!part) continue;
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    query.push([decodeURIComponent(name.replaceAll('+', ' ')), decodeURIComponent(value.replaceAll('+', ' '))]);
  }
  return { pathname: path.slice(0, mark), query };
}

function parseCredential(credential: string, form: SignatureForm): CredentialScope | undefined {
  const parts = credential.split('/');
  const [terminator, service, region, day] = parts.reverse();
  const accessKeyId = parts.slice(4).reverse().join('/');
  if (terminator !== 'aws4_request' || !service || !region || !day || !accessKeyId) return undefined;
  return { form, accessKeyId, day, region, service };
}

/**
 * Reads the key, service and region that a request claims, from its header, its query or its POST form. Verifies
 * nothing: it lets a front find the right engine. Undefined if the request carries no credential.
 */
export function readCredentialScope(request: EngineRequest): CredentialScope | undefined {
  const header = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '');
  if (header) return parseCredential(header[1]!, 'header');
  const query = /[?&]X-Amz-Credential=([^&]+)/i.exec(request.path);
  if (query) {
    try {
      return parseCredential(decodeURIComponent(query[1]!), 'query');
    } catch {
      return undefined;
    }
  }
  if (request.method !== 'POST' || !request.headers['content-type']?.startsWith('multipart/form-data'))
    return undefined;
  // The fields of a form come before its file, and S3 allows 20 KB of them.
  const head = Buffer.from(request.body.subarray(0, 64 * 1024)).toString('latin1');
  const field = /name="x-amz-credential"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]+)/i.exec(head);
  return field ? parseCredential(field[1]!, 'post') : undefined;
}

const refuse = (reason: SignatureReason, message: string): SignatureRefusal => ({ ok: false, reason, message });

/** `20260102T030405Z` as milliseconds since 1970; NaN if it is no such date. */
function parseTimestamp(timestamp: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function signingKeyOf(secret: string, scope: CredentialScope): Uint8Array {
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, scope.day), scope.region), scope.service), 'aws4_request');
}

/** Compares two hex signatures in constant time. */
export function sameSignature(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export const scopeText = (scope: CredentialScope) => `${scope.day}/${scope.region}/${scope.service}/aws4_request`;

/** Signs the last string of the chain, for requests, POST policies and the chunks of a streamed body. */
export const signText = (signingKey: Uint8Array, text: string) => hmac(signingKey, text).toString('hex');

interface Claim {
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly timestamp: string;
  readonly expires?: number;
  readonly sessionToken?: string | undefined;
}

function readHeaderClaim(request: EngineRequest): Claim | SignatureRefusal {
  const header = request.headers.authorization!;
  if (!header.startsWith(`${algorithm} `))
    return refuse('malformed', `The authorization header must use ${algorithm}.`);
  const part = (name: string) => new RegExp(`[\\s,]${name}=([^,\\s]+)`).exec(header)?.[1];
  const scope = parseCredential(part('Credential') ?? '', 'header');
  const [signedHeaders, signature] = [part('SignedHeaders'), part('Signature')];
  if (!scope || !signedHeaders || !signature)
    return refuse('malformed', 'The authorization header lacks Credential, SignedHeaders or Signature.');
  const timestamp = request.headers['x-amz-date'] ?? '';
  const sessionToken = request.headers['x-amz-security-token'];
  return { scope, signedHeaders: signedHeaders.split(';'), signature, timestamp, sessionToken };
}

function readQueryClaim(query: ReadonlyMap<string, string>): Claim | SignatureRefusal {
  if (query.get('X-Amz-Algorithm') !== algorithm) return refuse('malformed', `X-Amz-Algorithm must be ${algorithm}.`);
  const scope = parseCredential(query.get('X-Amz-Credential') ?? '', 'query');
  const [signedHeaders, signature] = [query.get('X-Amz-SignedHeaders'), query.get('X-Amz-Signature')];
  if (!scope || !signedHeaders || !signature)
    return refuse('malformed', 'The query lacks X-Amz-Credential, X-Amz-SignedHeaders or X-Amz-Signature.');
  const expires = Number(query.get('X-Amz-Expires') ?? Number.NaN);
  if (!Number.isInteger(expires) || expires < 1 || expires > maxExpiresSeconds)
    return refuse('malformed', `X-Amz-Expires must be a whole number of seconds from 1 to ${maxExpiresSeconds}.`);
  const timestamp = query.get('X-Amz-Date') ?? '';
  const sessionToken = query.get('X-Amz-Security-Token');
  return { scope, signedHeaders: signedHeaders.split(';'), signature, timestamp, expires, sessionToken };
}

function checkTime(claim: Claim, now: number): SignatureRefusal | undefined {
  const time = parseTimestamp(claim.timestamp);
  if (Number.isNaN(time) || !claim.timestamp.startsWith(claim.scope.day))
    return refuse('malformed', 'X-Amz-Date must be an ISO 8601 basic date that fits the date of the credential.');
  if (claim.expires === undefined) {
    if (Math.abs(now - time) <= maxSkewMs) return undefined;
    return refuse('skewed', 'The difference between the request time and the current time is too large.');
  }
  if (time > now + maxSkewMs) return refuse('expired', 'Request is not yet valid');
  return now >= time + claim.expires * 1000 ? refuse('expired', 'Request has expired') : undefined;
}

function checkSignedHeaders(claim: Claim, request: EngineRequest): SignatureRefusal | undefined {
  if (!claim.signedHeaders.includes('host')) return refuse('malformed', 'The host header must be signed.');
  // S3 refuses x-amz-* headers that are not signed. Otherwise the holder of a presigned URL could add rights with them.
  if (claim.scope.service !== 's3') return undefined;
  const unsigned = Object.keys(request.headers).filter(
    (n) => n.startsWith('x-amz-') && !claim.signedHeaders.includes(n),
  );
  if (unsigned.length === 0) return undefined;
  return refuse('unsigned-header', `There were headers present in the request which were not signed: ${unsigned}`);
}

/**
 * The payload hash for the signature. S3 uses the declared hash (and verifies it), other services hash the body again.
 */
function payloadOf(claim: Claim, request: EngineRequest, query: ReadonlyMap<string, string>) {
  if (claim.scope.service !== 's3') return sha256Hex(request.body);
  const declared = request.headers['x-amz-content-sha256'] ?? query.get('X-Amz-Content-Sha256');
  return declared ?? (claim.scope.form === 'query' ? 'UNSIGNED-PAYLOAD' : '');
}

function canonicalPath(pathname: string, service: string): string {
  // S3 encodes keys once. Every other service signs the encoded path encoded once more.
  const text = service === 's3' ? decodeURIComponent(pathname) : pathname;
  return encodeRfc3986(text).replaceAll('%2F', '/') || '/';
}

function canonicalRequest(
  request: EngineRequest,
  claim: Claim,
  pathname: string,
  query: readonly (readonly [string, string])[],
  payload: string,
): string {
  const pairs = query
    .filter(([name]) => claim.scope.form !== 'query' || name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`)
    .sort((a, b) => (`${a.split('=')[0]}\0${a}` < `${b.split('=')[0]}\0${b}` ? -1 : 1));
  const headers = claim.signedHeaders.map((n) => `${n}:${(request.headers[n] ?? '').trim().replace(/\s+/g, ' ')}\n`);
  return [
    request.method,
    canonicalPath(pathname, claim.scope.service),
    pairs.join('&'),
    headers.join(''),
    claim.signedHeaders.join(';'),
    payload,
  ].join('\n');
}

/**
 * Verifies the signature of a request in its header or its query: the key, the date (at most 15 minutes off) or the
 * expiry of a presigned URL, the signed headers, and the hash of the payload unless it is unsigned or streamed. Does
 * not throw; a request without a signature is refused as `missing`. The session token is given back unchecked.
 */
export function verifySignature(
  request: EngineRequest,
  options: SignatureOptions,
): VerifiedSignature | SignatureRefusal {
  let parts: ReturnType<typeof splitPath>;
  try {
    parts = splitPath(request.path);
    decodeURIComponent(parts.pathname);
  } catch {
    return refuse('malformed', 'The URL is not well percent-encoded.');
  }
  const query = new Map(parts.query);
  if (!request.headers.authorization && !query.has('X-Amz-Signature')) return refuse('missing', 'Access Denied');
  if (request.headers.authorization && query.has('X-Amz-Signature'))
    return refuse('malformed', 'Only one auth mechanism allowed: the header or the query.');
  const claim = request.headers.authorization ? readHeaderClaim(request) : readQueryClaim(query);
  if ('ok' in claim) return claim;

  const secret = options.secretOf(claim.scope.accessKeyId);
  if (secret === undefined) return refuse('unknown-key', `The access key id ${claim.scope.accessKeyId} is not known.`);
  const early = checkTime(claim, options.now) ?? checkSignedHeaders(claim, request);
  if (early) return early;
  const payload = payloadOf(claim, request, query);
  if (!payload) return refuse('malformed', 'The x-amz-content-sha256 header is missing.');

  const canonical = canonicalRequest(request, claim, parts.pathname, parts.query, payload);
  const text = [algorithm, claim.timestamp, scopeText(claim.scope), sha256Hex(canonical)].join('\n');
  const signingKey = signingKeyOf(secret, claim.scope);
  if (!sameSignature(signText(signingKey, text), claim.signature))
    return refuse('mismatch', 'The request signature we calculated does not match the signature you provided.');
  if (!/^(UNSIGNED-PAYLOAD|STREAMING-.*)$/.test(payload) && sha256Hex(request.body) !== payload)
    return refuse('payload', "The provided 'x-amz-content-sha256' header does not match what was computed.");

  const { timestamp, signature, sessionToken } = claim;
  const token = sessionToken === undefined ? {} : { sessionToken };
  return { ok: true, ...claim.scope, ...token, payload, timestamp, signature, signingKey };
}

/**
 * Verifies the signature over a POST policy. `fields` are those of the form, with lower-case names. It does not check
 * whether the policy allows the upload, nor whether it has expired.
 */
export function verifyPolicySignature(
  fields: ReadonlyMap<string, string>,
  options: SignatureOptions,
): VerifiedSignature | SignatureRefusal {
  const [policy, signature] = [fields.get('policy'), fields.get('x-amz-signature')];
  if (!policy || !signature) return refuse('missing', 'Access Denied');
  const scope = parseCredential(fields.get('x-amz-credential') ?? '', 'post');
  const timestamp = fields.get('x-amz-date') ?? '';
  if (fields.get('x-amz-algorithm') !== algorithm || !scope)
    return refuse('malformed', 'The form lacks a valid x-amz-algorithm or x-amz-credential.');
  const time = parseTimestamp(timestamp);
  if (Number.isNaN(time) || !timestamp.startsWith(scope.day))
    return refuse('malformed', 'x-amz-date must be an ISO 8601 basic date that fits the date of the credential.');
  if (time > options.now + maxSkewMs) return refuse('expired', 'Request is not yet valid');
  const secret = options.secretOf(scope.accessKeyId);
  if (secret === undefined) return refuse('unknown-key', `The access key id ${scope.accessKeyId} is not known.`);

  const signingKey = signingKeyOf(secret, scope);
  if (!sameSignature(signText(signingKey, policy), signature))
    return refuse('mismatch', 'The request signature we calculated does not match the signature you provided.');
  const sessionToken = fields.get('x-amz-security-token');
  const token = sessionToken === undefined ? {} : { sessionToken };
  return { ok: true, ...scope, ...token, payload: 'UNSIGNED-PAYLOAD', timestamp, signature, signingKey };
}

const jsonCodes: Record<SignatureReason, string> = {
  missing: 'MissingAuthenticationTokenException',
  malformed: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
  expired: 'InvalidSignatureException',
  skewed: 'InvalidSignatureException',
  'unsigned-header': 'InvalidSignatureException',
  payload: 'InvalidSignatureException',
  mismatch: 'InvalidSignatureException',
};

const queryCodes: Record<SignatureReason, string> = {
  missing: 'MissingAuthenticationToken',
  malformed: 'IncompleteSignature',
  'unknown-key': 'InvalidClientTokenId',
  expired: 'RequestExpired',
  skewed: 'RequestExpired',
  'unsigned-header': 'SignatureDoesNotMatch',
  payload: 'SignatureDoesNotMatch',
  mismatch: 'SignatureDoesNotMatch',
};

/** AWS's error code for a refused signature, in the JSON services (DynamoDB) or the query services (SES). */
export const signatureErrorCode = (reason: SignatureReason, protocol: 'json' | 'query') =>
  (protocol === 'json' ? jsonCodes : queryCodes)[reason];
