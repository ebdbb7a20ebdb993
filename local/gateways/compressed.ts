/** How CloudFront compresses what comes from a bucket. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { HttpRequest, HttpResponse } from './server.ts';

/** Of the types that CloudFront compresses, those that a site has. */
const types =
  /^(?:text\/(?:html|css|javascript|plain|xml)|application\/(?:javascript|json|manifest\+json|xml)|image\/svg\+xml)\b/;
/** Bytes: neither smaller nor larger ones are compressed. */
const [least, most] = [1000, 10_000_000];

const ways = {
  br: (body: Uint8Array) =>
    brotliCompressSync(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  gzip: (body: Uint8Array) => gzipSync(body),
} as const;

/** An origin behind a behaviour that compresses: Brotli for those who take it, else gzip. Its ETag is a weak one then. */
export function compressed(origin: (request: HttpRequest) => Promise<HttpResponse>) {
  // As the edge keeps what it compressed: by the content, which the ETag stands for.
  const done = new Map<string, Uint8Array>();
  return async (request: HttpRequest): Promise<HttpResponse> => {
    const [accepted = '', known] = [request.headers['accept-encoding'], request.headers['if-none-match']];
    const asked = known?.startsWith('W/')
      ? { ...request, headers: { ...request.headers, 'if-none-match': known.slice(2) } }
      : request;
    const answer = await origin(asked);
    const { 'content-type': type = '', etag = '' } = answer.headers as Readonly<Record<string, string>>;
    const way = (['br', 'gzip'] as const).find((each) => accepted.includes(each));
    if (!way || !types.test(type)) return answer;
    const headers = { ...answer.headers, etag: `W/${etag}`, vary: 'Accept-Encoding' };
    if (answer.status === 304) return { ...answer, headers };
    const { body } = answer;
    if (answer.status !== 200 || typeof body === 'string' || body.length < least || body.length > most) return answer;
    const name = `${way} ${etag}`;
    const small = done.get(name) ?? ways[way](body);
    done.set(name, small);
    return { ...answer, headers: { ...headers, 'content-encoding': way }, body: small };
  };
}
