/**
 * The one way from a file that somebody sent to images that others may see: looked at, decoded, scaled and written anew,
 * so that nothing of the file but its visible pixels is left: no place where it was taken, no text, no hidden payload.
 */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { headerOf, type ImageType } from './header.ts';
import type { Made, Task } from './make.ts';

export interface ProcessOptions {
  /** Width times height that is decoded at most: each pixel takes some 20 bytes on the way. */
  readonly maxPixels: number;
  /** Pixels of the longer side of what is made; a smaller image stays as large as it is. */
  readonly longestSide: number;
  /** Pixels of the side of the thumbnail, a square of the middle. */
  readonly thumbnailSide: number;
  /** Seconds after which an image is given up. */
  readonly seconds: number;
}

export interface ProcessedImage extends Made {
  /** What the file was. */
  readonly from: ImageType;
  /** What `full` and `thumbnail` are. */
  readonly type: 'image/webp';
  /** Of the file as it was sent, in hex: tells that somebody sends the same one again. */
  readonly sha256: string;
}

/** Beside a bundle, lib/bundle.ts has put the thread's code. Only from source does `import.meta` say where this is. */
function workerFile(): string {
  const here = import.meta.filename ?? __filename;
  return join(dirname(here), here.endsWith('.ts') ? 'worker.ts' : 'images.js');
}

/**
 * A thread for one image. It can be ended, which a decoder that does not come to its end cannot be, and its memory is
 * given back, which WebAssembly's is not.
 */
async function inThread(task: Task, seconds: number): Promise<Made | undefined> {
  const worker = new Worker(workerFile(), { workerData: task });
  let timer: NodeJS.Timeout | undefined;
  const done = new Promise<Made | undefined>((resolve, reject) => {
    timer = setTimeout(() => resolve(undefined), seconds * 1000);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread for an image ended without a result')));
  });
  try {
    return await done;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** One at a time: two large images at once would take more memory than a function has. */
let last: Promise<unknown> | undefined;

/**
 * Makes an image and its thumbnail of a JPEG, PNG or WebP file; undefined for what is none, broken, moving, or larger
 * than asked for. Never takes much longer than `seconds`.
 */
export async function processImage(bytes: Uint8Array, options: ProcessOptions): Promise<ProcessedImage | undefined> {
  const header = headerOf(bytes);
  if (!header || header.width * header.height > options.maxPixels) return undefined;
  const { longestSide, thumbnailSide, seconds } = options;
  const made = (async () => {
    await last;
    return inThread({ bytes, header, longestSide, thumbnailSide }, seconds);
  })();
  last = made.catch(() => {});
  const images = await made;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return images && { ...images, from: header.type, type: 'image/webp', sha256 };
}
