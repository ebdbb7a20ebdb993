import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { bucketServer } from './support.ts';

let server: Awaited<ReturnType<typeof bucketServer>>;
beforeAll(async () => {
  server = await bucketServer();
});
afterAll(() => server.close());

interface Upload {
  readonly options?: Partial<PresignedPostOptions>;
  /** Changes to the signed form. */
  readonly form?: Record<string, string | undefined>;
  readonly file?: string;
  readonly fileName?: string;
  readonly client?: ReturnType<typeof server.client>;
  /** Fields after the file. */
  readonly after?: Record<string, string>;
  readonly bucket?: string;
}

async function upload({
  options,
  form,
  file = 'x'.repeat(100),
  fileName = 'pic.png',
  client,
  after,
  bucket,
}: Upload = {}) {
  const post = await createPresignedPost(client ?? server.client(), {
    Bucket: 'media',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: S3 fills it in
    Key: 'post/${filename}',
    Conditions: [
      ['content-length-range', 10, 1000],
      ['starts-with', '$Content-Type', 'image/'],
    ],
    Fields: { 'Content-Type': 'image/png' },
    Expires: 60,
    ...options,
  });
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...post.fields, ...form }))
    if (value !== undefined) body.append(name, value);
  body.append('file', new Blob([file], { type: 'image/png' }), fileName);
  for (const [name, value] of Object.entries(after ?? {})) body.append(name, value);
  const url = bucket ? post.url.replace('/media', `/${bucket}`) : post.url;
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const refused = (what: string, status = 403) => ({ status, text: expect.stringContaining(what) });

describe('a presigned form', () => {
  it('puts the file under its name', async () => {
    expect(await upload()).toMatchObject({ status: 204 });

    const object = await server.client().send(new HeadObjectCommand({ Bucket: 'media', Key: 'post/pic.png' }));
    expect(object).toMatchObject({ ContentLength: 100, ContentType: 'image/png' });
  });

  it('takes a Korean file name, and the last part of a path', async () => {
    expect(await upload({ fileName: '사진 1.png' })).toMatchObject({ status: 204 });
    expect(await upload({ fileName: '../../$&.png' })).toMatchObject({ status: 204 });

    const keys = server.engine.list('media').map((object) => object.key);
    expect(keys).toEqual(expect.arrayContaining(['post/사진 1.png', 'post/$&.png']));
  });

  it('answers as the form wishes', async () => {
    const created = await upload({
      options: { Fields: { 'Content-Type': 'image/png', success_action_status: '201' } },
    });
    expect(created).toMatchObject({ status: 201, text: expect.stringContaining('<Key>post/pic.png</Key>') });

    const home = 'https://moim.example/done?a=1';
    const moved = await upload({ options: { Fields: { 'Content-Type': 'image/png', success_action_redirect: home } } });
    expect(moved.status).toBe(303);
    expect(moved.headers.get('location')).toContain(`${home}&bucket=media&key=post%2Fpic.png&etag=`);
  });

  it('keeps to the sizes of its policy, ends included', async () => {
    expect(await upload({ file: 'x'.repeat(1001) })).toMatchObject(refused('EntityTooLarge', 400));
    expect(await upload({ file: 'x'.repeat(9) })).toMatchObject(refused('EntityTooSmall', 400));
    expect(await upload({ file: 'x'.repeat(10) })).toMatchObject({ status: 204 });
    expect(await upload({ file: 'x'.repeat(1000) })).toMatchObject({ status: 204 });
  });

  it('keeps to an exact key and type', async () => {
    const options = { Key: 'exact/1', Conditions: [['eq', '$Content-Type', 'image/png'] as never] };

    expect(await upload({ options })).toMatchObject({ status: 204 });
    expect(await upload({ options, form: { key: 'exact/2' } })).toMatchObject(refused('Policy Condition failed'));
    expect(await upload({ options, form: { 'Content-Type': 'image/gif' } })).toMatchObject(
      refused('Policy Condition failed'),
    );
    expect(await upload({ options, form: { 'Content-Type': undefined } })).toMatchObject(
      refused('Policy Condition failed'),
    );
  });

  it.each([
    ['a key beside the policy', { form: { key: 'evil/x' } }, 'Policy Condition failed'],
    ['a type beside the policy', { form: { 'Content-Type': 'text/html' } }, 'Policy Condition failed'],
    ['a field the policy does not name', { form: { acl: 'public-read' } }, 'Extra input fields: acl'],
    ['a policy that has expired', { options: { Expires: -5 } }, 'Policy expired'],
    [
      'another policy',
      { form: { Policy: btoa('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}') } },
      'SignatureDoesNotMatch',
    ],
    ['a form without a policy', { form: { Policy: undefined } }, 'AccessDenied'],
    ['another bucket in the form', { form: { bucket: 'other' } }, 'AccessDenied'],
  ])('refuses %s', async (_, change, message) => {
    expect(await upload(change)).toMatchObject(refused(message));
  });

  it('refuses a form sent to another bucket, also when the form does not name one', async () => {
    server.engine.createBucket('other');

    expect(await upload({ bucket: 'other' })).toMatchObject({ status: 403 });
    expect(await upload({ bucket: 'other', form: { bucket: undefined } })).toMatchObject(
      refused('Policy Condition failed'),
    );
  });

  it('refuses a policy signed with a wrong secret, or by one who may not write there', async () => {
    const reader = server.clientWith((action) => action === 's3:GetObject');

    expect(await upload({ client: server.client('OWNER', 'wrong') })).toMatchObject(refused('SignatureDoesNotMatch'));
    expect(await upload({ client: reader })).toMatchObject(refused('s3:PutObject'));
  });

  it('ignores x-ignore fields and what follows the file', async () => {
    const form = { 'x-ignore-this': '1' };
    expect(await upload({ form, after: { key: 'evil/x', acl: 'public-read' } })).toMatchObject({ status: 204 });
  });

  it('lets the file be checked by a digest in the form', async () => {
    const Fields = { 'Content-Type': 'image/png', 'x-amz-checksum-crc32': 'AAAAAA==' };
    expect(await upload({ options: { Fields } })).toMatchObject(refused('BadDigest', 400));
  });

  it('refuses a body that is no form, or has no file or key', async () => {
    const send = (body: string | FormData, headers: Record<string, string> = {}) =>
      fetch(`${server.endpoint}/media`, { method: 'POST', body, headers }).then((answer) => answer.text());
    const noKey = new FormData();
    noKey.append('file', new Blob(['x']), 'x');
    const noFile = new FormData();
    noFile.append('key', 'x');

    expect(await send('text', { 'content-type': 'multipart/form-data; boundary=x' })).toContain('MalformedPOSTRequest');
    expect(await send(noFile)).toContain('exactly one file');
    expect(await send(noKey)).toContain('AccessDenied');
  });
});
