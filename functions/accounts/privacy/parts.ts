import type { Readable } from 'node:stream';
import { Upload } from '@aws-sdk/lib-storage';
import { required } from '../../../shared/adapters/aws.ts';
import { s3Of } from '../../../shared/adapters/bucket.ts';
import type { Platform } from '../../../shared/core/platform.ts';

/** Stores what a stream gives, part by part, however much that is; gives back its size in bytes. */
export type StoreInParts = (key: string, content: Readable, type: string) => Promise<number>;

/** Apart from the bucket's other uses, because what it takes to upload in parts is a load on every function that has it. */
export function partsOf(platform: Platform): StoreInParts {
  const client = s3Of(platform);
  const Bucket = required(platform.environment, 'BUCKET_NAME');
  return async (Key, Body, ContentType) => {
    const upload = new Upload({ client, params: { Bucket, Key, Body, ContentType }, queueSize: 2 });
    let bytes = 0;
    upload.on('httpUploadProgress', ({ loaded = 0 }) => {
      bytes = loaded;
    });
    await upload.done();
    return bytes;
  };
}
