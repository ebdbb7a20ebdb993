/** Images like those of cameras, editors and attackers, with all the contents that moim must remove. */
import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import { defaultOptions as jpegDefaults } from '@jsquash/jpeg/meta.js';
import { encode, type Pixels } from '../../shared/images/codecs.ts';
import type { Header } from '../../shared/images/header.ts';
import { stillOf } from '../../shared/images/still.ts';
import type { Actor } from './actor.ts';
import { uploaded } from './upload.ts';

export const colours = {
  red: [220, 30, 30],
  green: [30, 200, 40],
  blue: [30, 40, 220],
  white: [250, 250, 250],
} as const;

/** An image of four colours: red and green above, blue and white below. Its orientation can be recognized. */
export function painted(width: number, height: number, alpha = 255): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [left, above] = [x < width / 2, y < height / 2];
      const colour = above ? (left ? colours.red : colours.green) : left ? colours.blue : colours.white;
      data.set([...colour, alpha], (y * width + x) * 4);
    }
  return { data, width, height };
}

/** What is known of a complete, still image of any size; undefined for everything else. */
export function headerOf(file: Uint8Array): Header | undefined {
  const still = stillOf(file, Number.POSITIVE_INFINITY);
  if (typeof still === 'string') return undefined;
  const { bytes: _, print: __, ...header } = still;
  return header;
}

const compiled = new WebAssembly.Module(readFileSync('node_modules/@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'));

export async function jpegOf({ data, width, height }: Pixels, more: object = {}): Promise<Buffer> {
  const codec = (await jpegEncoder({
    noInitialRun: true,
    instantiateWasm(imports: object, ready: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(compiled, imports);
      ready(instance);
      return instance.exports;
    },
  })) as { encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array };
  return Buffer.from(codec.encode(data, width, height, { ...jpegDefaults, ...more }));
}

export const webpOf = async (pixels: Pixels) => Buffer.from(await encode(pixels, 90));

export const chunkOf = (name: string, data: Uint8Array) => {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};
const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const headerChunk = (width: number, height: number) => {
  const data = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  return chunkOf('IHDR', data);
};

export function pngOf({ data, width, height }: Pixels, extra: readonly Buffer[] = []): Buffer {
  const lines = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y++)
    lines.set(data.subarray(y * width * 4, (y + 1) * width * 4), y * (1 + width * 4) + 1);
  const parts = [
    headerChunk(width, height),
    ...extra,
    chunkOf('IDAT', deflateSync(lines)),
    chunkOf('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

/** A PNG of a few bytes that claims this size. */
export const pngBomb = (width: number, height: number) =>
  Buffer.concat([
    signature,
    headerChunk(width, height),
    chunkOf('IDAT', deflateSync(Buffer.alloc(100_000))),
    chunkOf('IEND', Buffer.alloc(0)),
  ]);

/** Texts that must not be in anything that moim hands out. */
export const secrets = ['GPS-SECRET', 'XMP-SECRET', 'TEXT-SECRET', 'TRAILING-SECRET', 'Exif', 'exif', 'EXIF', 'XMP '];
/** Which of them, or of the words beside them, a file still has. "Exif" alone also stands in the head of an orientation. */
export const leaks = (bytes: Buffer) =>
  ['GPS', ...secrets.filter((each) => !/^exif$/i.test(each))].filter((text) => bytes.includes(text, 0, 'latin1'));

/** A TIFF block: the orientation (1-8), a location (37.5665 N), and a text. */
function exif(orientation: number): Buffer {
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type, 2);
    bytes.writeUInt32BE(count, 4);
    if (type === 3) bytes.writeUInt16BE(value, 8);
    else bytes.writeUInt32BE(value, 8);
    return bytes;
  };
  const directory = (...entries: Buffer[]) =>
    Buffer.concat([Buffer.from([0, entries.length]), ...entries, Buffer.alloc(4)]);
  // Header 8, first directory 2 + 3 * 12 + 4 = 42, directory of the location 2 + 2 * 12 + 4 = 30.
  const [place, after] = [50, 80];
  const rational = Buffer.alloc(24);
  for (const [i, value] of [37, 1, 33, 1, 59, 1].entries()) rational.writeUInt32BE(value, i * 4);
  const text = Buffer.from('GPS-SECRET\0\0', 'latin1');
  return Buffer.concat([
    Buffer.from('4d4d002a00000008', 'hex'),
    directory(entry(0x0112, 3, 1, orientation), entry(0x010e, 2, 11, after + 24), entry(0x8825, 4, 1, place)),
    directory(entry(0x0001, 2, 2, 0x4e000000), entry(0x0002, 5, 3, after)),
    rational,
    text,
  ]);
}

const segment = (marker: number, data: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};

/** A JPEG as a camera and an editor leave it: EXIF with a location, XMP, a comment, and bytes after its end. */
export function asPhotographed(jpeg: Buffer, orientation: number): Buffer {
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(orientation)])),
    segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMP-SECRET</x:xmpmeta>', 'latin1')),
    segment(0xfe, Buffer.from('TEXT-SECRET', 'latin1')),
    jpeg.subarray(2),
    Buffer.from('TRAILING-SECRET', 'latin1'),
  ]);
}

/** A JPEG with a place in each segment that can hold one, between its scans, within its JFIF, and after its end. */
export function asPlanted(jpeg: Buffer, orientation: number): Buffer {
  const secret = (before: string) => Buffer.from(`${before}GPS-SECRET`, 'latin1');
  const jfif = Buffer.concat([Buffer.from('4a46494600010101004800480101', 'hex'), Buffer.from('GPS')]);
  const lastScan = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]));
  const marked = [...Array(16).keys()].map((n) => segment(0xe0 + n, secret(n === 14 ? 'Adob3' : 'Planted\0')));
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe0, jfif),
    segment(0xe0, secret('JFXX\0')),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(orientation)])),
    segment(0xe2, secret('MPF\0')),
    segment(0xe2, secret('FPXR\0')),
    segment(0xed, secret('Photoshop 3.0\0')),
    ...marked,
    segment(0xfe, secret('')),
    Buffer.from('GPS-SECRET'),
    jpeg.subarray(2, lastScan),
    segment(0xfe, secret('')),
    segment(0xe1, secret('Exif\0\0')),
    jpeg.subarray(lastScan),
    asPhotographed(jpeg, 1),
    Buffer.from('SEFHGPS-SECRET', 'latin1'),
  ]);
}

/** Chunks of a PNG with its author and location. */
export const talkative = (orientation: number): readonly Buffer[] => [
  chunkOf('tEXt', Buffer.from('Author\0TEXT-SECRET', 'latin1')),
  chunkOf('iTXt', Buffer.from('XML:com.adobe.xmp\0\0\0\0\0XMP-SECRET', 'latin1')),
  chunkOf('zTXt', Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.from('TEXT-SECRET'))])),
  chunkOf('eXIf', exif(orientation)),
  chunkOf('tIME', Buffer.from('07ea0302000000', 'hex')),
  chunkOf('caNv', Buffer.from('GPS-SECRET')),
];

/** A WebP in the extended form, with EXIF, XMP and an unknown chunk. */
export function asExtended(
  webp: Buffer,
  { width, height }: Pick<Pixels, 'width' | 'height'>,
  flags = 0x0c,
  orientation = 1,
): Buffer {
  const riff = (name: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  };
  const extended = Buffer.alloc(10);
  extended[0] = flags;
  extended.writeUIntLE(width - 1, 4, 3);
  extended.writeUIntLE(height - 1, 7, 3);
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    riff('VP8X', extended),
    webp.subarray(12),
    riff('EXIF', exif(orientation)),
    riff('XMP ', Buffer.from('XMP-SECRET', 'latin1')),
    riff('HIDE', Buffer.from('TRAILING-SECRET', 'latin1')),
  ]);
  return riff('RIFF', body);
}

/** Uploads an image as a profile picture like a client, and gives back the id of the upload. */
export async function uploadPicture(person: Actor, file: Uint8Array, type = 'image/jpeg'): Promise<string> {
  const { body } = await person.post('/v1/accounts/me/uploads', { type, bytes: file.length });
  return uploaded(body, file, type);
}
