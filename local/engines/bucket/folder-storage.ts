import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ObjectRecord, UploadRecord } from './records.ts';
import type { BucketStorage, Storage } from './storage.ts';

/** Writes a file completely or not at all: a process killed in between leaves only a `.tmp` file. */
function writeWhole(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

function readRecord<T>(path: string, isRecord: (value: Partial<T>) => boolean): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`The bucket's metadata file ${path} is broken: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || !isRecord(value as Partial<T>))
    throw new Error(`The bucket's metadata file ${path} is broken: it does not describe an object or an upload.`);
  return value as T;
}

const isObject = (r: Partial<ObjectRecord>) =>
  [r.key, r.data, r.etag].every((text) => typeof text === 'string') &&
  [r.size, r.modifiedAt].every((number) => typeof number === 'number') &&
  [r.headers, r.metadata, r.checksums].every((map) => typeof map === 'object' && map !== null);

const isUpload = (r: Partial<UploadRecord>) =>
  [r.id, r.key].every((text) => typeof text === 'string') &&
  typeof r.startedAt === 'number' &&
  [r.headers, r.metadata, r.parts].every((map) => typeof map === 'object' && map !== null);

function checkData(path: string, record: { data: string; size: number }, owner: string): void {
  const size = existsSync(path) ? statSync(path).size : undefined;
  if (size === record.size) return;
  const found = size === undefined ? 'is missing' : `holds ${size} bytes instead of ${record.size}`;
  throw new Error(`The bucket's data file ${path} ${found}; the metadata file ${owner} refers to it.`);
}

function openFolder(folder: string): BucketStorage {
  const folders = { objects: join(folder, 'objects'), uploads: join(folder, 'uploads'), data: join(folder, 'data') };
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true });
  // Keys may be longer than file names and contain any character. The file name is therefore a hash, and the record
  // holds the key.
  const objectPath = (key: string) => join(folders.objects, `${createHash('sha256').update(key).digest('hex')}.json`);
  const uploadPath = (id: string) => join(folders.uploads, `${id}.json`);
  const records = (path: string) => readdirSync(path).filter((name) => name.endsWith('.json'));

  return {
    load() {
      const used = new Set<string>();
      const use = (record: { data: string; size: number }, owner: string) => {
        checkData(join(folders.data, record.data), record, owner);
        used.add(record.data);
      };
      const objects = records(folders.objects).map((name) => {
        const path = join(folders.objects, name);
        const record = readRecord<ObjectRecord>(path, isObject);
        use(record, path);
        return record;
      });
      const uploads = records(folders.uploads).map((name) => {
        const path = join(folders.uploads, name);
        const record = readRecord<UploadRecord>(path, isUpload);
        for (const part of Object.values(record.parts)) use(part, path);
        return record;
      });
      // Bytes of writes that were interrupted before their record was stored, or of objects whose deletion was
      // interrupted.
      for (const name of readdirSync(folders.data)) if (!used.has(name)) rmSync(join(folders.data, name));
      return { objects, uploads };
    },
    saveObject: (record) => writeWhole(objectPath(record.key), JSON.stringify(record)),
    dropObject: (key) => rmSync(objectPath(key), { force: true }),
    saveUpload: (record) => writeWhole(uploadPath(record.id), JSON.stringify(record)),
    dropUpload: (id) => rmSync(uploadPath(id), { force: true }),
    writeData(bytes) {
      const name = randomUUID();
      writeWhole(join(folders.data, name), bytes);
      return name;
    },
    readData(name, start, end) {
      const bytes = Buffer.alloc(end - start);
      const file = openSync(join(folders.data, name), 'r');
      try {
        readSync(file, bytes, 0, bytes.length, start);
      } finally {
        closeSync(file);
      }
      return bytes;
    },
    dropData: (name) => rmSync(join(folders.data, name), { force: true }),
  };
}

/**
 * Storage in `folder`, with one folder for each bucket. Data survives a killed process, but not a power cut, because
 * files are not synced.
 */
export function folderStorage(folder: string): Storage {
  mkdirSync(folder, { recursive: true });
  return {
    bucketNames: () =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])),
    open: (bucket) => openFolder(join(folder, bucket)),
    remove: (bucket) => rmSync(join(folder, bucket), { recursive: true, force: true }),
  };
}
