import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';

/** A form that uploads one object: post `fields`, then the file as `file`, to `url`. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What the bucket says of an object: its size in bytes and its first bytes. */
export interface Inspected {
  readonly bytes: number;
  readonly head: Uint8Array;
  /** Names exactly this content: `keep` takes no other. */
  readonly etag: string;
}

export interface Bucket {
  /** A form bound to exactly this key, type and size. POST, because a presigned PUT cannot bind the size. */
  allowUpload(object: { key: string; type: string; bytes: number; seconds: number }): Promise<UploadForm>;
  /** The object's size and first 16 bytes, in one request; undefined if there is none. */
  inspect(key: string): Promise<Inspected | undefined>;
  /** Copies an object to where it stays; false if it is no longer what was inspected. */
  keep(from: string, to: string, inspected: Inspected): Promise<boolean>;
  /** The whole object; undefined if there is none. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Stores an object that is at hand, to be shown. */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>;
  /** The keys that begin with a text, at most so many (1,000 at most). */
  list(prefix: string, limit: number): Promise<string[]>;
  /** Takes an object away; one that is not there is fine. */
  remove(key: string): Promise<void>;
  /** A link to the object for so many seconds: shows it, or, with a name, has it saved under that. */
  link(key: string, seconds: number, name?: string): Promise<string>;
}

/**
 * Whether an error says that the object is not there, or not as it was. S3 tells a role that may not list the bucket
 * AccessDenied for a missing object; an empty object has no first byte, which is as good as none.
 */
const isAbsent = (error: unknown) =>
  error instanceof Error &&
  ['NoSuchKey', 'NotFound', 'AccessDenied', 'InvalidRange', 'PreconditionFailed'].includes(error.name);

/** The header that has an answer saved, under a name in any script (RFC 6266, 8187). */
const savedAs = (name: string) =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;

export const s3Of = (platform: Platform) =>
  inTime(new S3Client({ ...clientConfig(platform, 'S3'), requestChecksumCalculation: 'WHEN_REQUIRED' }), platform);

export function bucketOf(platform: Platform): Bucket {
  const client = s3Of(platform);
  const Bucket = required(platform.environment, 'BUCKET_NAME');
  return {
    async allowUpload({ key, type, bytes, seconds }) {
      const { url, fields } = await createPresignedPost(client, {
        Bucket,
        Key: key,
        Fields: { 'Content-Type': type },
        Conditions: [['content-length-range', bytes, bytes]],
        Expires: seconds,
      });
      return { url, fields };
    },
    async inspect(key) {
      try {
        const object = await client.send(new GetObjectCommand({ Bucket, Key: key, Range: 'bytes=0-15' }));
        // `bytes 0-15/8144`: a ranged answer names the whole size.
        const bytes = Number(String(object.ContentRange).split('/')[1]);
        return { bytes, head: await object.Body!.transformToByteArray(), etag: String(object.ETag) };
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    async keep(from, to, { etag }) {
      try {
        const CopySource = `${Bucket}/${from}`;
        await client.send(new CopyObjectCommand({ Bucket, Key: to, CopySource, CopySourceIfMatch: etag }));
        return true;
      } catch (error) {
        if (isAbsent(error)) return false;
        throw error;
      }
    },
    async read(key) {
      try {
        return await (await client.send(new GetObjectCommand({ Bucket, Key: key }))).Body!.transformToByteArray();
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    async put(Key, Body, ContentType) {
      // Its key is never used for anything else: whoever has it may keep it as long as the link is good.
      const CacheControl = 'private, max-age=900, immutable';
      await client.send(
        new PutObjectCommand({ Bucket, Key, Body, ContentType, CacheControl, ContentDisposition: 'inline' }),
      );
    },
    async list(Prefix, MaxKeys) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys }));
      return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
    },
    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
    link(Key, expiresIn, name) {
      const asSaved = name === undefined ? {} : { ResponseContentDisposition: savedAs(name) };
      const signingDate = new Date(platform.now());
      return getSignedUrl(client, new GetObjectCommand({ Bucket, Key, ...asSaved }), { expiresIn, signingDate });
    },
  };
}
