/** Somebody who uses moim: makes requests through the front door and keeps the answers honest against the documents. */
import { randomUUID } from 'node:crypto';
import { documented } from './documented.ts';

export interface Reply<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface SendOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What to send as it is, in place of `body` as JSON. */
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

/** An actor at an API. `headersOf` gives what every request of theirs carries, as it is at that moment. */
export function actorAt(apiUrl: string, headersOf: () => Readonly<Record<string, string>> = () => ({})): Actor {
  async function send<T>(method: string, path: string, options: SendOptions = {}): Promise<Reply<T>> {
    const content = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await fetch(apiUrl + path, {
      method,
      headers: {
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        'accept-language': 'en',
        ...headersOf(),
        ...options.headers,
      },
      ...(content === undefined ? {} : { body: content as string | Uint8Array<ArrayBuffer> }),
      redirect: 'manual',
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ?? false;
    const body = (json && text ? JSON.parse(text) : text || {}) as T;
    documented(method, path.split('?')[0]!, response.status, response.headers, body);
    return { status: response.status, headers: response.headers, body };
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

/** A fresh Idempotency-Key. */
export const key = (value: string = randomUUID()) => ({ 'idempotency-key': value });
