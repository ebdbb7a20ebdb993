/** The thread that an image is worked on in; see `process.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { make, type Task } from './make.ts';

// What is thrown here ends the thread, and is thrown again where it was asked for.
void make(workerData as Task).then((made) => parentPort?.postMessage(made));
