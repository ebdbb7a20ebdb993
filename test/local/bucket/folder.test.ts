import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { bucketServer } from './support.ts';

let folder: string;
const opened: Awaited<ReturnType<typeof bucketServer>>[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bucket-'));
});
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
  rmSync(folder, { recursive: true });
});

async function open() {
  const server = await bucketServer({ folder });
  opened.push(server);
  return server;
}

const put = (server: Awaited<ReturnType<typeof open>>, Key: string, Body: string) =>
  server.client().send(new PutObjectCommand({ Bucket: 'media', Key, Body, Metadata: { a: '1' } }));
const filesIn = (name: string) =>
  readdirSync(join(folder, 'media', name)).map((file) => join(folder, 'media', name, file));

it('keeps objects over a restart', async () => {
  const first = await open();
  await put(first, 'a/한글.txt', 'one');
  await put(first, 'a/한글.txt', 'two');
  await put(first, 'gone', 'x');
  await first.client().send(new DeleteObjectCommand({ Bucket: 'media', Key: 'gone' }));
  // Not closed: as if the process had been killed.

  const second = await open();
  const object = await second.client().send(new GetObjectCommand({ Bucket: 'media', Key: 'a/한글.txt' }));

  expect(await object.Body!.transformToString()).toBe('two');
  expect(object.Metadata).toEqual({ a: '1' });
  expect(second.engine.list('media')).toEqual(first.engine.list('media'));
  expect(filesIn('data')).toHaveLength(1);
});

it('goes on with an upload in parts after a restart', async () => {
  const first = await open();
  const names = { Bucket: 'media', Key: 'parts' };
  const { UploadId } = await first.client().send(new CreateMultipartUploadCommand(names));
  const part = { ...names, UploadId, PartNumber: 1 };
  const { ETag } = await first.client().send(new UploadPartCommand({ ...part, Body: 'abc' }));

  const second = await open();
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await second.client().send(new CompleteMultipartUploadCommand({ ...names, UploadId, MultipartUpload }));

  const object = await second.client().send(new GetObjectCommand({ ...names, Range: 'bytes=1-1' }));
  expect(await object.Body!.transformToString()).toBe('b');
  expect(filesIn('uploads')).toEqual([]);
});

it('sweeps up what a killed process left half written', async () => {
  await put(await open(), 'x', 'x');
  writeFileSync(join(folder, 'media', 'data', 'half.tmp'), 'ha');
  writeFileSync(join(folder, 'media', 'objects', 'half.json.tmp'), '{"ke');

  const second = await open();

  expect(second.engine.list('media').map((object) => object.key)).toEqual(['x']);
  expect(filesIn('data')).toHaveLength(1);
});

it.each([
  ['is cut short', (text: string) => text.slice(0, 20)],
  ['describes nothing', () => '{}'],
])('names a metadata file that %s', async (_, spoil) => {
  await put(await open(), 'x', 'x');
  const file = filesIn('objects')[0]!;
  writeFileSync(file, spoil(readFileSync(file, 'utf8')));

  await expect(open()).rejects.toThrow(`The bucket's metadata file ${file} is broken`);
});

it('names a data file that is missing or too short', async () => {
  await put(await open(), 'x', 'text');
  const file = filesIn('data')[0]!;

  writeFileSync(file, 'te');
  await expect(open()).rejects.toThrow(`${file} holds 2 bytes instead of 4`);
  rmSync(file);
  await expect(open()).rejects.toThrow(`${file} is missing`);
});
