import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Allows, bucketServer, refusalOf } from './support.ts';

let server: Awaited<ReturnType<typeof bucketServer>>;
beforeAll(async () => {
  server = await bucketServer();
  for (const Key of ['u/1', 'v/1'])
    await server.client().send(new PutObjectCommand({ Bucket: 'media', Key, Body: 'x' }));
});
afterAll(() => server.close());

const Bucket = 'media';
const may = (...rights: [action: string, prefix: string][]): Allows => {
  return (action, resource) =>
    rights.some(([allowed, prefix]) => allowed === action && resource.startsWith(`arn:aws:s3:::media/${prefix}`));
};

it('refuses every operation without its right, naming action and resource', async () => {
  const client = server.clientWith(() => false, 'role/nothing');
  const names = { Bucket, Key: 'u/1' };
  const calls = [
    ['s3:GetObject', '/u/1', () => client.send(new GetObjectCommand(names))],
    ['s3:PutObject', '/u/1', () => client.send(new PutObjectCommand({ ...names, Body: 'y' }))],
    ['s3:DeleteObject', '/u/1', () => client.send(new DeleteObjectCommand(names))],
    ['s3:ListBucket', '', () => client.send(new ListObjectsV2Command({ Bucket }))],
    ['s3:PutObject', '/u/1', () => client.send(new CreateMultipartUploadCommand(names))],
    [
      's3:AbortMultipartUpload',
      '/u/1',
      () => client.send(new AbortMultipartUploadCommand({ ...names, UploadId: 'x' })),
    ],
    ['s3:CreateBucket', '', () => client.send(new CreateBucketCommand({ Bucket }))],
  ] as const;

  for (const [action, path, call] of calls) {
    const refusal = await refusalOf(call());
    expect(refusal).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    expect(refusal.message).toContain(`role/nothing is not authorized to perform: ${action}`);
    expect(refusal.message).toContain(`"arn:aws:s3:::media${path}"`);
  }
});

it('allows within the prefix of a policy and not beside it', async () => {
  const client = server.clientWith(may(['s3:PutObject', 'u/']));

  await client.send(new PutObjectCommand({ Bucket, Key: 'u/2', Body: 'y' }));

  expect(await refusalOf(client.send(new PutObjectCommand({ Bucket, Key: 'v/2', Body: 'y' })))).toMatchObject({
    name: 'AccessDenied',
  });
});

it('tells only those who may list that an object is missing', async () => {
  const reader = may(['s3:GetObject', '']);
  const blind = server.clientWith(reader, 'role/blind');
  const seeing = server.clientWith((...a) => a[0] === 's3:ListBucket' || reader(...a), 'role/seeing');
  const missing = new GetObjectCommand({ Bucket, Key: 'u/none' });

  expect(await refusalOf(blind.send(missing))).toMatchObject({ name: 'AccessDenied' });
  expect(await refusalOf(seeing.send(missing))).toMatchObject({ name: 'NoSuchKey' });
});

it('asks for both ends of a copy', async () => {
  const copy = new CopyObjectCommand({ Bucket, Key: 'u/copy', CopySource: 'media/v/1' });
  const half = server.clientWith(may(['s3:PutObject', 'u/']), 'role/half');
  const whole = server.clientWith(may(['s3:PutObject', 'u/'], ['s3:GetObject', 'v/']), 'role/whole');

  expect((await refusalOf(half.send(copy))).message).toContain('s3:GetObject');
  await whole.send(copy);
});

it('deletes what may be deleted of many, and says what may not', async () => {
  const client = server.clientWith(may(['s3:DeleteObject', 'u/']));
  const Objects = [{ Key: 'u/copy' }, { Key: 'v/1' }];

  const answer = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));

  expect(answer.Deleted).toEqual([{ Key: 'u/copy' }]);
  expect(answer.Errors).toMatchObject([{ Key: 'v/1', Code: 'AccessDenied' }]);
});

it('hands conditions to the policy', async () => {
  const seen: unknown[] = [];
  const client = server.clientWith((_action, _resource, conditions) => seen.push(conditions) > 0);

  await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'u/', MaxKeys: 5 }));

  expect(seen).toEqual([
    expect.objectContaining({ 's3:prefix': ['u/'], 's3:max-keys': ['5'], 's3:authType': ['REST-HEADER'] }),
  ]);
});

it('lets a presigned URL do no more than its signer may', async () => {
  const client = server.clientWith(may(['s3:GetObject', 'u/']));
  const url = (Key: string) => getSignedUrl(client, new GetObjectCommand({ Bucket, Key }));

  expect((await fetch(await url('u/1'))).status).toBe(200);
  expect((await fetch(await url('v/1'))).status).toBe(403);
});
