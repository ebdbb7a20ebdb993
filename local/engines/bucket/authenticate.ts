import type { Caller, EngineRequest } from '../engine.ts';
import {
  type SignatureForm,
  type SignatureReason,
  type SignatureRefusal,
  splitPath,
  type VerifiedSignature,
  verifyPolicySignature,
  verifySignature,
} from '../sigv4.ts';
import { decodeChunked } from './chunked.ts';
import { type S3ErrorCode, S3Refusal } from './errors.ts';
import type { PostForm } from './post-form.ts';

export interface BucketCredentials {
  readonly secretAccessKey: string;
  /** If there is one, requests must carry it. */
  readonly sessionToken?: string;
  readonly caller: Caller;
}

export interface AuthOptions {
  readonly credentials: (accessKeyId: string) => BucketCredentials | undefined;
  readonly region: string;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
}

/** The caller, and the parts of the request that the signature covers. */
export interface Authenticated {
  readonly caller: Caller;
  readonly conditions: Readonly<Record<string, readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const codes: Record<Exclude<SignatureReason, 'malformed'>, S3ErrorCode> = {
  missing: 'AccessDenied',
  'unknown-key': 'InvalidAccessKeyId',
  expired: 'AccessDenied',
  skewed: 'RequestTimeTooSkewed',
  'unsigned-header': 'AccessDenied',
  payload: 'XAmzContentSHA256Mismatch',
  mismatch: 'SignatureDoesNotMatch',
};

/** S3 has a code of its own for a malformed signature in a query. */
const malformed = (form: SignatureForm): S3ErrorCode =>
  form === 'query' ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed';

function judge(
  result: VerifiedSignature | SignatureRefusal,
  form: SignatureForm,
  options: AuthOptions,
): { signed: VerifiedSignature; caller: Caller; conditions: Authenticated['conditions'] } {
  if (!result.ok) {
    const { reason, message } = result;
    throw new S3Refusal(reason === 'malformed' ? malformed(form) : codes[reason], message);
  }
  if (result.service !== 's3' || result.region !== options.region)
    throw new S3Refusal(
      malformed(form),
      `The credential is for '${result.service}' in '${result.region}'; expecting 's3' in '${options.region}'`,
      { Region: options.region },
    );
  const credentials = options.credentials(result.accessKeyId)!;
  if (credentials.sessionToken !== result.sessionToken)
    throw new S3Refusal('InvalidToken', 'The provided token is malformed or otherwise invalid.');
  const authType = { header: 'REST-HEADER', query: 'REST-QUERY-STRING', post: 'POST' }[result.form];
  const conditions = { 's3:authType': [authType], 's3:signatureversion': ['AWS4-HMAC-SHA256'] };
  return { signed: result, caller: credentials.caller, conditions };
}

/**
 * The query parameters of a presigned URL that count as headers. The checksum is not one of them: the SDK signs the
 * checksum of an empty body into the URL of an upload, and S3 ignores it.
 */
function queryHeaders(path: string): Record<string, string> {
  const hoisted = splitPath(path).query.filter(
    ([name]) => /^x-amz-/.test(name) && !/^x-amz-(checksum-|sdk-checksum-)/.test(name),
  );
  return Object.fromEntries(hoisted);
}

const verifyOptions = (options: AuthOptions) => ({
  secretOf: (accessKeyId: string) => options.credentials(accessKeyId)?.secretAccessKey,
  now: options.now,
});

/**
 * Authenticates a request that is signed in its header or its query.
 *
 * @throws S3Refusal
 */
export function authenticate(request: EngineRequest, options: AuthOptions): Authenticated {
  const form = request.headers.authorization === undefined ? 'query' : 'header';
  const { signed, ...who } = judge(verifySignature(request, verifyOptions(options)), form, options);
  if (signed.payload.startsWith('STREAMING-')) {
    const { data, trailers } = decodeChunked(request.body, request.headers, signed);
    return { ...who, headers: { ...request.headers, ...trailers }, body: data };
  }
  const headers = signed.form === 'query' ? { ...queryHeaders(request.path), ...request.headers } : request.headers;
  const algorithm = headers['x-amz-sdk-checksum-algorithm']?.toLowerCase();
  if (algorithm && headers[`x-amz-checksum-${algorithm}`] === undefined && request.body.length > 0)
    throw new S3Refusal(
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  return { ...who, headers, body: request.body };
}

/**
 * Authenticates a form by the signature over its policy. The form's fields take the place of headers.
 *
 * @throws S3Refusal
 */
export function authenticateForm(request: EngineRequest, form: PostForm, options: AuthOptions): Authenticated {
  const { signed: _, ...who } = judge(verifyPolicySignature(form.fields, verifyOptions(options)), 'post', options);
  const renamed: Record<string, string> = { acl: 'x-amz-acl', tagging: 'x-amz-tagging' };
  const fields = [...form.fields].map(([name, value]) => [renamed[name] ?? name, value]);
  const headers = { ...Object.fromEntries(fields), host: request.headers.host ?? 'localhost' };
  return { ...who, headers, body: form.file };
}
