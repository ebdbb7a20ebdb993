/**
 * From an image that was looked through to the ones that stay: it is decoded, turned, scaled and encoded anew. Only its visible pixels remain: no location, no text, no hidden payload.
 */
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Made, Task } from './make.ts';
import type { Still } from './still.ts';

export interface ProcessOptions {
  /** Pixels of the longer side of the result. A smaller image keeps its size. */
  readonly longestSide: number;
  /** Pixels of the longer side of the thumbnail. */
  readonly thumbnailSide: number;
  /** Whether the thumbnail is the square in the middle. */
  readonly isSquare: boolean;
  /** Seconds after which an image is given up. */
  readonly seconds: number;
}

export interface ProcessedImage extends Made {
  /** The type of `full` and `thumbnail`. */
  readonly type: 'image/webp';
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
 * A thread that has made images of up to this many pixels waits for the next one. To start a thread and its codecs takes 0.15 s
 * of CPU, a hundred times what such an image takes, and there is little memory to give back.
 */
const smallPixels = 1_000_000;
let waiting: Worker | undefined;

/**
 * Runs one image in a thread. A thread can be ended when a decoder hangs, and its memory is given back, which
 * WebAssembly alone would keep. One whose image could not be made is not trusted with another.
 */
async function inThread(task: Task, seconds: number): Promise<Made | undefined> {
  const worker = waiting ?? new Worker(workerFile());
  waiting = undefined;
  worker.ref();
  let timer: NodeJS.Timeout | undefined;
  const done = new Promise<Made | undefined>((resolve, reject) => {
    timer = setTimeout(() => resolve(undefined), seconds * 1000);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () =>
      reject(new Error('the thread for an image ended without a result; it may have run out of memory')),
    );
    worker.postMessage(task);
  });
  let made: Made | undefined;
  try {
    made = await done;
    return made;
  } finally {
    clearTimeout(timer);
    for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
    const { width, height } = task.header;
    if (made && width * height <= smallPixels) {
      worker.unref();
      waiting = worker;
    } else await worker.terminate();
  }
}

/** One image at a time: two large images at once would need more memory than a function has. */
let last: Promise<unknown> | undefined;

/**
 * Makes an image and its thumbnail from one that was looked through (`stillOf`). Undefined if it cannot be decoded. Takes
 * little longer than `seconds` at most.
 *
 * @throws Error if its thread ended by itself, such as for want of memory
 */
export async function processImage(
  { bytes, print: _, ...header }: Still,
  { longestSide, thumbnailSide, isSquare, seconds }: ProcessOptions,
): Promise<ProcessedImage | undefined> {
  const made = (async () => {
    await last;
    return inThread({ bytes, header, longestSide, thumbnailSide, isSquare }, seconds);
  })();
  last = made.catch(() => {});
  const images = await made;
  return images && { ...images, type: 'image/webp' };
}
