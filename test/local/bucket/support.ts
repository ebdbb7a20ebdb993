import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { createBucketEngine } from '../../../local/engines/bucket/bucket-engine.ts';
import { type Caller, type Engine, type EngineRequest, owner } from '../../../local/engines/engine.ts';
import { movableClock } from '../../../local/runtime/clock.ts';

async function readRequest(message: IncomingMessage): Promise<EngineRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(message.headers).map(([n, v]) => [n, String(v)]));
  return { method: message.method!, path: message.url!, headers, body: Buffer.concat(chunks) };
}

/** Serves an engine on a free port, for tests that go through a socket as browsers and SDKs do. */
export async function serve(engine: Engine, caller: Caller = owner) {
  const server = createServer(async (message, answer) => {
    const response = await engine.handle(await readRequest(message), caller);
    answer.writeHead(response.status, response.headers).end(response.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { endpoint, close };
}

export type Allows = Caller['allows'];

export interface Account {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly caller: Caller;
}

export const cors = {
  CorsRules: [
    {
      AllowedOrigins: ['http://localhost:3000', 'https://*.moim.example'],
      AllowedMethods: ['GET', 'PUT', 'POST'],
      AllowedHeaders: ['content-type', 'x-amz-*'],
      ExposedHeaders: ['ETag'],
      MaxAge: 600,
    },
  ],
};

/** A bucket engine with the bucket `media` behind a socket, and SDK clients to it. */
export async function bucketServer(options: { folder?: string; start?: number } = {}) {
  const clock = movableClock(options.start ?? Date.now());
  const accounts = new Map<string, Account>([['OWNER', { secretAccessKey: 'owner-secret', caller: owner }]]);
  const engine = createBucketEngine({
    clock,
    credentials: (id) => accounts.get(id),
    ...(options.folder === undefined ? {} : { folder: options.folder }),
  });
  engine.createBucket('media', { cors });
  const server = await serve(engine);
  const clients: S3Client[] = [];
  const client = (accessKeyId = 'OWNER', secretAccessKey = 'owner-secret', sessionToken?: string, more = {}) => {
    const made = new S3Client({
      endpoint: server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
      maxAttempts: 1,
      ...more,
    });
    clients.push(made);
    return made;
  };
  return {
    ...{ clock, engine, endpoint: server.endpoint, accounts, client },
    /** A client of a caller with these rights alone. */
    clientWith(allows: Allows, name = 'role/feed') {
      accounts.set(name, { secretAccessKey: `${name}-secret`, caller: { name, allows } });
      return client(name, `${name}-secret`);
    },
    async close() {
      for (const made of clients) made.destroy();
      engine.close();
      await server.close();
    },
  };
}

/** The error a call is refused with; fails the test when it succeeds. */
export async function refusalOf(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    return error as Error & { $metadata: { httpStatusCode: number }; Code?: string };
  }
  throw new Error('expected a refusal, the call succeeded');
}
