/** The parts of the OpenAPI document that all routes share. */
import { waysToProve } from '../shared/product/problems.ts';
import type { Json, JsonObject } from './json.ts';

/** A problem (RFC 9457), as `shared/http/respond.ts` writes it. */
export const problemSchema: JsonObject = {
  type: 'object',
  description: 'A refusal (RFC 9457). `code` is for programs, `title` for people, in the language of the request.',
  properties: {
    type: { type: 'string', format: 'uri', description: '`urn:moim:problem:` and the code' },
    title: { type: 'string', description: 'A text for people, in Korean or English' },
    status: { type: 'integer', description: 'The HTTP status' },
    code: { type: 'string', description: 'The kind of problem; see the list of problems' },
    detail: { type: 'string', description: 'More about this occurrence, if there is more to say' },
    requestId: { type: 'string', description: 'The id in the log; quote it to support' },
    retryAfter: {
      type: 'integer',
      description: 'Seconds after which a repetition makes sense: as the header `Retry-After`, which a socket has not',
    },
    ways: {
      type: 'array',
      description: 'PROOF_NEEDED: the ways in which the account can show who it is. If there is none: by a new sign-in',
      items: { type: 'string', enum: waysToProve },
    },
    suspension: {
      type: 'object',
      description: 'ACCOUNT_SUSPENDED: why, and until when',
      properties: { reason: { type: 'string' }, until: { type: 'string', format: 'date-time' } },
      required: ['reason', 'until'],
    },
    errors: {
      type: 'array',
      maxItems: 20,
      description: 'The wrong fields',
      items: {
        type: 'object',
        properties: {
          pointer: {
            type: 'string',
            description: 'JSON pointer (RFC 6901) into the body, or `query/<name>`, or `header/<name>`',
          },
          reason: {
            type: 'string',
            description: 'A sentence for people that says what to do, in the language of the request',
          },
        },
        required: ['pointer', 'reason'],
        additionalProperties: false,
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'requestId'],
};

export const gatewaySchema: JsonObject = {
  type: 'object',
  description: "API Gateway's own answer, before or in place of moim. Go by the status.",
  properties: { message: { type: ['string', 'null'] } },
  required: ['message'],
};

/** No header is marked as required, because the gateway sends none of them with its own answers. */
export const headers: JsonObject = {
  'Content-Language': {
    description: 'The language of the texts',
    schema: { type: 'string', enum: ['ko', 'en'] },
  },
  ETag: {
    description:
      'Names the content of a GET, for `If-None-Match`. The tag of a resource with a version begins with the version and also serves for `If-Match`',
    schema: { type: 'string', pattern: '^(W/)?"[\\w.-]+"$' },
  },
  'Idempotency-Replayed': {
    description: 'The request was already carried out; this is its first answer',
    schema: { type: 'string', const: 'true' },
  },
  Location: {
    description: 'The path of the new resource, if it has one of its own',
    schema: { type: 'string', format: 'uri-reference' },
  },
  'Retry-After': {
    description: 'Seconds to wait before repeating the request',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  'WWW-Authenticate': { description: 'How to sign a request', schema: { type: 'string', const: 'Bearer' } },
  'X-Request-Id': { description: 'The id of the request in the log', schema: { type: 'string' } },
};

export const parameters: JsonObject = {
  'Accept-Language': {
    name: 'Accept-Language',
    in: 'header',
    description: 'The language of texts for people: `ko` (the default) or `en`',
    schema: { type: 'string' },
  },
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes a repetition safe: a new random key (a UUID) for each new request, the same key for its repetitions. The first answer is kept for 24 hours.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{16,128}$' },
  },
  'If-Match': {
    name: 'If-Match',
    in: 'header',
    description:
      'The version from the ETag or `version`. The request is refused if the resource has changed since; without the header it is not checked',
    schema: { type: 'string', pattern: '^(W/)?"\\d+(\\.[\\w-]+)?"$' },
  },
  'If-None-Match': {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETags of answers that the client has: 304 without a body if one of them is still right',
    schema: { type: 'string' },
  },
};

export const securitySchemes: JsonObject = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token, valid for 15 minutes' },
};

/**
 * The name of a shared part, as generators of clients make types of it: letters and digits.
 *
 * @example asIdentifier('GROUP_FULL') // 'GroupFull'
 * @example asIdentifier('If-Match') // 'IfMatch'
 */
export const asIdentifier = (name: string | number): string =>
  String(name)
    .split(/[_-]/)
    .map((word) => (/[a-z]/.test(word) ? word : word.slice(0, 1) + word.slice(1).toLowerCase()))
    .join('');

/** Shared parts under the names of their components. */
export const byIdentifier = (parts: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [asIdentifier(name), part]));

/** References to shared parts: `refs('headers', ['ETag'])`. */
export const refs = (kind: 'headers' | 'parameters', names: readonly string[]) =>
  names.map((name): [string, Json] => [name, { $ref: `#/components/${kind}/${asIdentifier(name)}` }]);
