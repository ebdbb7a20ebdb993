import { randomUUID } from 'node:crypto';
import type { ObjectRecord, UploadRecord } from './records.ts';

/**
 * Storage of one bucket's records and bytes. All calls are synchronous, so an operation of the engine runs to its end
 * in one turn, and no other request can change anything between its conditions and its writes.
 */
export interface BucketStorage {
  /**
   * The data that an earlier run left.
   *
   * @throws Error that names a broken file
   */
  load(): { objects: ObjectRecord[]; uploads: UploadRecord[] };
  saveObject(record: ObjectRecord): void;
  dropObject(key: string): void;
  saveUpload(record: UploadRecord): void;
  dropUpload(id: string): void;
  /** Stores the bytes under a new name. */
  writeData(bytes: Uint8Array): string;
  /** Bytes from `start` to `end`, `end` excluded. */
  readData(name: string, start: number, end: number): Uint8Array;
  dropData(name: string): void;
}

export interface Storage {
  /** The buckets that an earlier run left. */
  bucketNames(): string[];
  open(bucket: string): BucketStorage;
  remove(bucket: string): void;
}

/** Storage in memory, for the lifetime of the engine. */
export function memoryStorage(): Storage {
  return {
    bucketNames: () => [],
    open() {
      const data = new Map<string, Uint8Array>();
      return {
        load: () => ({ objects: [], uploads: [] }),
        saveObject() {},
        dropObject() {},
        saveUpload() {},
        dropUpload() {},
        writeData(bytes) {
          const name = randomUUID();
          // A copy, because the buffer of the request may be part of a larger one, or be reused.
          data.set(name, Uint8Array.from(bytes));
          return name;
        },
        readData: (name, start, end) => data.get(name)!.subarray(start, end),
        dropData: (name) => void data.delete(name),
      };
    },
    remove() {},
  };
}
