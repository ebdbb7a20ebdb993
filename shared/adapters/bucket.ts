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
import { limits } from '../product/limits.ts';
import { clientConfig, inTime, required } from './aws.ts';
import { edgeKeysOf, mediaLink } from './media.ts';

/** A form that uploads one object: POST `fields`, followed by the file as `file`, to `url`. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The size of an object in bytes, and its first bytes. */
export interface Inspected {
  readonly bytes: number;
  readonly head: Uint8Array;
  /** Identifies exactly this content: `keep` copies no other. */
  readonly etag: string;
}

export interface Bucket {
  /**
   * A form that is bound to exactly this key, type and size, valid for `seconds`. It is a POST because a presigned PUT
   * cannot bind the size.
   */
  allowUpload(object: { key: string; type: string; bytes: number; seconds: number }): Promise<UploadForm>;
  /** The object's size and its first 16 bytes, in one request; undefined if there is no object. */
  inspect(key: string): Promise<Inspected | undefined>;
  /** Copies an object to its permanent key; false if it is no longer the object that was inspected. */
  keep(from: string, to: string, inspected: Inspected): Promise<boolean>;
  /** The whole object; undefined if there is none. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Stores an object that browsers may show. */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>;
  /** At most `limit` keys that begin with `prefix`. The bucket gives 1,000 at most. */
  list(prefix: string, limit: number): Promise<string[]>;
  /** Deletes an object. Idempotent. */
  remove(key: string): Promise<void>;
  /** The address of a picture for browsers, good for at least ten minutes: at the distribution, if there is one. */
  show(key: string): Promise<string>;
  /**
   * A link to the object that is valid for `seconds`. It shows the object; with `name` it downloads it under that name.
   */
  link(key: string, seconds: number, name?: string): Promise<string>;
}

/**
 * Whether an error means that the object is missing or has changed. S3 answers AccessDenied for a missing object to a
 * role that may not list the bucket. An empty object has no first byte, and counts as missing.
 */
const isAbsent = (error: unknown) =>
  error instanceof Error &&
  ['NoSuchKey', 'NotFound', 'AccessDenied', 'InvalidRange', 'PreconditionFailed'].includes(error.name);

/** The header that makes a browser save an answer, under a name in any script (RFC 6266, RFC 8187). */
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
        // `bytes 0-15/8144`: the answer to a range request contains the whole size.
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
      // The content of a key never changes, so a browser may cache it for as long as the link is valid.
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
    async show(key) {
      const { MEDIA_URL } = platform.environment;
      const { current } = edgeKeysOf(platform.environment);
      if (MEDIA_URL && current) return mediaLink(MEDIA_URL, current, key, platform.now());
      return this.link(key, limits.downloadSeconds);
    },
    link(Key, expiresIn, name) {
      const asSaved = name === undefined ? {} : { ResponseContentDisposition: savedAs(name) };
      const signingDate = new Date(platform.now());
      return getSignedUrl(client, new GetObjectCommand({ Bucket, Key, ...asSaved }), { expiresIn, signingDate });
    },
  };
}
