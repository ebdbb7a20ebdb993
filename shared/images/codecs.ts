/**
 * Decoding, scaling and encoding with codecs in WebAssembly. This takes seconds without a pause and hundreds of MB, so
 * it runs in a thread of its own (`worker.ts`).
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import * as pngCodec from '@jsquash/png/codec/pkg/squoosh_png.js';
import * as scaler from '@jsquash/resize/lib/resize/pkg/squoosh_resize.js';
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.js';
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import type { Orientation } from './exif.ts';
import type { Header, ImageType } from './header.ts';

/** Four bytes for each pixel: red, green, blue, alpha. */
export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

// The codecs create their results with a class that only browsers have.
Object.assign(globalThis, {
  ImageData: class {
    constructor(data: Uint8ClampedArray, width: number, height: number) {
      Object.assign(this, { data, width, height });
    }
  },
});

/** From source, the codecs are in node_modules. In a deployment, lib/bundle.ts has copied them next to the bundle. */
const fileOf = (name: string) =>
  import.meta.filename?.endsWith('.ts')
    ? createRequire(import.meta.filename).resolve(name)
    : join(__dirname, basename(name));
const modules = new Map<string, WebAssembly.Module>();
function compiled(file: string): WebAssembly.Module {
  const module = modules.get(file) ?? new WebAssembly.Module(readFileSync(fileOf(file)));
  modules.set(file, module);
  return module;
}

/** Starts a codec that Emscripten has compiled. Its output is discarded. */
const started = <Codec>(factory: (options: object) => Promise<Codec>, file: string): Promise<Codec> =>
  factory({
    noInitialRun: true,
    print: () => {},
    printErr: () => {},
    // Otherwise the codec derives its folder from its own location, which a bundle does not know.
    locateFile: (name: string) => name,
    instantiateWasm(imports: object, ready: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(compiled(file), imports);
      ready(instance);
      return instance.exports;
    },
  });

type Decode = (bytes: Uint8Array) => Promise<Pixels | null>;

/** Decoders throw, or give null, for bytes that they cannot read. */
const decoders: Readonly<Record<ImageType, Decode>> = {
  // Not turned here: of the scaled image `turned` has far fewer pixels to move, and does it for every type.
  'image/jpeg': async (bytes) =>
    (await started(jpegDecoder, '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm')).decode(bytes, false),
  'image/webp': async (bytes) => (await started(webpDecoder, '@jsquash/webp/codec/dec/webp_dec.wasm')).decode(bytes),
  async 'image/png'(bytes) {
    pngCodec.initSync(compiled('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'));
    return pngCodec.decode(bytes);
  },
};

/**
 * The pixels of an image as stored, not turned.
 *
 * @throws Error if it cannot be decoded, or its size differs from the size in its header
 */
export async function decode(bytes: Uint8Array, { type, width, height }: Header): Promise<Pixels> {
  const pixels = await decoders[type](bytes);
  if (pixels?.width !== width || pixels.height !== height) throw new Error('the image cannot be read');
  return pixels;
}

/**
 * Where the stored pixel is that an upright image shows at (x, y), for a stored image of width w and height h: the inverse
 * of what each orientation asks for (EXIF 2.32, tag 0112).
 */
const sources: Readonly<Record<Orientation, (x: number, y: number, w: number, h: number) => number>> = {
  1: (x, y, w) => y * w + x,
  2: (x, y, w) => y * w + (w - 1 - x),
  3: (x, y, w, h) => (h - 1 - y) * w + (w - 1 - x),
  4: (x, y, w, h) => (h - 1 - y) * w + x,
  5: (x, y, w) => x * w + y,
  6: (x, y, w, h) => (h - 1 - x) * w + y,
  7: (x, y, w, h) => (h - 1 - x) * w + (w - 1 - y),
  8: (x, y, w) => x * w + (w - 1 - y),
};

/** An image turned upright. */
export function turned(pixels: Pixels, orientation: Orientation = 1): Pixels {
  if (orientation === 1) return pixels;
  const { width: w, height: h } = pixels;
  const [width, height] = orientation > 4 ? [h, w] : [w, h];
  const source = sources[orientation];
  const from = new Uint32Array(pixels.data.buffer, pixels.data.byteOffset, w * h);
  const to = new Uint32Array(w * h);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++) to[at++] = from[source(x, y, w, h)]!;
  return { data: new Uint8ClampedArray(to.buffer), width, height };
}

/** The position of the filter in the list of `resize`: sharp, and in a fresh thread a third faster than Lanczos. */
const catmullRom = 1;

/** Scales an image down to `longestSide` pixels. A smaller image keeps its size. */
export function resize(pixels: Pixels, longestSide: number): Pixels {
  const { data, width, height } = pixels;
  const factor = longestSide / Math.max(width, height);
  if (factor >= 1) return pixels;
  scaler.initSync(compiled('@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm'));
  const to = { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
  const input = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { ...to, data: scaler.resize(input, width, height, to.width, to.height, catmullRom, false, false) };
}

/** The square in the middle of an image. */
export function squareOf({ data, width, height }: Pixels): Pixels {
  const side = Math.min(width, height);
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  const square = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++) {
    const start = ((top + y) * width + left) * 4;
    square.set(data.subarray(start, start + side * 4), y * side * 4);
  }
  return { data: square, width: side, height: side };
}

/**
 * Multiplies colours by their opacity, in place. Without that, scaling would mix the colours of invisible pixels into
 * visible edges. Undo it with `unweighColours`. Gives back whether any pixel is transparent.
 */
export function weighColours({ data }: Pixels): boolean {
  let isTransparent = false;
  for (let i = 3; i < data.length; i += 4) {
    const alpha = data[i]!;
    if (alpha === 255) continue;
    isTransparent = true;
    for (let c = i - 3; c < i; c++) data[c] = (data[c]! * alpha) / 255;
  }
  return isTransparent;
}
export function unweighColours({ data }: Pixels): void {
  for (let i = 3; i < data.length; i += 4) {
    const alpha = data[i]!;
    if (alpha === 255 || alpha === 0) continue;
    for (let c = i - 3; c < i; c++) data[c] = (data[c]! * 255) / alpha;
  }
}

let encoder: ReturnType<typeof webpEncoder> | undefined;

/** Encodes as WebP, without metadata and without the colours of fully transparent pixels. */
export async function encode({ data, width, height }: Pixels, quality: number): Promise<Uint8Array> {
  encoder ??= started(webpEncoder, '@jsquash/webp/codec/enc/webp_enc_simd.wasm');
  const bytes = (await encoder).encode(data, width, height, { ...defaultOptions, quality });
  if (!bytes) throw new Error('the image cannot be written');
  return bytes;
}
