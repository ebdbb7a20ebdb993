import type { EngineResponse } from '../engine.ts';
import { sha256Hex } from '../sigv4.ts';
import { sortedKeys } from './bucket-state.ts';
import { bucketArn, type Call, demand, emptyAnswer, missingKey, objectArn, xmlAnswer } from './call.ts';
import { checksumHeaders } from './checksums.ts';
import { S3Refusal } from './errors.ts';
import { isNotModified, readRange } from './preconditions.ts';
import type { ObjectRecord } from './records.ts';
import { element, type Markup, s3Namespace } from './xml.ts';

/** Answer headers that a signed GET may set in its query. A download gets its file name this way. */
const overrides = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
];

function describe(record: ObjectRecord, call: Call): Record<string, string> {
  const metadata = Object.entries(record.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  const asked = overrides.flatMap((name) => {
    const value = call.query.get(`response-${name}`);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    'accept-ranges': 'bytes',
    etag: `"${record.etag}"`,
    'last-modified': new Date(record.modifiedAt).toUTCString(),
    ...record.headers,
    ...Object.fromEntries(metadata),
    ...Object.fromEntries(asked),
  };
}

/** GetObject, and HeadObject when `head`: s3:GetObject. */
export function getObject(call: Call, head = false): EngineResponse {
  const { bucket, key } = call;
  demand(call, 's3:GetObject', objectArn(bucket.name, key));
  const record = bucket.objects.get(key);
  if (!record) throw missingKey(call, bucket.name, key);
  const headers = describe(record, call);
  if (isNotModified(record, call.headers))
    return emptyAnswer(304, { etag: headers.etag!, 'last-modified': headers['last-modified']! });

  const range = readRange(call.headers.range, record.size);
  const { start, end } = range ?? { start: 0, end: record.size };
  const wantsChecksum = call.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(end - start),
      ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${record.size}` } : {}),
      // The checksum covers the whole object. With a part of it, the SDK would report corrupted data.
      ...(wantsChecksum && !range ? checksumHeaders(record.checksums, record.checksumType) : {}),
    },
    body: head ? new Uint8Array() : bucket.storage.readData(record.data, start, end),
  };
}

interface Page {
  readonly objects: ObjectRecord[];
  readonly prefixes: string[];
  /** The last key or common prefix on the page, if there is another page. */
  readonly next: string | undefined;
}

function pageOf(call: Call, prefix: string, delimiter: string, after: string, limit: number): Page {
  const objects: ObjectRecord[] = [];
  const prefixes: string[] = [];
  const afterBytes = Buffer.from(after);
  let last = after;
  for (const key of sortedKeys(call.bucket)) {
    if (!key.startsWith(prefix) || Buffer.compare(Buffer.from(key), afterBytes) <= 0) continue;
    const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const group = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    if (group !== undefined && (group === prefixes.at(-1) || group === after)) continue;
    if (objects.length + prefixes.length === limit) return { objects, prefixes, next: last };
    if (group === undefined) objects.push(call.bucket.objects.get(key)!);
    else prefixes.push(group);
    last = group ?? key;
  }
  return { objects, prefixes, next: undefined };
}

function readMaxKeys(call: Call): number {
  const maxKeys = Number(call.query.get('max-keys') ?? 1000);
  if (!Number.isInteger(maxKeys) || maxKeys < 0)
    throw new S3Refusal('InvalidArgument', 'max-keys must be a whole number that is not negative.');
  return Math.min(maxKeys, 1000);
}

/** A place in the list of a bucket as a token. The digest tells it from a text that nobody gave out. */
function tokenOf(bucket: string, after: string): string {
  const digest = sha256Hex(`${bucket}\0${after}`).slice(0, 16);
  return Buffer.from(digest + after).toString('base64url');
}

function readToken({ query, bucket }: Call): string | undefined {
  const token = query.get('continuation-token');
  if (token === undefined) return undefined;
  const after = Buffer.from(token, 'base64url').toString().slice(16);
  if (token !== tokenOf(bucket.name, after))
    throw new S3Refusal('InvalidArgument', 'The continuation token provided is incorrect');
  return after;
}

/** ListObjectsV2: s3:ListBucket, with the conditions s3:prefix, s3:delimiter and s3:max-keys. */
export function listObjects(call: Call): EngineResponse {
  const { query, bucket } = call;
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
  demand(call, 's3:ListBucket', bucketArn(bucket.name), {
    's3:prefix': [prefix],
    's3:delimiter': [delimiter],
    ...(query.has('max-keys') ? { 's3:max-keys': [query.get('max-keys')!] } : {}),
  });
  if (query.get('list-type') !== '2')
    throw new S3Refusal('NotImplemented', 'Only version 2 of the listing is known here (list-type=2).');

  const maxKeys = readMaxKeys(call);
  const after = readToken(call) ?? query.get('start-after') ?? '';
  const page =
    maxKeys === 0 ? { objects: [], prefixes: [], next: undefined } : pageOf(call, prefix, delimiter, after, maxKeys);
  // XML cannot contain control characters. The SDK asks for encoded keys if they may occur.
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;
  const optional = (name: string, value: string | undefined): Markup[] => (value ? [element(name, value)] : []);
  return xmlAnswer(
    element(
      'ListBucketResult',
      [
        element('Name', bucket.name),
        element('Prefix', encode(prefix)),
        ...optional('Delimiter', delimiter && encode(delimiter)),
        ...optional('StartAfter', encode(query.get('start-after') ?? '')),
        ...optional('EncodingType', query.get('encoding-type')),
        ...optional('ContinuationToken', query.get('continuation-token')),
        ...optional('NextContinuationToken', page.next && tokenOf(bucket.name, page.next)),
        element('MaxKeys', maxKeys),
        element('KeyCount', page.objects.length + page.prefixes.length),
        element('IsTruncated', page.next !== undefined),
        ...page.objects.map((record) =>
          element('Contents', [
            element('Key', encode(record.key)),
            element('LastModified', new Date(record.modifiedAt).toISOString()),
            element('ETag', `"${record.etag}"`),
            element('Size', record.size),
            element('StorageClass', 'STANDARD'),
          ]),
        ),
        ...page.prefixes.map((group) => element('CommonPrefixes', [element('Prefix', encode(group))])),
      ],
      s3Namespace,
    ),
  );
}
