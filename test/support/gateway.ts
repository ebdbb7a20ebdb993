/**
 * Sends requests straight to the gateway of a cloud in this process. The answers are the same, and connections would
 * take up a third of a run's time. Connections are tested where they matter (test/local, test/journeys, test/sweeps).
 */
import { gunzipSync } from 'node:zlib';
import type { Cloud } from '../../local/cloud.ts';

export type Gateway = Pick<Cloud, 'apiUrl' | 'request'>;

interface StraightRequest {
  readonly method: string;
  readonly path: string;
  /** A list of values sends the header once for each value. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** The IP address that the request comes from. */
  readonly address?: string | undefined;
}

let underWay = 0;

/** Simultaneous requests arrive in any order, as they do over connections. */
async function jitter(): Promise<void> {
  if (underWay === 1) return;
  for (let turns = Math.floor(Math.random() * 4); turns > 0; turns--) await new Promise(setImmediate);
}

export async function straight(
  gateway: Gateway,
  { method, path, headers = {}, body = '', address = '127.0.0.1' }: StraightRequest,
) {
  const given = { host: '127.0.0.1', 'user-agent': 'node', ...headers };
  const rawHeaders: string[] = [];
  const joined: Record<string, string> = {};
  for (const [name, values] of Object.entries(given)) {
    for (const value of [values].flat()) rawHeaders.push(name, value);
    joined[name.toLowerCase()] = [values].flat().join(',');
  }
  underWay++;
  try {
    await jitter();
    const answer = await gateway.request({
      method,
      url: path,
      headers: joined,
      rawHeaders,
      body: Buffer.from(body as string),
      address,
    });
    const named = new Headers();
    for (const [name, values] of Object.entries(answer.headers))
      for (const value of [values].flat()) named.append(name, String(value));
    const bytes = Buffer.from(answer.status === 204 || answer.status === 304 ? '' : (answer.body as string));
    const text = (answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
    return { status: answer.status, headers: named, text };
  } finally {
    underWay--;
  }
}
