/**
 * The only way from an uploaded file to images that others may see: the file is checked, decoded, scaled and encoded
 * anew. Only its visible pixels remain: no location, no text, no hidden payload.
 */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { headerOf, type ImageType } from './header.ts';
import type { Made, Task } from './make.ts';

export interface ProcessOptions {
  /** The maximum width times height that is decoded. Each pixel takes about 20 bytes while it is processed. */
  readonly maxPixels: number;
  /** Pixels of the longer side of the result. A smaller image keeps its size. */
  readonly longestSide: number;
  /** Pixels of each side of the thumbnail, a square from the middle. */
  readonly thumbnailSide: number;
  /** Seconds after which an image is given up. */
  readonly seconds: number;
}

export interface ProcessedImage extends Made {
  /** The type of the file. */
  readonly from: ImageType;
  /** The type of `full` and `thumbnail`. */
  readonly type: 'image/webp';
  /** SHA-256 of the file as it was sent, in hex. It shows whether somebody sends the same file again. */
  readonly sha256: string;
}

/**
 * In a deployment, lib/bundle.ts has put the thread's code next to the bundle. `import.meta` gives this file's location
 * only from source.
 */
function workerFile(): string {
  const here = import.meta.filename ?? __filename;
  return join(dirname(here), here.endsWith('.ts') ? 'worker.ts' : 'images.js');
}

/**
 * Runs one image in a thread. A thread can be ended when a decoder hangs, and its memory is given back, which
 * WebAssembly alone would keep.
 */
async function inThread(task: Task, seconds: number): Promise<Made | undefined> {
  const worker = new Worker(workerFile(), { workerData: task });
  let timer: NodeJS.Timeout | undefined;
  const done = new Promise<Made | undefined>((resolve, reject) => {
    timer = setTimeout(() => resolve(undefined), seconds * 1000);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () =>
      reject(new Error('the thread for an image ended without a result; it may have run out of memory')),
    );
  });
  try {
    return await done;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** One image at a time: two large images at once would need more memory than a function has. */
let last: Promise<unknown> | undefined;

/**
 * Makes an image and its thumbnail from a JPEG, PNG or WebP file. Undefined for any other file, and for one that is
 * broken, animated, or larger than allowed. Takes little longer than `seconds` at most.
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
