/**
 * A client in a thread of its own that sends the next request as soon as it has an answer. It uses raw sockets to keep
 * its own cost small.
 */
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

export interface Load {
  readonly port: number;
  readonly path: string;
  readonly headers: readonly string[];
  readonly connections: number;
  readonly milliseconds: number;
}

const { port, path, headers, connections, milliseconds } = workerData as Load;
const request = [`GET ${path} HTTP/1.1`, 'host: 127.0.0.1', ...headers, '', ''].join('\r\n');
let answered = 0;
let failed = 0;

/** The length in bytes of the first whole answer in the received text; undefined while a part is missing. */
function lengthOf(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /content-length: (\d+)/i.exec(text.slice(0, head));
  if (length) {
    const whole = head + 4 + Number(length[1]);
    return text.length >= whole ? whole : undefined;
  }
  const end = text.indexOf('0\r\n\r\n', head);
  return end < 0 ? undefined : end + 5;
}

const sockets = Array.from({ length: connections }, () => {
  const socket = connect(port, '127.0.0.1', () => socket.write(request));
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    text += chunk;
    const length = lengthOf(text);
    if (length === undefined) return;
    if (text.startsWith('HTTP/1.1 200')) answered++;
    else failed++;
    text = text.slice(length);
    socket.write(request);
  });
  socket.on('error', () => failed++);
  return socket;
});

setTimeout(() => {
  for (const socket of sockets) socket.destroy();
  parentPort?.postMessage({ answered, failed });
}, milliseconds);
