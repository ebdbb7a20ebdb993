import { type Caller, type EngineResponse, refusalText } from '../engine.ts';
import type { BucketState } from './bucket-state.ts';
import { S3Refusal } from './errors.ts';
import { type Markup, xmlDocument } from './xml.ts';

/** An authenticated request, parsed for the operations. */
export interface Call {
  readonly bucket: BucketState;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  /** Headers, including the x-amz-* ones in the query of a presigned URL, and the trailers of a streamed body. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body without chunk framing. */
  readonly body: Uint8Array;
  readonly caller: Caller;
  /** The values of condition keys for every decision about this request. */
  readonly conditions: Readonly<Record<string, readonly string[]>>;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
  /**
   * Finds another bucket (the source of a copy).
   *
   * @throws S3Refusal NoSuchBucket
   */
  readonly findBucket: (name: string) => BucketState;
}

export const bucketArn = (bucket: string) => `arn:aws:s3:::${bucket}`;
export const objectArn = (bucket: string, key: string) => `arn:aws:s3:::${bucket}/${key}`;

type Asking = Pick<Call, 'caller' | 'conditions'>;

/**
 * Requires that the caller's policies allow an action.
 *
 * @throws S3Refusal AccessDenied that names action and resource
 */
export function demand(call: Asking, action: string, resource: string, more?: Call['conditions']): void {
  const conditions = { ...call.conditions, ...more };
  if (call.caller.allows(action, resource, conditions)) return;
  throw new S3Refusal('AccessDenied', refusalText(call.caller, action, resource, conditions));
}

/**
 * The refusal for an object that does not exist. Like in S3, only a caller who may list the bucket learns that. Others
 * get AccessDenied.
 */
export function missingKey(call: Asking, bucket: string, key: string): S3Refusal {
  try {
    demand(call, 's3:ListBucket', bucketArn(bucket));
  } catch (refusal) {
    return refusal as S3Refusal;
  }
  return new S3Refusal('NoSuchKey', 'The specified key does not exist.', { Key: key });
}

/** An answer without a body. */
export const emptyAnswer = (status: number, headers: Record<string, string> = {}): EngineResponse => ({
  status,
  headers,
  body: new Uint8Array(),
});

export const xmlAnswer = (root: Markup, headers: Record<string, string> = {}, status = 200): EngineResponse => ({
  status,
  headers: { 'content-type': 'application/xml', ...headers },
  body: Buffer.from(xmlDocument(root)),
});
