import { sameSignature, scopeText, sha256Hex, signText, type VerifiedSignature } from '../sigv4.ts';
import { S3Refusal } from './errors.ts';

/** Bytes of a chunk that others follow, at least. */
const leastChunk = 8192;

const incomplete = (what: string) => new S3Refusal('IncompleteBody', `The aws-chunked body is not complete: ${what}.`);

interface Chunk {
  readonly data: Buffer;
  readonly signature: string | undefined;
}

/**
 * Splits a body into chunks `size[;chunk-signature=hex]\r\n data \r\n`. The text after the empty chunk contains the
 * trailers.
 */
function splitChunks(body: Buffer): { chunks: Chunk[]; rest: string } {
  const chunks: Chunk[] = [];
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd < 0) throw incomplete('a chunk has no header line');
    const line = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(body.toString('latin1', at, lineEnd));
    if (!line) throw incomplete('a chunk has a header line that cannot be read');
    const size = Number.parseInt(line[1]!, 16);
    const start = lineEnd + 2;
    chunks.push({ data: body.subarray(start, start + size), signature: line[2] });
    if (size === 0) return { chunks, rest: body.toString('latin1', start) };
    if (body.toString('latin1', start + size, start + size + 2) !== '\r\n') throw incomplete('a chunk is cut short');
    at = start + size + 2;
  }
}

function readTrailers(rest: string): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of rest.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}

/** Each chunk's signature covers the one before it, beginning with that of the request. The trailers come last. */
function verifyChunks(chunks: readonly Chunk[], trailers: Readonly<Record<string, string>>, signed: VerifiedSignature) {
  const refused = new S3Refusal('SignatureDoesNotMatch', 'The signature of a chunk of the body does not match.');
  const signAfter = (kind: string, previous: string, ...hashes: string[]) =>
    signText(signed.signingKey, [kind, signed.timestamp, scopeText(signed), previous, ...hashes].join('\n'));
  let previous = signed.signature;
  for (const chunk of chunks) {
    const expected = signAfter('AWS4-HMAC-SHA256-PAYLOAD', previous, sha256Hex(''), sha256Hex(chunk.data));
    if (!sameSignature(expected, chunk.signature ?? '')) throw refused;
    previous = expected;
  }
  if (!signed.payload.endsWith('-TRAILER')) return;
  const lines = Object.entries(trailers).filter(([name]) => name !== 'x-amz-trailer-signature');
  const text = lines.map(([name, value]) => `${name}:${value}\n`).join('');
  const expected = signAfter('AWS4-HMAC-SHA256-TRAILER', previous, sha256Hex(text));
  if (!sameSignature(expected, trailers['x-amz-trailer-signature'] ?? '')) throw refused;
}

/**
 * Parses an aws-chunked body, and verifies the signatures of its chunks and trailers if the request says that they are
 * signed. Gives back only trailers that `x-amz-trailer` announces.
 *
 * @throws S3Refusal InvalidChunkSizeError, IncompleteBody, SignatureDoesNotMatch
 */
export function decodeChunked(
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
  signed: VerifiedSignature,
): { data: Buffer; trailers: Record<string, string> } {
  const { chunks, rest } = splitChunks(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  // The last two are the last with data, and the empty one.
  if (chunks.slice(0, -2).some(({ data }) => data.length < leastChunk)) {
    throw new S3Refusal(
      'InvalidChunkSizeError',
      `Only the last chunk is allowed to have a size less than ${leastChunk} bytes`,
    );
  }
  const trailers = readTrailers(rest);
  if (signed.payload.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')) verifyChunks(chunks, trailers, signed);
  else if (signed.payload !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER')
    throw new S3Refusal('NotImplemented', `The payload form ${signed.payload} is not known here.`);

  const data = Buffer.concat(chunks.map((chunk) => chunk.data));
  const announced = headers['x-amz-decoded-content-length'];
  if (announced === undefined) throw new S3Refusal('MissingContentLength', 'x-amz-decoded-content-length is missing.');
  if (Number(announced) !== data.length) throw incomplete(`${data.length} bytes came, ${announced} were announced`);
  const names = (headers['x-amz-trailer'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  for (const name of names)
    if (name && trailers[name] === undefined) throw incomplete(`the trailer ${name} is missing`);
  return { data, trailers: Object.fromEntries(Object.entries(trailers).filter(([name]) => names.includes(name))) };
}
