import type { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { required } from '../../../shared/adapters/aws.ts';
import { s3Of } from '../../../shared/adapters/bucket.ts';
import type { Platform } from '../../../shared/core/platform.ts';

/** Stores what a stream gives, part by part, however much that is; gives back its size in bytes. */
export type StoreInParts = (key: string, content: Readable, type: string) => Promise<number>;

/** Bytes of a part. S3 takes 5 MiB to 5 GiB, the last part may be smaller, and 10,000 parts: 80 GiB. */
const partBytes = 8 * 1024 * 1024;

/** The content in parts of this size; the last one is what is left, and is there even if it is empty. */
export async function* inParts(content: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let held = 0;
  for await (const piece of content) {
    let rest = piece;
    while (held + rest.length > bytes) {
      const fits = bytes - held;
      yield Buffer.concat([...pieces, rest.subarray(0, fits)]);
      [pieces, held, rest] = [[], 0, rest.subarray(fits)];
    }
    pieces.push(rest);
    held += rest.length;
  }
  yield Buffer.concat(pieces);
}

/** Apart from the bucket's other uses, because what it takes to upload in parts is a load on every function that has it. */
export function partsOf(platform: Platform): StoreInParts {
  const client = s3Of(platform);
  const Bucket = required(platform.environment, 'BUCKET_NAME');

  /** Uploads two parts and more. The parts of an upload that fails go by the bucket's rule for broken uploads, in a day. */
  async function uploaded(Key: string, ContentType: string, parts: AsyncIterable<Uint8Array>): Promise<number> {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType }));
    const upload = { Bucket, Key, UploadId };
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    let bytes = 0;
    for await (const Body of parts) {
      const PartNumber = Parts.length + 1;
      const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
      bytes += Body.length;
    }
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    return bytes;
  }

  return async (Key, content, ContentType) => {
    const parts = inParts(content, partBytes);
    const first: Uint8Array = (await parts.next()).value;
    const second = await parts.next();
    if (second.done) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: first, ContentType }));
      return first.length;
    }
    const all = async function* () {
      yield first;
      yield second.value;
      yield* parts;
    };
    return uploaded(Key, ContentType, all());
  };
}
