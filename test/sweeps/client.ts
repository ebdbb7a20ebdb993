/** Sends what no proper client would: any method, path, header and body, as it is. Answers are held to the documents. */
import { Agent, request } from 'node:http';
import { documented } from '../support/documented.ts';

export interface Sent {
  readonly method: string;
  /** As it goes over the wire: nothing is encoded or shortened. */
  readonly path: string;
  /** A list of values sends the header as often. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test names the fields it expects, and fails where they are not
  readonly body: any;
}

const agent = new Agent({ keepAlive: true, maxSockets: 12 });
afterAll(() => agent.destroy());

export async function send(apiUrl: string, { method, path, headers = {}, body }: Sent): Promise<Got> {
  const { hostname, port } = new URL(apiUrl);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const got = await new Promise<Got>((resolve, reject) => {
    const sent = request(
      { agent, hostname, port, method, path, headers: { 'accept-language': 'en', ...headers, ...length } },
      async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        const named = new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
        const json = named.get('content-type')?.includes('json') && text !== '';
        resolve({ status: response.statusCode ?? 0, headers: named, body: json ? JSON.parse(text) : text });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
  // The gateway refuses such headers before it looks for a route.
  if (got.status !== 431) documented(method, path.split('?')[0]!, got.status, got.headers, got.body);
  return got;
}

/** The headers of a JSON body. */
export const json = { 'content-type': 'application/json' };
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
