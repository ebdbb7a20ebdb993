import type { EngineResponse } from '../engine.ts';
import { removeObject, saveObject } from './bucket-state.ts';
import { type Call, demand, emptyAnswer, missingKey, objectArn, xmlAnswer } from './call.ts';
import { checkBody, checksumHeaders } from './checksums.ts';
import { S3Refusal } from './errors.ts';
import { checkWriteConditions, isNotModified } from './preconditions.ts';
import type { ObjectRecord } from './records.ts';
import { element, readElements, readText, s3Namespace } from './xml.ts';

type Headers = Readonly<Record<string, string>>;

const kept = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];

/** Headers that change what is stored or who may read it, and that the engine does not support. */
const unknownWishes = /^x-amz-(tagging|object-lock-.*|website-redirect-location|server-side-encryption-.*|grant-.*)$/;

/**
 * The headers and user metadata to store with an object.
 *
 * @throws S3Refusal for headers that the engine does not support
 */
export function readAttributes(headers: Headers): Pick<ObjectRecord, 'headers' | 'metadata'> {
  const wish = Object.keys(headers).find((name) => unknownWishes.test(name));
  if (wish)
    throw new S3Refusal('NotImplemented', `A header you provided implies functionality that is not here: ${wish}`);
  const acl = headers['x-amz-acl'];
  // Buckets have had ACLs disabled since 2023. Only policies control access.
  if (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control')
    throw new S3Refusal('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  const found: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (kept.includes(name) && value) found[name] = value;
    if (name.startsWith('x-amz-meta-')) metadata[name.slice('x-amz-meta-'.length)] = value;
  }
  // aws-chunked describes the transfer of the body, not the object.
  const encodings = (found['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((e) => e && e !== 'aws-chunked').join(',');
  if (encoding) found['content-encoding'] = encoding;
  else delete found['content-encoding'];
  return { headers: found, metadata };
}

/** Stores bytes under the call's key after checking digests and conditions. PutObject and POST forms share this. */
export function storeObject(call: Call, bytes: Uint8Array): ObjectRecord {
  const { bucket, key } = call;
  demand(call, 's3:PutObject', objectArn(bucket.name, key));
  const attributes = readAttributes(call.headers);
  const { etag, checksums } = checkBody(bytes, call.headers);
  checkWriteConditions(bucket.objects.get(key), call.headers);
  const data = bucket.storage.writeData(bytes);
  const size = bytes.length;
  const record: ObjectRecord = {
    ...{ key, data, size, etag, modifiedAt: call.now, ...attributes, checksums },
    checksumType: 'FULL_OBJECT',
  };
  saveObject(bucket, record);
  return record;
}

/** PutObject: s3:PutObject. */
export function putObject(call: Call): EngineResponse {
  const record = storeObject(call, call.body);
  return emptyAnswer(200, { etag: `"${record.etag}"`, ...checksumHeaders(record.checksums, record.checksumType) });
}

function readCopySource(header: string): { bucket: string; key: string } {
  let source: string;
  try {
    source = decodeURIComponent(header).replace(/^\//, '');
  } catch {
    throw new S3Refusal('InvalidArgument', 'The copy source is not well percent-encoded.');
  }
  if (header.includes('?versionId=')) throw new S3Refusal('NotImplemented', 'Versions are not kept here.');
  const slash = source.indexOf('/');
  if (slash < 1 || slash === source.length - 1)
    throw new S3Refusal(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    );
  return { bucket: source.slice(0, slash), key: source.slice(slash + 1) };
}

/** CopyObject: s3:GetObject on the source, s3:PutObject on the target. */
export function copyObject(call: Call): EngineResponse {
  const { bucket, key, headers } = call;
  const source = readCopySource(headers['x-amz-copy-source']!);
  demand(call, 's3:GetObject', objectArn(source.bucket, source.key));
  demand(call, 's3:PutObject', objectArn(bucket.name, key));
  const from = call.findBucket(source.bucket);
  const original = from.objects.get(source.key);
  if (!original) throw missingKey(call, source.bucket, source.key);
  if (isNotModified(original, headers, 'x-amz-copy-source-'))
    throw new S3Refusal('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  const replace = headers['x-amz-metadata-directive'] === 'REPLACE';
  if (!replace && from === bucket && source.key === key)
    throw new S3Refusal('InvalidRequest', 'This copy request is illegal because it copies an object to itself.');
  checkWriteConditions(bucket.objects.get(key), headers);

  const { headers: oldHeaders, metadata } = original;
  const attributes = replace ? readAttributes(headers) : { headers: oldHeaders, metadata };
  const data = bucket.storage.writeData(from.storage.readData(original.data, 0, original.size));
  saveObject(bucket, { ...original, ...attributes, key, data, modifiedAt: call.now });
  return xmlAnswer(
    element(
      'CopyObjectResult',
      [element('LastModified', new Date(call.now).toISOString()), element('ETag', `"${original.etag}"`)],
      s3Namespace,
    ),
  );
}

/** DeleteObject: s3:DeleteObject. Idempotent, as in S3. */
export function deleteObject(call: Call): EngineResponse {
  demand(call, 's3:DeleteObject', objectArn(call.bucket.name, call.key));
  const match = call.headers['if-match'];
  if (match !== undefined) checkWriteConditions(call.bucket.objects.get(call.key), { 'if-match': match });
  removeObject(call.bucket, call.key);
  return emptyAnswer(204);
}

/** DeleteObjects, up to 1,000 keys: s3:DeleteObject on each. A refused key does not stop the others. */
export function deleteObjects(call: Call): EngineResponse {
  const digested = Object.keys(call.headers).some((name) => /^(content-md5|x-amz-checksum-\w+)$/.test(name));
  if (!digested) throw new S3Refusal('InvalidRequest', 'Missing required header for this request: Content-MD5');
  checkBody(call.body, call.headers);
  const xml = Buffer.from(call.body).toString('utf8');
  const keys = readElements(xml, 'Object').map((object) => readText(object, 'Key') ?? '');
  if (keys.length === 0 || keys.length > 1000 || keys.includes(''))
    throw new S3Refusal('MalformedXML', 'The XML you provided must name 1 to 1,000 objects, each by its Key.');

  const quiet = readText(xml, 'Quiet') === 'true';
  const results = keys.flatMap((key) => {
    try {
      demand(call, 's3:DeleteObject', objectArn(call.bucket.name, key));
    } catch (refusal) {
      const { code, message } = refusal as S3Refusal;
      return [element('Error', [element('Key', key), element('Code', code), element('Message', message)])];
    }
    removeObject(call.bucket, key);
    return quiet ? [] : [element('Deleted', [element('Key', key)])];
  });
  return xmlAnswer(element('DeleteResult', results, s3Namespace));
}
