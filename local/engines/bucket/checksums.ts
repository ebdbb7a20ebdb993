import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Refusal } from './errors.ts';
import type { Checksums } from './records.ts';

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** The table of a reflected 32-bit CRC. */
function crcTable(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value;
  });
}

let castagnoli: Uint32Array | undefined;

function crc32c(data: Uint8Array): Buffer {
  castagnoli ??= crcTable(0x82f63b78);
  let crc = 0xffffffff;
  for (const byte of data) crc = castagnoli[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return uint32(~crc);
}

let nvme: { high: Uint32Array; low: Uint32Array } | undefined;

/** The table of CRC-64/NVME in two halves: BigInt would be a hundred times slower for an upload. */
function nvmeTable() {
  const [high, low] = [new Uint32Array(256), new Uint32Array(256)];
  for (let byte = 0; byte < 256; byte++) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
    high[byte] = Number(value >> 32n);
    low[byte] = Number(value & 0xffffffffn);
  }
  return { high, low };
}

function crc64nvme(data: Uint8Array): Buffer {
  nvme ??= nvmeTable();
  let [high, low] = [0xffffffff, 0xffffffff];
  for (const byte of data) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ nvme.low[index]!;
    high = (high >>> 8) ^ nvme.high[index]!;
  }
  return Buffer.concat([uint32(~high), uint32(~low)]);
}

const algorithms: Readonly<Record<string, (data: Uint8Array) => Buffer>> = {
  crc32: (data) => uint32(crc32(data)),
  crc32c,
  crc64nvme,
  sha1: (data) => createHash('sha1').update(data).digest(),
  sha256: (data) => createHash('sha256').update(data).digest(),
};

/**
 * A checksum in base64, by its name in headers (`crc32`, `sha256`, ...).
 *
 * @throws S3Refusal InvalidRequest for an unknown name
 */
export function checksumOf(algorithm: string, data: Uint8Array): string {
  const calculate = algorithms[algorithm];
  if (!calculate) throw new S3Refusal('InvalidRequest', `Checksum algorithm ${algorithm} is not supported.`);
  return calculate(data).toString('base64');
}

export const md5 = (data: Uint8Array) => createHash('md5').update(data).digest();

function checkMd5(given: string | undefined, data: Uint8Array): Buffer {
  const digest = md5(data);
  if (given === undefined) return digest;
  if (Buffer.from(given, 'base64').length !== 16)
    throw new S3Refusal('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  if (given === digest.toString('base64')) return digest;
  throw new S3Refusal('BadDigest', 'The Content-MD5 you specified did not match what we received.');
}

/**
 * Checks a body against its content-md5 and x-amz-checksum-* headers. Gives back the values to store: the ETag, and the
 * checksums that were sent.
 *
 * @throws S3Refusal BadDigest, InvalidDigest, InvalidRequest
 */
export function checkBody(data: Uint8Array, headers: Readonly<Record<string, string>>) {
  const etag = checkMd5(headers['content-md5'], data).toString('hex');
  const checksums: Record<string, string> = {};
  for (const [name, given] of Object.entries(headers)) {
    const algorithm = /^x-amz-checksum-(.+)$/.exec(name)?.[1];
    if (!algorithm || !Object.hasOwn(algorithms, algorithm)) continue;
    const expected = checksumOf(algorithm, data);
    if (given.length !== expected.length) throw new S3Refusal('InvalidRequest', `Value for ${name} header is invalid.`);
    if (given !== expected)
      throw new S3Refusal(
        'BadDigest',
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      );
    checksums[algorithm] = expected;
  }
  if (Object.keys(checksums).length > 1)
    throw new S3Refusal('InvalidRequest', 'Expecting a single x-amz-checksum- header.');
  return { etag, checksums };
}

/** Checksums as answer headers. */
export const checksumHeaders = (checksums: Checksums, type?: string): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(checksums).map(([name, value]) => [`x-amz-checksum-${name}`, value])),
  ...(type && Object.keys(checksums).length > 0 ? { 'x-amz-checksum-type': type } : {}),
});
