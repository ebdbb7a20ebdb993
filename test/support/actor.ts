/** A person who uses moim: sends requests through the API and checks every answer against the documents. */
import { randomUUID } from 'node:crypto';
import { documented } from './documented.ts';
import { type Gateway, straight } from './gateway.ts';

export interface Reply<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

interface SendOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent unchanged, instead of `body` as JSON. */
  readonly raw?: string | Uint8Array;
}

export interface Actor {
  send<T = Record<string, never>>(method: string, path: string, options?: SendOptions): Promise<Reply<T>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test names the fields it expects, and fails where they are not
  get<T = any>(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply<T>>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  post<T = any>(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply<T>>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  put<T = any>(path: string, body?: unknown): Promise<Reply<T>>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  patch<T = any>(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply<T>>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  delete<T = any>(path: string): Promise<Reply<T>>;
}

/** MOIM_HTTP=1 sends requests over connections, like a real client. */
const overHttp = process.env.MOIM_HTTP === '1';

/**
 * An actor at an API. `headersOf` gives the headers of each request at the time of the request.
 *
 * @param address the IP address that the actor's requests come from, if not this machine's
 */
export function actorAt(
  gateway: Gateway,
  headersOf: () => Readonly<Record<string, string>> = () => ({}),
  address?: string,
): Actor {
  async function send<T>(method: string, path: string, options: SendOptions = {}): Promise<Reply<T>> {
    const content = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const given = {
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      'accept-language': 'en',
      ...headersOf(),
      ...options.headers,
    };
    const { status, headers, text } =
      overHttp && address === undefined
        ? await connected(gateway.apiUrl, method, path, given, content)
        : await straight(gateway, {
            method,
            path: asSent(path),
            headers: given,
            address,
            ...(content === undefined ? {} : { body: content }),
          });
    const json = headers.get('content-type')?.includes('json') ?? false;
    const body = (json && text ? JSON.parse(text) : text || {}) as T;
    documented(method, path.split('?')[0]!, status, headers, body);
    return { status, headers, body };
  }
  return {
    send,
    get: (path, headers) => send('GET', path, headers ? { headers } : {}),
    post: (path, body = {}, headers) => send('POST', path, { body, ...(headers ? { headers } : {}) }),
    put: (path, body) => send('PUT', path, body === undefined ? {} : { body }),
    patch: (path, body = {}, headers) => send('PATCH', path, { body, ...(headers ? { headers } : {}) }),
    delete: (path) => send('DELETE', path),
  };
}

/** A path in the form of a client's URL: characters outside ASCII are encoded. */
function asSent(path: string): string {
  const { pathname, search } = new URL(path, 'http://127.0.0.1');
  return pathname + search;
}

async function connected(
  apiUrl: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array | undefined,
) {
  const response = await fetch(apiUrl + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: body as string | Uint8Array<ArrayBuffer> }),
    redirect: 'manual',
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A new Idempotency-Key. */
export const key = (value: string = randomUUID()) => ({ 'idempotency-key': value });
