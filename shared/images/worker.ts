/** The thread that processes one image; see `process.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { make, type Task } from './make.ts';

// An error here ends the thread, and `process.ts` throws it again.
void make(workerData as Task).then((made) => parentPort?.postMessage(made));
