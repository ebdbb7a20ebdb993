/** Buckets as the origins of a distribution: it signs each request as CloudFront does with an origin access control. */
import type { RequestHandler } from '../../shared/core/platform.ts';
import type { Statement } from '../runtime/iam.ts';
import type { Callers } from '../runtime/roles.ts';
import { ofType, type Resource, region } from '../runtime/template.ts';
import type { HttpRequest, HttpResponse } from './server.ts';

const principal = 'cloudfront.amazonaws.com';

/** What the policies of the buckets allow to CloudFront. Their condition names this account, which is the only one here. */
const statementsIn = (resources: readonly Resource[]): Statement[] =>
  ofType(resources, 'AWS::S3::BucketPolicy')
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Principal }) => Principal?.Service === principal)
    .map(({ Condition: _, Principal: __, ...statement }) => statement);

/** Answers GET and HEAD of a key with its object; without the right to it, or the object, with 403. */
export function bucketOrigin(
  resources: readonly Resource[],
  callers: Callers,
  options: { readonly now: () => number; readonly handler: () => RequestHandler },
): (bucket: string) => (request: HttpRequest) => Promise<HttpResponse> {
  const { accessKeyId, secretAccessKey } = callers.admit(principal, statementsIn(resources));
  // Loaded with the first picture: it takes a tenth of a second, and a start is quick.
  const made = async () => {
    const s3 = await import('@aws-sdk/client-s3');
    const client = new s3.S3Client({
      region,
      endpoint: 'http://127.0.0.1',
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: options.handler() as never,
      systemClockOffset: options.now() - Date.now(),
    });
    return (Bucket: string, Key: string) => client.send(new s3.GetObjectCommand({ Bucket, Key }));
  };
  let reading: ReturnType<typeof made> | undefined;
  return (bucket) =>
    async ({ url, headers, method }) => {
      reading ??= made();
      const read = await reading;
      try {
        const key = decodeURIComponent(url.split('?')[0]!.slice(1));
        const { Body, ContentType = '', ETag = '', CacheControl } = await read(bucket, key);
        const body = await Body!.transformToByteArray();
        const kept = CacheControl ? { 'cache-control': CacheControl } : {};
        const named = { etag: ETag, 'content-type': ContentType, ...kept };
        if (headers['if-none-match'] === ETag) return { status: 304, headers: named, body: '' };
        return { status: 200, headers: named, body: method === 'HEAD' ? '' : body };
      } catch {
        return { status: 403, headers: { 'content-type': 'application/xml' }, body: '' };
      }
    };
}
