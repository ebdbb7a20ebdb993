/** Sends what no proper client would: any method, path, header and body, as it is. Answers are held to the documents. */
import { Agent, request } from 'node:http';
import type { Cloud } from '../../local/cloud.ts';
import { documented } from '../support/documented.ts';
import { straight } from '../support/gateway.ts';

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

const agent = new Agent({ maxSockets: 12 });

/** What a connection would change or refuse by itself goes over one; everything else straight to the gateway. */
const needsConnection = ({ method, headers = {} }: Sent) =>
  method === 'HEAD' ||
  Object.values(headers)
    .flat()
    .some((value) => value.length > 8_000 || !/^[ -~]*$/.test(value));

/** At the distribution, all other paths are the site's: what the API makes of them is asked at its own address. */
const isPassedOn = ({ path }: Sent) => path.startsWith('/v1/') || path.split('?')[0] === '/health';

/** Sends a request to the API of a cloud. */
export async function send(moim: Cloud, sent: Sent): Promise<Got> {
  const got =
    needsConnection(sent) || !isPassedOn(sent) || (sent.body?.length ?? 0) > 1_000_000
      ? await overConnection(isPassedOn(sent) ? moim.apiUrl : moim.originUrl, sent)
      : gotOf(await straight(moim, { ...sent, headers: { 'accept-language': 'en', ...sent.headers } }));
  // The gateway refuses such headers before it looks for a route.
  if (got.status !== 431) documented(sent.method, sent.path.split('?')[0]!, got.status, got.headers, got.body);
  return got;
}

const gotOf = ({ status, headers, text }: { status: number; headers: Headers; text: string }): Got => {
  const json = headers.get('content-type')?.includes('json') && text !== '';
  return { status, headers, body: json ? JSON.parse(text) : text };
};

async function overConnection(apiUrl: string, { method, path, headers = {}, body }: Sent): Promise<Got> {
  const { hostname, port } = new URL(apiUrl);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise<Got>((resolve, reject) => {
    const sent = request(
      { agent, hostname, port, method, path, headers: { 'accept-language': 'en', ...headers, ...length } },
      async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        const named = new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
        resolve(gotOf({ status: response.statusCode ?? 0, headers: named, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The headers of a JSON body. */
export const json = { 'content-type': 'application/json' };
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
