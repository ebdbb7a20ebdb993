import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { owner } from '../../../local/engines/engine.ts';
import { bucketServer, refusalOf } from './support.ts';

let server: Awaited<ReturnType<typeof bucketServer>>;
beforeEach(async () => {
  server = await bucketServer();
  await server.client().send(new PutObjectCommand({ Bucket: 'media', Key: 'x', Body: 'text' }));
});
afterEach(() => server.close());

const get = (client: S3Client) => client.send(new GetObjectCommand({ Bucket: 'media', Key: 'x' }));
const uploader = () =>
  server.client('OWNER', 'owner-secret', undefined, { requestChecksumCalculation: 'WHEN_REQUIRED' });
const uploadUrl = (more = {}, options = {}, client = uploader()) =>
  getSignedUrl(client, new PutObjectCommand({ Bucket: 'media', Key: 'up', ContentType: 'image/png', ...more }), {
    expiresIn: 60,
    ...options,
  });
const downloadUrl = (more = {}) =>
  getSignedUrl(server.client(), new GetObjectCommand({ Bucket: 'media', Key: 'x', ...more }), { expiresIn: 60 });
const answerOf = async (url: string, init: RequestInit = {}) => {
  const answer = await fetch(url, init);
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};
const putTo = (url: string, body = 'PNG', headers: Record<string, string> = { 'content-type': 'image/png' }) =>
  answerOf(url, { method: 'PUT', body, headers });

describe('a signed request', () => {
  it('is refused with a wrong secret, an unknown key or none at all', async () => {
    expect(await refusalOf(get(server.client('OWNER', 'wrong')))).toMatchObject({ name: 'SignatureDoesNotMatch' });
    expect(await refusalOf(get(server.client('NOBODY', 'x')))).toMatchObject({ name: 'InvalidAccessKeyId' });
    expect(await answerOf(`${server.endpoint}/media/x`)).toMatchObject({ status: 403 });
    const head = server.client('OWNER', 'wrong').send(new HeadObjectCommand({ Bucket: 'media', Key: 'x' }));
    expect(await refusalOf(head)).toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('is refused for another region', async () => {
    const abroad = server.client('OWNER', 'owner-secret', undefined, { region: 'eu-west-1' });
    expect(await refusalOf(get(abroad))).toMatchObject({ name: 'AuthorizationHeaderMalformed' });
  });

  it('must carry the session token of temporary credentials, and no other', async () => {
    server.accounts.set('TEMP', { secretAccessKey: 's', sessionToken: 'token', caller: owner });

    await get(server.client('TEMP', 's', 'token'));
    expect(await refusalOf(get(server.client('TEMP', 's', 'other')))).toMatchObject({ name: 'InvalidToken' });
    expect(await refusalOf(get(server.client('TEMP', 's')))).toMatchObject({ name: 'InvalidToken' });
    expect(await refusalOf(get(server.client('OWNER', 'owner-secret', 'made-up')))).toMatchObject({
      name: 'InvalidToken',
    });
    const url = await getSignedUrl(
      server.client('TEMP', 's', 'token'),
      new GetObjectCommand({ Bucket: 'media', Key: 'x' }),
    );
    expect(await answerOf(url)).toMatchObject({ status: 200 });
  });

  it('is refused when its date is more than 15 minutes off', async () => {
    await server.clock.advance(14 * 60_000);
    await get(server.client());

    await server.clock.advance(3 * 60_000);

    const late = server.client();
    expect(await refusalOf(get(late))).toMatchObject({ name: 'RequestTimeTooSkewed' });
    // The SDK has read the engine's date off the refusal and goes by it from now on.
    await get(late);
  });

  it('is refused when its body or a header was changed on the way', async () => {
    const changed = (body: string, headers: Record<string, string>) => {
      const client = server.client();
      client.middlewareStack.add(
        (next) => (args) => {
          const request = args.request as { body: string; headers: Record<string, string> };
          Object.assign(request, { body, headers: { ...request.headers, ...headers } });
          return next(args);
        },
        { step: 'finalizeRequest', priority: 'low' },
      );
      return refusalOf(client.send(new PutObjectCommand({ Bucket: 'media', Key: 'y', Body: 'text' })));
    };

    expect(await changed('teXt', {})).toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
    expect(await changed('text', { 'x-amz-meta-a': '1' })).toMatchObject({ name: 'AccessDenied' });
    expect(await changed('text', { 'x-amz-checksum-crc32': 'AAAAAA==' })).toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
  });
});

describe('a presigned URL', () => {
  it('uploads under its key, with the metadata it names', async () => {
    expect(await putTo(await uploadUrl({ Metadata: { owner: 'u1' } }))).toMatchObject({ status: 200 });

    const object = await server.client().send(new HeadObjectCommand({ Bucket: 'media', Key: 'up' }));
    expect(object).toMatchObject({ ContentType: 'image/png', ContentLength: 3, Metadata: { owner: 'u1' } });
  });

  it('downloads under the name it says', async () => {
    const url = await downloadUrl({ ResponseContentDisposition: 'attachment; filename="x.png"' });

    const answer = await answerOf(url);

    expect(answer).toMatchObject({ status: 200, text: 'text' });
    expect(answer.headers.get('content-disposition')).toContain('x.png');
  });

  it('is good for its operation, key and life alone', async () => {
    const [download, upload] = [await downloadUrl(), await uploadUrl()];

    expect(await putTo(download)).toMatchObject({ status: 403 });
    expect(await putTo(upload.replace('/up?', '/other?'))).toMatchObject({ status: 403 });
    expect(await putTo(upload.replace('Expires=60', 'Expires=600'))).toMatchObject({ status: 403 });
    expect(await putTo(upload.replace(/Signature=..../, 'Signature=0000'))).toMatchObject({ status: 403 });
    expect(await putTo(await uploadUrl({}, {}, server.client('OWNER', 'wrong')))).toMatchObject({ status: 403 });
    const tooLong = await putTo(upload.replace('Expires=60', 'Expires=604801'));
    expect(tooLong).toMatchObject({ status: 400, text: expect.stringContaining('AuthorizationQueryParametersError') });
    expect(await answerOf(`${server.endpoint}/media/%zz`)).toMatchObject({ status: 400 });
  });

  it('expires by the clock of the bucket', async () => {
    const url = await downloadUrl();

    await server.clock.advance(58_000);
    expect(await answerOf(url)).toMatchObject({ status: 200 });
    await server.clock.advance(3_000);
    expect((await answerOf(url)).text).toContain('<Message>Request has expired</Message>');
  });

  it('holds a holder to signed headers, and refuses x-amz headers it did not sign', async () => {
    const url = await uploadUrl(
      { ContentLength: 3 },
      { signableHeaders: new Set(['content-length', 'content-type', 'host']) },
    );

    expect(await putTo(url, 'PNG', { 'content-type': 'text/html' })).toMatchObject({ status: 403 });
    expect(await putTo(url, 'PNGPNG')).toMatchObject({ status: 403 });
    expect(await putTo(url, 'PNG', { 'content-type': 'image/png', 'x-amz-meta-a': '1' })).toMatchObject({
      status: 403,
    });
    expect(await putTo(url)).toMatchObject({ status: 200 });
  });
});
