/** The thread that processes images, one after another; see `process.ts`. */
import { parentPort } from 'node:worker_threads';
import { make, type Task } from './make.ts';

// An error here ends the thread, and `process.ts` throws it again.
parentPort?.on('message', (task: Task) => void make(task).then((made) => parentPort?.postMessage(made)));
