import { randomUUID } from 'node:crypto';
import type { ObjectRecord, UploadRecord } from './records.ts';

/**
 * Where one bucket keeps its records and bytes. Everything is synchronous, so that an operation of the engine runs to
 * its end in one turn: its conditions cannot be overtaken by another request.
 */
export interface BucketStorage {
  /** What an earlier run left. Throws an Error naming the file when one is broken. */
  load(): { objects: ObjectRecord[]; uploads: UploadRecord[] };
  saveObject(record: ObjectRecord): void;
  dropObject(key: string): void;
  saveUpload(record: UploadRecord): void;
  dropUpload(id: string): void;
  /** Keeps the bytes under a new name. */
  writeData(bytes: Uint8Array): string;
  /** Bytes from `start` up to, not including, `end`. */
  readData(name: string, start: number, end: number): Uint8Array;
  dropData(name: string): void;
}

export interface Storage {
  /** The buckets an earlier run left. */
  bucketNames(): string[];
  open(bucket: string): BucketStorage;
  remove(bucket: string): void;
}

/** Storage that lives as long as the engine. */
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
          // A copy: the request's buffer may be a slice of something larger, or be written to again.
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
