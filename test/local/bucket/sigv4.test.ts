import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { EngineRequest } from '../../../local/engines/engine.ts';
import { readCredentialScope, signatureErrorCode, verifySignature } from '../../../local/engines/sigv4.ts';

/** The examples of AWS's own documentation ("Authenticating Requests", GET with query parameters and with headers). */
const example = {
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  now: Date.UTC(2013, 4, 24),
  host: 'examplebucket.s3.amazonaws.com',
  empty: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
};
const options = { secretOf: () => example.secret, now: example.now };
const none = new Uint8Array();

describe('the examples of the documentation', () => {
  it('holds a presigned GET', () => {
    const path =
      '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2F' +
      'aws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
      '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
    const request = { method: 'GET', path, headers: { host: example.host }, body: none };

    expect(verifySignature(request, options)).toMatchObject({ ok: true, form: 'query', payload: 'UNSIGNED-PAYLOAD' });
    const late = { ...options, now: example.now + 86_400_000 };
    expect(verifySignature(request, late)).toMatchObject({ ok: false, reason: 'expired' });
    const early = { ...options, now: example.now - 16 * 60_000 };
    expect(verifySignature(request, early)).toMatchObject({ ok: false, reason: 'expired' });
  });

  it('holds a GET with a range in a signed header', () => {
    const request = {
      method: 'GET',
      path: '/test.txt',
      headers: {
        host: example.host,
        range: 'bytes=0-9',
        'x-amz-content-sha256': example.empty,
        'x-amz-date': '20130524T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
          'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,' +
          'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      },
      body: none,
    };

    expect(verifySignature(request, options)).toMatchObject({ ok: true, form: 'header' });
    expect(verifySignature({ ...request, method: 'PUT' }, options)).toMatchObject({ reason: 'mismatch' });
    expect(verifySignature({ ...request, body: Buffer.from('x') }, options)).toMatchObject({ reason: 'payload' });
  });
});

/** The request an SDK client would send, caught before it leaves. */
async function caught(send: (requestHandler: never) => Promise<unknown>): Promise<EngineRequest> {
  let request: EngineRequest | undefined;
  const handle = async (sent: {
    method: string;
    path: string;
    headers: Record<string, string>;
    body?: string | Uint8Array;
  }) => {
    const headers = Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]);
    const body = Buffer.from(sent.body ?? '');
    request = { method: sent.method, path: sent.path, headers: Object.fromEntries(headers), body };
    throw new Error('caught');
  };
  await send({ handle } as never).catch(() => {});
  return request!;
}

const credentials = { accessKeyId: 'KEY', secretAccessKey: 'SECRET' };
const client = { region: 'us-east-1', endpoint: 'http://127.0.0.1:1', credentials, maxAttempts: 1 };
const sentMail = () =>
  caught((requestHandler) =>
    new SESClient({ ...client, requestHandler }).send(
      new SendEmailCommand({ Source: 'a@b.c', Destination: {}, Message: { Subject: { Data: 's' }, Body: {} } }),
    ),
  );
const verify = (request: EngineRequest, change = {}) =>
  verifySignature(request, { secretOf: (id) => (id === 'KEY' ? 'SECRET' : undefined), now: Date.now(), ...change });

describe('requests of the SDK to other services', () => {
  it('hold, also with paths that are encoded twice', async () => {
    const post = await caught((requestHandler) =>
      new ApiGatewayManagementApiClient({ ...client, requestHandler }).send(
        new PostToConnectionCommand({ ConnectionId: 'a+b=', Data: Buffer.from('x') }),
      ),
    );

    expect(post.path).toContain('%3D');
    expect(verify(post)).toMatchObject({ ok: true, service: 'execute-api' });
    expect(verify(await sentMail())).toMatchObject({ ok: true, service: 'ses', region: 'us-east-1' });
  });

  it('do not hold once anything is changed', async () => {
    const request = await sentMail();
    const withHeader = (name: string, value: string) => ({
      ...request,
      headers: { ...request.headers, [name]: value },
    });
    const { authorization = '' } = request.headers;

    expect(verify({ ...request, body: Buffer.from('Action=Other') })).toMatchObject({ reason: 'mismatch' });
    expect(verify({ ...request, path: '/?x=1' })).toMatchObject({ reason: 'mismatch' });
    expect(verify(request, { secretOf: () => 'OTHER' })).toMatchObject({ reason: 'mismatch' });
    expect(verify(request, { secretOf: () => undefined })).toMatchObject({ reason: 'unknown-key' });
    expect(verify(request, { now: Date.now() + 16 * 60_000 })).toMatchObject({ reason: 'skewed' });
    expect(verify(request, { now: Date.now() - 16 * 60_000 })).toMatchObject({ reason: 'skewed' });
    expect(verify(withHeader('x-amz-date', '20200101T000000Z'))).toMatchObject({ reason: 'malformed' });
    expect(verify(withHeader('authorization', 'Bearer abc'))).toMatchObject({ reason: 'malformed' });
    expect(verify(withHeader('authorization', authorization.replace(';host', '')))).toMatchObject({
      reason: 'malformed',
    });
    expect(verify(withHeader('authorization', authorization.replace(/Signature=.*/, '')))).toMatchObject({
      reason: 'malformed',
    });
    expect(verify({ ...request, path: '/?X-Amz-Signature=1' })).toMatchObject({ reason: 'malformed' });
    expect(verify({ ...request, path: '/%' })).toMatchObject({ reason: 'malformed' });
    expect(verify({ ...request, headers: {} })).toMatchObject({ reason: 'missing' });
  });
});

describe('reading whom a request claims to come from', () => {
  const scope = { accessKeyId: 'KEY', region: 'us-east-1' };
  const bare = (path: string) => ({ method: 'GET', path, headers: {}, body: none });

  it('finds the credential in header, query and form', async () => {
    const post = await createPresignedPost(new S3Client(client), { Bucket: 'b', Key: 'k' });
    const form = new FormData();
    for (const [name, value] of Object.entries(post.fields)) form.append(name, value);
    const sent = new Response(form);
    const headers = { 'content-type': sent.headers.get('content-type')! };
    const body = new Uint8Array(await sent.arrayBuffer());

    expect(readCredentialScope(await sentMail())).toMatchObject({ ...scope, form: 'header', service: 'ses' });
    expect(
      readCredentialScope(bare('/x?X-Amz-Credential=KEY%2F20200101%2Fus-east-1%2Fs3%2Faws4_request&b=1')),
    ).toMatchObject({ ...scope, form: 'query', service: 's3' });
    expect(readCredentialScope({ method: 'POST', path: '/b', headers, body })).toMatchObject({
      ...scope,
      form: 'post',
    });
  });

  it('finds none in other requests', () => {
    expect(readCredentialScope(bare('/'))).toBeUndefined();
    expect(readCredentialScope(bare('/?X-Amz-Credential=%zz'))).toBeUndefined();
    expect(readCredentialScope(bare('/?X-Amz-Credential=KEY'))).toBeUndefined();
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(readCredentialScope({ method: 'POST', path: '/', headers, body: none })).toBeUndefined();
  });
});

it('has the error codes of both protocols', () => {
  expect(signatureErrorCode('mismatch', 'json')).toBe('InvalidSignatureException');
  expect(signatureErrorCode('unknown-key', 'query')).toBe('InvalidClientTokenId');
});
