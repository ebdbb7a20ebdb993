import type { EngineResponse } from '../engine.ts';
import { element, xmlDocument } from './xml.ts';

const statuses = {
  AccessControlListNotSupported: 400,
  AccessDenied: 403,
  AccessForbidden: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BadRequest: 400,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidChunkSizeError: 403,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidPolicyDocument: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidToken: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedPOSTRequest: 400,
  MalformedXML: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
} as const;

export type S3ErrorCode = keyof typeof statuses;

/** A request that S3 would refuse. The engine catches it at the top and answers S3's error XML. */
export class S3Refusal extends Error {
  readonly code: S3ErrorCode;
  readonly details: Readonly<Record<string, string>>;

  constructor(code: S3ErrorCode, message: string, details: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.details = details;
  }
}

/**
 * Bytes of a body that an engine takes. S3 takes 5 GB, but here a body is in memory as a whole: larger objects go up in
 * parts.
 */
export const engineBodyLimit = 64 * 1024 * 1024;

/** S3's answer to a body above its limit, with the limit of the laptop. */
export const bodyTooLarge = errorAnswer(
  new S3Refusal('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
    MaxSizeAllowed: String(engineBodyLimit),
  }),
  { method: 'PUT', path: '/' },
);

/** The answer to a refused request. HTTP requires an answer without a body for HEAD. */
export function errorAnswer(refusal: S3Refusal, request: { method: string; path: string }): EngineResponse {
  const fields = { Code: refusal.code, Message: refusal.message, ...refusal.details };
  const resource = request.path.split('?')[0] ?? '/';
  const content = Object.entries({ ...fields, Resource: resource }).map(([name, value]) => element(name, value));
  const body = Buffer.from(xmlDocument(element('Error', content)));
  return {
    status: statuses[refusal.code],
    headers: { 'content-type': 'application/xml' },
    body: request.method === 'HEAD' ? Buffer.alloc(0) : body,
  };
}
