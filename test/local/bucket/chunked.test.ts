import { createBucketEngine } from '../../../local/engines/bucket/bucket-engine.ts';
import { checksumOf } from '../../../local/engines/bucket/checksums.ts';
import { owner } from '../../../local/engines/engine.ts';
import { movableClock } from '../../../local/runtime/clock.ts';

describe('checksums', () => {
  // The check values of the CRC catalogue: each algorithm over the text 123456789.
  it.each([
    ['crc32', 'cbf43926'],
    ['crc32c', 'e3069283'],
    ['crc64nvme', 'ae8b14860a799888'],
    ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ])('%s has its published value', (algorithm, hex) => {
    expect(Buffer.from(checksumOf(algorithm, Buffer.from('123456789')), 'base64').toString('hex')).toBe(hex);
  });

  it('refuses one it does not know', () => {
    expect(() => checksumOf('crc16', new Uint8Array())).toThrow('not supported');
  });
});

/** The example of AWS's documentation for signed chunks: 65 KB of `a` in three chunks. */
const signatures = [
  'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
  '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
  'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
];
const chunk = (size: number, signature: string) =>
  `${size.toString(16)};chunk-signature=${signature}\r\n${'a'.repeat(size)}\r\n`;
const signedAnyhow = (size: number, index: number) => chunk(size, signatures[index]!);
const streamed = [65_536, 1024, 0].map((size, index) => chunk(size, signatures[index]!)).join('');

const trailerRequest = {
  signature: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  signed:
    'content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer',
  headers: {
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    'x-amz-trailer': 'x-amz-checksum-crc32c',
  },
};
/** The documentation's second example: the same bytes, with a signed checksum behind them. */
const trailed = [
  chunk(65_536, 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'),
  chunk(1024, '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'),
  '0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n',
  'x-amz-checksum-crc32c:sOO8/Q==\r\n',
  'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n',
].join('');

const plainRequest = {
  signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  signed:
    'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
  headers: { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' },
};

function send(body: string, { signature, signed, headers: more }: typeof plainRequest = plainRequest) {
  const engine = createBucketEngine({
    clock: movableClock(Date.UTC(2013, 4, 24)),
    credentials: () => ({ secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', caller: owner }),
  });
  engine.createBucket('examplebucket');
  const headers = {
    host: 's3.amazonaws.com',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    ...more,
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': '66560',
    'content-length': '66824',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
      `SignedHeaders=${signed},Signature=${signature}`,
  };
  const request = { method: 'PUT', path: '/examplebucket/chunkObject.txt', headers, body: Buffer.from(body) };
  return engine.handle(request, owner).then((answer) => ({
    status: answer.status,
    text: Buffer.from(answer.body).toString(),
    objects: engine.list('examplebucket'),
  }));
}

describe('signed chunks', () => {
  it('hold as in the example of the documentation', async () => {
    expect(streamed).toHaveLength(66_824);

    const answer = await send(streamed);

    expect(answer).toMatchObject({ status: 200, objects: [{ size: 66_560, key: 'chunkObject.txt' }] });
    expect(answer.objects[0]!.headers).not.toHaveProperty('content-encoding');
  });

  it.each([
    ['changed bytes', streamed.replace('aaaa', 'baaa'), 'SignatureDoesNotMatch'],
    ['a chunk without its signature', streamed.replace(/;chunk-signature=[^\r]+/, ''), 'SignatureDoesNotMatch'],
    ['a chunk left out', chunk(0, signatures[2]!), 'SignatureDoesNotMatch'],
    ['B1: a small chunk before others', [8191, 58_369, 0].map(signedAnyhow).join(''), 'InvalidChunkSizeError'],
    [
      'B1: the like of chunks of 8 KB for another reason',
      [8192, 58_368, 0].map(signedAnyhow).join(''),
      'SignatureDoesNotMatch',
    ],
    ['an end cut off', streamed.slice(0, 66_000), 'IncompleteBody'],
    ['no chunks at all', 'text', 'IncompleteBody'],
    ['a header line that is none', 'zz\r\n', 'IncompleteBody'],
  ])('refuse %s', async (_, body, code) => {
    expect(await send(body)).toMatchObject({ text: expect.stringContaining(`<Code>${code}</Code>`), objects: [] });
  });
});

describe('signed trailers', () => {
  it('hold as in the example of the documentation', async () => {
    const answer = await send(trailed, trailerRequest);

    expect(answer).toMatchObject({ status: 200, objects: [{ size: 66_560, checksums: { crc32c: 'sOO8/Q==' } }] });
  });

  it.each([
    ['another checksum', trailed.replace('sOO8/Q==', 'AAAA/Q=='), 'SignatureDoesNotMatch'],
    ['no signature', trailed.replace(/x-amz-trailer-signature.*/, ''), 'SignatureDoesNotMatch'],
    ['no announced trailer', trailed.replace(/x-amz-checksum.*\r\n/, ''), 'SignatureDoesNotMatch'],
  ])('refuse %s', async (_, body, code) => {
    const answer = await send(body, trailerRequest);
    expect(answer).toMatchObject({ text: expect.stringContaining(`<Code>${code}</Code>`), objects: [] });
  });
});
