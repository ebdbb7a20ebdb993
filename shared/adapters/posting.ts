/**
 * Posts of one event to many sockets. The SDK's client takes four times the CPU for each: it resolves endpoint, credentials and
 * signature anew. Here the event is written and hashed once, and only the path is signed for each socket (ADR 31).
 */
import { createHash, createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Platform } from '../core/platform.ts';
import { required } from './aws.ts';

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();

/** What the SDK's HTTP handlers take and give, as far as it is used. */
interface Handler {
  handle(
    request: object,
    options: { readonly abortSignal: AbortSignal },
  ): Promise<{ readonly response: { readonly statusCode: number; readonly body?: unknown } }>;
}

const tries = 3;
const pauseMs = 50;
const isBusy = (status: number) => status === 429 || status >= 500;

/** The API Gateway refused a post, or was not reached. */
export class PostFailed extends Error {
  constructor(status: number) {
    super(`a post to a socket was answered with ${status}`);
    this.name = 'PostFailed';
  }
}

/**
 * A batch of posts of one text.
 *
 * @param handler the HTTP handler of the SDK's client: its connections are shared
 * @returns posts the text to a connection: false if it is closed and should be forgotten
 * @throws PostFailed
 * @example const post = batchOf(platform, handler, text); await post(connectionId, AbortSignal.timeout(1000))
 */
export function batchOf(platform: Platform, handler: Handler, text: Uint8Array) {
  const { environment } = platform;
  const { protocol, hostname, port, pathname } = new URL(required(environment, 'SOCKET_ENDPOINT'));
  const region = required(environment, 'AWS_REGION');
  const token = environment.AWS_SESSION_TOKEN;
  const host = port ? `${hostname}:${port}` : hostname;
  const time = new Date(platform.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${region}/execute-api/aws4_request`;
  const secret = `AWS4${required(environment, 'AWS_SECRET_ACCESS_KEY')}`;
  const key = scope.split('/').reduce<string | Uint8Array>((signing, part) => hmac(signing, part), secret);
  const headers = { host, 'x-amz-date': time, ...(token ? { 'x-amz-security-token': token } : {}) };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const hash = sha256(text);
  const credential = `AWS4-HMAC-SHA256 Credential=${required(environment, 'AWS_ACCESS_KEY_ID')}/${scope}`;
  const stage = pathname.replace(/\/$/, '');

  return async (connectionId: string, abortSignal: AbortSignal): Promise<boolean> => {
    const path = `${stage}/@connections/${encodeURIComponent(connectionId)}`;
    // The signature encodes each part of the path once more.
    const canonical = ['POST', path.split('/').map(encodeURIComponent).join('/'), '', `${lines.join('')}`, names, hash];
    const signed = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical.join('\n'))].join('\n');
    const authorization = `${credential}, SignedHeaders=${names}, Signature=${hmac(key, signed).toString('hex')}`;
    const sent = { ...headers, 'content-type': 'application/octet-stream', 'content-length': String(text.length) };
    const request = {
      ...{ method: 'POST', protocol, hostname, path, query: {}, body: text },
      ...(port ? { port: Number(port) } : {}),
      headers: { ...sent, authorization },
    };
    for (let n = 1; ; n++) {
      const { response } = await handler.handle(request, { abortSignal });
      // An unread body would keep its connection busy.
      (response.body as { resume?: () => void } | undefined)?.resume?.();
      const { statusCode: status } = response;
      if (status === 410) return false;
      if (status < 300) return true;
      if (!isBusy(status) || n === tries) throw new PostFailed(status);
      await pause(pauseMs * n, undefined, { signal: abortSignal });
    }
  };
}
