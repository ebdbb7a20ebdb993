import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request with its body read, up to a limit. */
export interface HttpRequest {
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly address: string;
}
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

/** Thrown by `readBody` when more comes than is taken. */
class TooLarge extends Error {}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** API Gateway joins repeated headers by comma; Node already does so for most. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(',') ?? '']);
  return Object.fromEntries(entries);
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse) {
  if (response.destroyed) return;
  response.writeHead(status, { ...(headers as Record<string, string | string[]>) });
  response.end(status === 204 || status === 304 ? undefined : body);
}

/**
 * An HTTP server on 127.0.0.1 whose answers come from `answer`.
 *
 * @param bodyLimit bytes; more is answered by `tooLarge`
 */
export function httpServer(
  answer: (request: HttpRequest) => Promise<HttpResponse>,
  bodyLimit = 64 * 1024 * 1024,
  tooLarge: HttpResponse = { status: 413, headers: {}, body: '' },
): Server {
  // Clients keep connections open; one that is dropped while they send looks like a failure to them.
  return createServer({ maxHeaderSize: 32 * 1024, keepAliveTimeout: 120_000 }, async (request, response) => {
    try {
      const body = await readBody(request, bodyLimit);
      const { method = 'GET', url = '/', rawHeaders } = request;
      const address = request.socket.remoteAddress ?? '127.0.0.1';
      send(response, await answer({ method, url, headers: headersOf(request), rawHeaders, body, address }));
    } catch (error) {
      if (error instanceof TooLarge) {
        send(response, { ...tooLarge, headers: { ...tooLarge.headers, connection: 'close' } });
        request.resume();
      } else if ((error as Partial<NodeJS.ErrnoException>).code === 'ECONNRESET') response.destroy();
      else if (!response.headersSent) send(response, { status: 500, headers: {}, body: String(error) });
    }
  });
}

/** Listens on 127.0.0.1 and gives back the port; 0 takes any free one. Rejects with a plain message if it is taken. */
export function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new Error(`port ${port} is taken: end what uses it, or set PORT to another (five in a row are used)`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Stops listening and drops open connections. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
