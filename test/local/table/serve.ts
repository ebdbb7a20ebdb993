/** The table engine behind a plain HTTP server, to run the DynamoDB probe against: `node test/local/table/serve.ts [file]`. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { owner } from '../../../local/engines/engine.ts';
import { createTableEngine } from '../../../local/engines/table/engine.ts';
import { systemClock } from '../../../local/runtime/clock.ts';

const file = process.argv[2];
const engine = createTableEngine({ clock: systemClock, ...(file !== undefined && { file }) });

const server = createServer(async (incoming, outgoing) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const { method = 'GET', url: path = '/' } = incoming;
  const headers = incoming.headers as Record<string, string>;
  try {
    const {
      status,
      headers: sent,
      body,
    } = await engine.handle({ method, path, headers, body: Buffer.concat(chunks) }, owner);
    outgoing.writeHead(status, sent).end(body);
  } catch (error) {
    console.error(error);
    outgoing.destroy();
  }
});

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
