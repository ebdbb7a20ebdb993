/** Pictures that lose nothing, as WebP: half as large as PNG. */
import { readFileSync } from 'node:fs';
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import { decode, type Pixels } from '../../../shared/images/codecs.ts';
import { headerOf } from '../../support/pictures.ts';

const compiled = new WebAssembly.Module(readFileSync('node_modules/@jsquash/webp/codec/enc/webp_enc_simd.wasm'));
const encoder = webpEncoder({
  noInitialRun: true,
  locateFile: (name: string) => name,
  instantiateWasm(imports: object, ready: (instance: WebAssembly.Instance) => void) {
    const instance = new WebAssembly.Instance(compiled, imports);
    ready(instance);
    return instance.exports;
  },
});

export async function lossless({ data, width, height }: Pixels): Promise<Uint8Array> {
  const bytes = (await encoder).encode(data, width, height, { ...defaultOptions, lossless: 1, exact: 1, quality: 60 });
  if (!bytes) throw new Error('the picture cannot be written');
  return bytes;
}

/** The pixels of a PNG or WebP. */
export const pixelsOf = (file: Uint8Array): Promise<Pixels> => decode(file, headerOf(file)!);
