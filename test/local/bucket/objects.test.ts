import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { bucketServer, refusalOf } from './support.ts';

let server: Awaited<ReturnType<typeof bucketServer>>;
beforeAll(async () => {
  server = await bucketServer();
});
afterAll(() => server.close());

const Bucket = 'media';
const put = (Key: string, Body: string | Uint8Array = 'x', more = {}) =>
  server.client().send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = (Key: string, more = {}) => server.client().send(new GetObjectCommand({ Bucket, Key, ...more }));
const textOf = async (answer: Awaited<ReturnType<typeof get>>) => answer.Body!.transformToString();

describe('an object', () => {
  it('comes back with its bytes, headers and metadata', async () => {
    const key = "a/b c+é'(1)*~.txt";

    await put(key, 'hello', { ContentType: 'text/plain', CacheControl: 'max-age=60', Metadata: { owner: 'u1' } });

    const answer = await get(key);
    expect(await textOf(answer)).toBe('hello');
    expect(answer).toMatchObject({ ContentType: 'text/plain', CacheControl: 'max-age=60', Metadata: { owner: 'u1' } });
    expect(answer.ETag).toBe(`"${createHash('md5').update('hello').digest('hex')}"`);
    expect(answer.LastModified).toEqual(new Date(Math.floor(server.clock.now() / 1000) * 1000));
  });

  it('keeps the exact bytes of a stream sent in chunks', async () => {
    const bytes = Buffer.alloc(200_000, 'z');
    const Body = Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]);

    await server.client().send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: bytes.length }));

    const answer = await get('stream');
    expect(Buffer.from(await answer.Body!.transformToByteArray()).equals(bytes)).toBe(true);
    expect(answer.ContentEncoding).toBeUndefined();
    expect(answer.ChecksumCRC32).toBeDefined();
  });

  it.each([
    ['bytes=1-3', 'ell', 'bytes 1-3/5'],
    ['bytes=3-', 'lo', 'bytes 3-4/5'],
    ['bytes=-2', 'lo', 'bytes 3-4/5'],
    ['bytes=2-99', 'llo', 'bytes 2-4/5'],
  ])('is read in part with %s', async (Range, text, ContentRange) => {
    await put('range', 'hello');

    const answer = await get('range', { Range });

    expect(await textOf(answer)).toBe(text);
    expect(answer).toMatchObject({ ContentRange, $metadata: { httpStatusCode: 206 } });
  });

  it('refuses a range beyond its end', async () => {
    await put('range', 'hello');
    expect(await refusalOf(get('range', { Range: 'bytes=5-' }))).toMatchObject({ name: 'InvalidRange' });
  });

  it('refuses a body that does not fit its digest', async () => {
    const other = (algorithm: string) => createHash(algorithm).update('other').digest('base64');

    expect(await refusalOf(put('bad', 'x', { ChecksumSHA256: other('sha256') }))).toMatchObject({ name: 'BadDigest' });
    expect(await refusalOf(put('bad', 'x', { ContentMD5: other('md5') }))).toMatchObject({ name: 'BadDigest' });
    expect(await refusalOf(put('bad', 'x', { ContentMD5: 'AAAA' }))).toMatchObject({ name: 'InvalidDigest' });
    expect(server.engine.list(Bucket).map((object) => object.key)).not.toContain('bad');
  });

  it('refuses wishes the bucket does not know instead of ignoring them', async () => {
    expect(await refusalOf(put('x', 'x', { ACL: 'public-read' }))).toMatchObject({
      name: 'AccessControlListNotSupported',
    });
    expect(await refusalOf(put('x', 'x', { Tagging: 'a=b' }))).toMatchObject({ name: 'NotImplemented' });
    const tagging = new PutObjectTaggingCommand({ Bucket, Key: 'x', Tagging: { TagSet: [] } });
    expect(await refusalOf(server.client().send(tagging))).toMatchObject({ name: 'NotImplemented' });
    expect(await refusalOf(put('x'.repeat(1025)))).toMatchObject({ name: 'KeyTooLongError' });
  });

  it('is missing with the errors of S3', async () => {
    expect(await refusalOf(get('nothing'))).toMatchObject({ name: 'NoSuchKey' });
    const head = server.client().send(new HeadObjectCommand({ Bucket, Key: 'nothing' }));
    expect(await refusalOf(head)).toMatchObject({ name: 'NotFound', $metadata: { httpStatusCode: 404 } });
    const elsewhere = server.client().send(new GetObjectCommand({ Bucket: 'nowhere', Key: 'x' }));
    expect(await refusalOf(elsewhere)).toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('conditions', () => {
  it('keep a write from replacing an object', async () => {
    const { ETag } = await put('once', '1', { IfNoneMatch: '*' });

    expect(await refusalOf(put('once', '2', { IfNoneMatch: '*' }))).toMatchObject({ name: 'PreconditionFailed' });
    expect(await refusalOf(put('once', '2', { IfMatch: '"other"' }))).toMatchObject({ name: 'PreconditionFailed' });
    expect(await refusalOf(put('never', '2', { IfMatch: ETag }))).toMatchObject({ name: 'NoSuchKey' });
    await put('once', '3', { IfMatch: ETag });
    expect(await textOf(await get('once'))).toBe('3');
  });

  it('let only one of many writers create an object', async () => {
    const writes = Array.from({ length: 10 }, (_, n) => put('race', `${n}`, { IfNoneMatch: '*' }));

    const results = await Promise.allSettled(writes);

    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('spare a reader what it has', async () => {
    const { ETag } = await put('cached');
    const now = new Date(server.clock.now());
    const before = new Date(server.clock.now() - 60_000);

    expect(await refusalOf(get('cached', { IfNoneMatch: ETag }))).toMatchObject({ $metadata: { httpStatusCode: 304 } });
    const unchanged = refusalOf(get('cached', { IfModifiedSince: now }));
    expect(await unchanged).toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect(await refusalOf(get('cached', { IfMatch: '"x"' }))).toMatchObject({ name: 'PreconditionFailed' });
    expect(await refusalOf(get('cached', { IfUnmodifiedSince: before }))).toMatchObject({ name: 'PreconditionFailed' });
    await get('cached', { IfModifiedSince: before, IfMatch: ETag });
  });
});

describe('a listing', () => {
  const list = (more: object) => server.client().send(new ListObjectsV2Command({ Bucket, ...more }));
  beforeAll(async () => {
    for (const key of ['l/1', 'l/a/1', 'l/a/2', 'l/b/1', 'l/z', 'l/😀', 'l/\uffee']) await put(key);
  });

  it('goes on where the page before ended, in the order of bytes', async () => {
    const keys: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await list({ Prefix: 'l/', MaxKeys: 2, ContinuationToken: token });
      keys.push(...(page.Contents ?? []).map((object) => object.Key));
      token = page.NextContinuationToken;
    } while (token);

    expect(keys).toEqual(['l/1', 'l/a/1', 'l/a/2', 'l/b/1', 'l/z', 'l/\uffee', 'l/😀']);
  });

  it('groups by a delimiter, each group counting once', async () => {
    const first = await list({ Prefix: 'l/', Delimiter: '/', MaxKeys: 2 });
    const rest = await list({ Prefix: 'l/', Delimiter: '/', ContinuationToken: first.NextContinuationToken });

    expect(first).toMatchObject({ KeyCount: 2, IsTruncated: true, CommonPrefixes: [{ Prefix: 'l/a/' }] });
    expect(rest).toMatchObject({ KeyCount: 4, IsTruncated: false, CommonPrefixes: [{ Prefix: 'l/b/' }] });
  });

  it('B6: goes on only at a place that it gave out', async () => {
    const { NextContinuationToken: given } = await list({ Prefix: 'l/', MaxKeys: 2 });
    const made = Buffer.from('l/b/1').toString('base64url');

    expect(await list({ Prefix: 'l/', ContinuationToken: given })).toMatchObject({ KeyCount: 5 });
    for (const ContinuationToken of ['', 'zzz', made, `${given}A`, `A${given}`])
      expect(await refusalOf(list({ Prefix: 'l/', ContinuationToken }))).toMatchObject({ name: 'InvalidArgument' });
  });

  it('starts after a key and can be empty', async () => {
    const after = await list({ Prefix: 'l/', StartAfter: 'l/b/1', MaxKeys: 1 });

    expect(after.Contents).toMatchObject([{ Key: 'l/z', Size: 1 }]);
    expect(await list({ Prefix: 'nothing/' })).toMatchObject({ KeyCount: 0, IsTruncated: false });
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });
});

describe('copy and delete', () => {
  it('copies with the metadata of the source, or with its own', async () => {
    await put('from é', 'text', { ContentType: 'text/plain', Metadata: { a: '1' } });
    const copy = (more: object) =>
      server
        .client()
        .send(
          new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `media/${encodeURIComponent('from é')}`, ...more }),
        );

    await copy({});
    expect(await get('to')).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' } });
    await copy({ MetadataDirective: 'REPLACE', ContentType: 'text/csv' });
    expect(await get('to')).toMatchObject({ ContentType: 'text/csv', Metadata: {} });
    expect(await refusalOf(copy({ CopySourceIfMatch: '"x"' }))).toMatchObject({ name: 'PreconditionFailed' });
    expect(await refusalOf(copy({ CopySource: 'media/nothing' }))).toMatchObject({ name: 'NoSuchKey' });
    expect(await refusalOf(copy({ CopySource: 'media/to' }))).toMatchObject({ name: 'InvalidRequest' });
  });

  it('deletes one or many, also what is not there', async () => {
    await put('d/1');
    await put('d/<&>2');
    const Objects = [{ Key: 'd/<&>2' }, { Key: 'd/nothing' }];

    await server.client().send(new DeleteObjectCommand({ Bucket, Key: 'd/1' }));
    await server.client().send(new DeleteObjectCommand({ Bucket, Key: 'd/1' }));
    const many = await server.client().send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));

    expect(many.Deleted).toEqual(Objects);
    expect(server.engine.list(Bucket).filter((object) => object.key.startsWith('d/'))).toEqual([]);
  });
});

it('creates, finds and deletes buckets', async () => {
  const client = server.client();
  await client.send(new CreateBucketCommand({ Bucket: 'another-one' }));
  await client.send(new PutObjectCommand({ Bucket: 'another-one', Key: 'x', Body: 'x' }));

  const again = refusalOf(client.send(new CreateBucketCommand({ Bucket: 'another-one' })));
  expect(await again).toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
  await client.send(new HeadBucketCommand({ Bucket: 'another-one' }));
  await client.send(new GetBucketLocationCommand({ Bucket: 'another-one' }));
  expect((await client.send(new ListBucketsCommand({}))).Buckets).toMatchObject([
    { Name: 'another-one' },
    { Name: 'media' },
  ]);
  const full = refusalOf(client.send(new DeleteBucketCommand({ Bucket: 'another-one' })));
  expect(await full).toMatchObject({ name: 'BucketNotEmpty' });
  await client.send(new DeleteObjectCommand({ Bucket: 'another-one', Key: 'x' }));
  await client.send(new DeleteBucketCommand({ Bucket: 'another-one' }));
  expect(await refusalOf(client.send(new HeadBucketCommand({ Bucket: 'another-one' })))).toMatchObject({
    name: 'NotFound',
  });
  expect(() => server.engine.createBucket('../evil')).toThrow('not valid');
});
