import type { CorsConfiguration, LifecycleConfiguration, ObjectRecord, UploadRecord } from './records.ts';
import type { BucketStorage } from './storage.ts';

/** A bucket in memory. The bytes of its objects are in its storage. */
export interface BucketState {
  readonly name: string;
  readonly storage: BucketStorage;
  readonly objects: Map<string, ObjectRecord>;
  readonly uploads: Map<string, UploadRecord>;
  cors: CorsConfiguration | undefined;
  lifecycle: LifecycleConfiguration | undefined;
  /** Keys in S3's order; undefined after a key was added or removed, until it is made again. */
  order: string[] | undefined;
}

/** Opens a bucket with everything that an earlier run left in its storage. */
export function openBucket(name: string, storage: BucketStorage): BucketState {
  const { objects, uploads } = storage.load();
  return {
    name,
    storage,
    objects: new Map(objects.map((record) => [record.key, record])),
    uploads: new Map(uploads.map((record) => [record.id, record])),
    cors: undefined,
    lifecycle: undefined,
    order: undefined,
  };
}

/** Stores an object in place of the one under its key, whose bytes are deleted. */
export function saveObject(bucket: BucketState, record: ObjectRecord): void {
  const old = bucket.objects.get(record.key);
  bucket.storage.saveObject(record);
  bucket.objects.set(record.key, record);
  if (old) bucket.storage.dropData(old.data);
  else bucket.order = undefined;
}

export function removeObject(bucket: BucketState, key: string): void {
  const old = bucket.objects.get(key);
  if (!old) return;
  bucket.storage.dropObject(key);
  bucket.objects.delete(key);
  bucket.order = undefined;
  bucket.storage.dropData(old.data);
}

export function saveUpload(bucket: BucketState, record: UploadRecord): void {
  bucket.storage.saveUpload(record);
  bucket.uploads.set(record.id, record);
}

export function removeUpload(bucket: BucketState, record: UploadRecord): void {
  bucket.storage.dropUpload(record.id);
  bucket.uploads.delete(record.id);
  for (const part of Object.values(record.parts)) bucket.storage.dropData(part.data);
}

/** The keys in the order of their UTF-8 bytes, which is S3's order. JavaScript's own order differs beyond the BMP. */
export function sortedKeys(bucket: BucketState): readonly string[] {
  bucket.order ??= [...bucket.objects.keys()]
    .map((key) => ({ key, bytes: Buffer.from(key) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map((entry) => entry.key);
  return bucket.order;
}
