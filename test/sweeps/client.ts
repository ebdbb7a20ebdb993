/** Sends what no proper client would: any method, path, header and body, as it is. Answers are held to the documents. */
import { Agent, request } from 'node:http';
import type { Cloud } from '../../local/cloud.ts';
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

/** What a connection would change or refuse by itself goes over one; everything else straight to the gateway. */
const needsConnection = ({ method, headers = {} }: Sent) =>
  method === 'HEAD' ||
  Object.values(headers)
    .flat()
    .some((value) => value.length > 8_000 || !/^[ -~]*$/.test(value));

/** Sends a request to the API of a cloud. */
export async function send(moim: Cloud, sent: Sent): Promise<Got> {
  const got =
    needsConnection(sent) || (sent.body?.length ?? 0) > 1_000_000
      ? await overConnection(moim.apiUrl, sent)
      : await straight(moim, sent);
  // The gateway refuses such headers before it looks for a route.
  if (got.status !== 431) documented(sent.method, sent.path.split('?')[0]!, got.status, got.headers, got.body);
  return got;
}

async function straight(moim: Cloud, { method, path, headers = {}, body = '' }: Sent): Promise<Got> {
  const given: Record<string, string | string[]> = { host: '127.0.0.1', 'accept-language': 'en', ...headers };
  const rawHeaders = Object.entries(given).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => [name, value]),
  );
  const joined = Object.fromEntries(
    Object.entries(given).map(([name, values]) => [name.toLowerCase(), [values].flat().join(',')]),
  );
  const response = await moim.request({
    method,
    url: path,
    headers: joined,
    rawHeaders,
    body: Buffer.from(body),
    address: '127.0.0.1',
  });
  const named = new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  const text = response.status === 204 ? '' : Buffer.from(response.body).toString();
  const json = named.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, headers: named, body: json ? JSON.parse(text) : text };
}

async function overConnection(apiUrl: string, { method, path, headers = {}, body }: Sent): Promise<Got> {
  const { hostname, port } = new URL(apiUrl);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise<Got>((resolve, reject) => {
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
}

/** The headers of a JSON body. */
export const json = { 'content-type': 'application/json' };
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
