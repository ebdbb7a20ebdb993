import { randomUUID } from 'node:crypto';
import type { EngineResponse } from '../engine.ts';
import { removeUpload, saveObject, saveUpload } from './bucket-state.ts';
import { bucketArn, type Call, demand, emptyAnswer, objectArn, xmlAnswer } from './call.ts';
import { checkBody, checksumHeaders, checksumOf, md5 } from './checksums.ts';
import { S3Refusal } from './errors.ts';
import { checkWriteConditions } from './preconditions.ts';
import type { Checksums, ObjectRecord, PartRecord, UploadRecord } from './records.ts';
import { readAttributes } from './write-objects.ts';
import { element, readElements, readText, s3Namespace } from './xml.ts';

/** Bytes: every part except the last must have 5 MiB. */
const minPartBytes = 5 * 1024 * 1024;
const maxParts = 10_000;

function findUpload(call: Call): UploadRecord {
  const upload = call.bucket.uploads.get(call.query.get('uploadId') ?? '');
  if (upload?.key === call.key) return upload;
  throw new S3Refusal(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  );
}

/** CreateMultipartUpload: s3:PutObject. */
export function createUpload(call: Call): EngineResponse {
  const { bucket, key, headers } = call;
  demand(call, 's3:PutObject', objectArn(bucket.name, key));
  const algorithm = headers['x-amz-checksum-algorithm']?.toLowerCase();
  const checksumType = headers['x-amz-checksum-type'] ?? (algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE');
  const id = randomUUID();
  saveUpload(bucket, {
    ...{ id, key, startedAt: call.now, ...readAttributes(headers), parts: {} },
    ...(algorithm ? { algorithm, checksumType } : {}),
  });
  const content = [element('Bucket', bucket.name), element('Key', key), element('UploadId', id)];
  return xmlAnswer(
    element('InitiateMultipartUploadResult', content, s3Namespace),
    algorithm ? { 'x-amz-checksum-algorithm': algorithm.toUpperCase(), 'x-amz-checksum-type': checksumType } : {},
  );
}

/** UploadPart: s3:PutObject. A part that is sent again replaces the earlier one. */
export function uploadPart(call: Call): EngineResponse {
  const { bucket, headers, body } = call;
  demand(call, 's3:PutObject', objectArn(bucket.name, call.key));
  if (headers['x-amz-copy-source']) throw new S3Refusal('NotImplemented', 'UploadPartCopy is not known here.');
  const number = Number(call.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > maxParts)
    throw new S3Refusal('InvalidArgument', `Part number must be an integer between 1 and ${maxParts}, inclusive`);
  const upload = findUpload(call);
  const { etag, checksums } = checkBody(body, headers);
  const data = bucket.storage.writeData(body);
  const old = upload.parts[number];
  const part: PartRecord = { data, size: body.length, etag, modifiedAt: call.now, checksums };
  saveUpload(bucket, { ...upload, parts: { ...upload.parts, [number]: part } });
  if (old) bucket.storage.dropData(old.data);
  return emptyAnswer(200, { etag: `"${etag}"`, ...checksumHeaders(checksums) });
}

/** The parts that the client lists. They must be in ascending order, and each must exist with the given ETag. */
function chooseParts(call: Call, upload: UploadRecord): PartRecord[] {
  const listed = readElements(Buffer.from(call.body).toString('utf8'), 'Part').map((part) => ({
    number: Number(readText(part, 'PartNumber')),
    etag: (readText(part, 'ETag') ?? '').replaceAll('"', ''),
  }));
  if (listed.length === 0) throw new S3Refusal('MalformedXML', 'The XML you provided must list at least one Part.');
  const parts = listed.map(({ number, etag }, index) => {
    if (index > 0 && number <= listed[index - 1]!.number)
      throw new S3Refusal('InvalidPartOrder', 'The list of parts was not in ascending order.');
    const part = upload.parts[number];
    if (part?.etag === etag) return part;
    throw new S3Refusal('InvalidPart', 'One or more of the specified parts could not be found.', {
      PartNumber: String(number),
    });
  });
  const small = parts.slice(0, -1).find((part) => part.size < minPartBytes);
  if (!small) return parts;
  throw new S3Refusal('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    ProposedSize: String(small.size),
    MinSizeAllowed: String(minPartBytes),
  });
}

function wholeChecksum(upload: UploadRecord, parts: readonly PartRecord[], bytes: Uint8Array): Checksums {
  const { algorithm } = upload;
  if (!algorithm) return {};
  if (upload.checksumType === 'FULL_OBJECT') return { [algorithm]: checksumOf(algorithm, bytes) };
  const sums = parts.map((part) => Buffer.from(part.checksums[algorithm] ?? '', 'base64'));
  return { [algorithm]: `${checksumOf(algorithm, Buffer.concat(sums))}-${parts.length}` };
}

/** CompleteMultipartUpload: s3:PutObject. */
export function completeUpload(call: Call): EngineResponse {
  const { bucket, key } = call;
  demand(call, 's3:PutObject', objectArn(bucket.name, key));
  const upload = findUpload(call);
  const parts = chooseParts(call, upload);
  checkWriteConditions(bucket.objects.get(key), call.headers);
  const bytes = Buffer.concat(parts.map((part) => bucket.storage.readData(part.data, 0, part.size)));
  const checksums = wholeChecksum(upload, parts, bytes);
  for (const [algorithm, value] of Object.entries(checksums)) {
    const given = call.headers[`x-amz-checksum-${algorithm}`];
    if (given !== undefined && given !== value)
      throw new S3Refusal(
        'BadDigest',
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      );
  }

  const etag = `${md5(Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')))).toString('hex')}-${parts.length}`;
  const checksumType = upload.checksumType === 'COMPOSITE' ? 'COMPOSITE' : 'FULL_OBJECT';
  const { headers, metadata } = upload;
  const record: ObjectRecord = {
    ...{ key, data: bucket.storage.writeData(bytes), size: bytes.length, etag, modifiedAt: call.now },
    ...{ headers, metadata, checksums, checksumType },
  };
  saveObject(bucket, record);
  removeUpload(bucket, upload);
  const names = [element('Bucket', bucket.name), element('Key', key), element('ETag', `"${etag}"`)];
  const location = element('Location', `/${bucket.name}/${key}`);
  return xmlAnswer(element('CompleteMultipartUploadResult', [location, ...names], s3Namespace));
}

/** AbortMultipartUpload: s3:AbortMultipartUpload. */
export function abortUpload(call: Call): EngineResponse {
  demand(call, 's3:AbortMultipartUpload', objectArn(call.bucket.name, call.key));
  removeUpload(call.bucket, findUpload(call));
  return emptyAnswer(204);
}

/** ListParts: s3:ListMultipartUploadParts. All parts are on one page. */
export function listParts(call: Call): EngineResponse {
  demand(call, 's3:ListMultipartUploadParts', objectArn(call.bucket.name, call.key));
  const upload = findUpload(call);
  const parts = Object.entries(upload.parts).map(([number, part]) =>
    element('Part', [
      element('PartNumber', number),
      element('LastModified', new Date(part.modifiedAt).toISOString()),
      element('ETag', `"${part.etag}"`),
      element('Size', part.size),
    ]),
  );
  const names = [element('Bucket', call.bucket.name), element('Key', call.key), element('UploadId', upload.id)];
  const content = [...names, element('MaxParts', maxParts), element('IsTruncated', false), ...parts];
  return xmlAnswer(element('ListPartsResult', content, s3Namespace));
}

/** ListMultipartUploads: s3:ListBucketMultipartUploads. All uploads are on one page. */
export function listUploads(call: Call): EngineResponse {
  demand(call, 's3:ListBucketMultipartUploads', bucketArn(call.bucket.name));
  const prefix = call.query.get('prefix') ?? '';
  const uploads = [...call.bucket.uploads.values()]
    .filter((upload) => upload.key.startsWith(prefix))
    .map((upload) =>
      element('Upload', [
        element('Key', upload.key),
        element('UploadId', upload.id),
        element('Initiated', new Date(upload.startedAt).toISOString()),
      ]),
    );
  const content = [element('Bucket', call.bucket.name), element('IsTruncated', false), ...uploads];
  return xmlAnswer(element('ListMultipartUploadsResult', content, s3Namespace));
}
