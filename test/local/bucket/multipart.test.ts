import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { bucketServer, refusalOf } from './support.ts';

let server: Awaited<ReturnType<typeof bucketServer>>;
beforeAll(async () => {
  server = await bucketServer();
});
afterAll(() => server.close());

const names = { Bucket: 'media', Key: 'video' };
const large = Buffer.alloc(5 * 1024 * 1024, 1);

async function start(more = {}) {
  const client = server.client();
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...names, ContentType: 'video/mp4', ...more }),
  );
  const upload = (PartNumber: number, Body: Uint8Array | string) =>
    client.send(new UploadPartCommand({ ...names, UploadId, PartNumber, Body }));
  const complete = (...Parts: { PartNumber: number; ETag?: string | undefined }[]) =>
    client.send(new CompleteMultipartUploadCommand({ ...names, UploadId, MultipartUpload: { Parts: Parts as never } }));
  return { client, UploadId, upload, complete };
}

it('puts an object together from its parts, taking the last version of each', async () => {
  const { client, UploadId, upload, complete } = await start({ ChecksumAlgorithm: 'CRC32' });
  await upload(1, 'wrong');
  const first = await upload(1, large);
  const second = await upload(2, 'end');

  const listed = await client.send(new ListPartsCommand({ ...names, UploadId }));
  const done = await complete({ PartNumber: 1, ETag: first.ETag }, { PartNumber: 2, ETag: second.ETag });

  expect(listed.Parts).toMatchObject([
    { PartNumber: 1, Size: large.length },
    { PartNumber: 2, Size: 3 },
  ]);
  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  const object = await client.send(new GetObjectCommand(names));
  const bytes = await object.Body!.transformToByteArray();
  expect(Buffer.from(bytes).equals(Buffer.concat([large, Buffer.from('end')]))).toBe(true);
  expect(object).toMatchObject({ ContentType: 'video/mp4', ChecksumType: 'COMPOSITE' });
});

it('refuses parts that are too small, out of order, or not those that were sent', async () => {
  const { upload, complete } = await start();
  const [first, second] = [await upload(1, 'a'), await upload(2, 'b')];
  const parts = [
    { PartNumber: 1, ETag: first.ETag },
    { PartNumber: 2, ETag: second.ETag },
  ] as const;

  expect(await refusalOf(complete(...parts))).toMatchObject({ name: 'EntityTooSmall' });
  expect(await refusalOf(complete(parts[1], parts[0]))).toMatchObject({ name: 'InvalidPartOrder' });
  expect(await refusalOf(complete({ PartNumber: 1, ETag: '"x"' }))).toMatchObject({ name: 'InvalidPart' });
  expect(await refusalOf(complete({ PartNumber: 3, ETag: first.ETag }))).toMatchObject({ name: 'InvalidPart' });
  expect(await refusalOf(upload(10_001, 'x'))).toMatchObject({ name: 'InvalidArgument' });
});

it('forgets an upload that was called off', async () => {
  const { client, UploadId, upload } = await start({ Key: 'video' });
  await upload(1, 'a');

  const before = await client.send(new ListMultipartUploadsCommand({ Bucket: 'media' }));
  await client.send(new AbortMultipartUploadCommand({ ...names, UploadId }));

  expect(before.Uploads?.map((upload) => upload.UploadId)).toContain(UploadId);
  expect(await refusalOf(upload(2, 'b'))).toMatchObject({ name: 'NoSuchUpload' });
});

it('removes objects and unfinished uploads when the lifecycle says so, at midnight', async () => {
  const day = 86_400_000;
  const Rules = [
    { Status: 'Enabled', Prefix: 'tmp/', ExpirationInDays: 2 },
    { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
  ] as const;
  const noon = await bucketServer({ start: Math.floor(Date.now() / day) * day + day / 2 });
  noon.engine.createBucket('media', { lifecycle: { Rules } });
  const client = noon.client('OWNER', 'owner-secret', undefined, {
    systemClockOffset: noon.clock.now() - Date.now(),
  });
  for (const Key of ['tmp/1', 'kept']) await client.send(new PutObjectCommand({ Bucket: 'media', Key, Body: 'x' }));
  await client.send(new CreateMultipartUploadCommand({ Bucket: 'media', Key: 'half' }));
  const keys = () => noon.engine.list('media').map((object) => object.key);

  await noon.clock.advance(2 * day);
  expect(keys()).toEqual(['kept', 'tmp/1']);
  await noon.clock.advance(day / 2);
  expect(keys()).toEqual(['kept']);
  client.config.systemClockOffset = noon.clock.now() - Date.now();
  const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket: 'media' }));
  expect(uploads.Uploads).toBeUndefined();
  await noon.close();
});

it('refuses a lifecycle it would act on wrongly', () => {
  const rule = { Id: 'r1', Status: 'Enabled', ExpirationInDays: 1, TagFilters: [] } as const;
  expect(() => server.engine.createBucket('media', { lifecycle: { Rules: [rule] } })).toThrow('TagFilters');
});
