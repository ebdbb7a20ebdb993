/** What the distribution keeps of the API, by the cache policy of a behaviour. */
import type { HttpRequest, HttpResponse } from './server.ts';

type Handle = (request: HttpRequest) => Promise<HttpResponse>;

/** The settings of a cache policy, as a template holds them. */
export interface CachePolicy {
  readonly MinTTL: number;
  readonly DefaultTTL: number;
  readonly MaxTTL: number;
  readonly ParametersInCacheKeyAndForwardedToOrigin: {
    readonly HeadersConfig: { readonly HeaderBehavior: string; readonly Headers?: readonly string[] };
    readonly QueryStringsConfig: { readonly QueryStringBehavior: string };
    readonly EnableAcceptEncodingGzip: boolean;
  };
}

interface Kept {
  readonly answer: HttpResponse;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly until: number;
}

/** Answers that are kept at a time; the oldest go first. */
const keptAtMost = 1000;

/** Seconds for which an answer may be kept. CloudFront keeps nothing that is `private`, `no-store` or `no-cache` unless `MinTTL` asks for it. */
function lifeOf({ status, headers }: HttpResponse, { MinTTL, DefaultTTL, MaxTTL }: CachePolicy): number {
  if (status !== 200) return 0;
  const control = String(headers['cache-control'] ?? '');
  if (/private|no-store|no-cache/.test(control)) return MinTTL;
  const [, given] = /s-maxage=(\d+)/.exec(control) ?? /max-age=(\d+)/.exec(control) ?? [];
  return Math.min(MaxTTL, Math.max(MinTTL, given === undefined ? DefaultTTL : Number(given)));
}

/** Keeps answers of an origin. Requests of other methods than GET and HEAD pass through. */
export function edgeCache(policy: CachePolicy, origin: Handle, now: () => number): Handle {
  const kept = new Map<string, Kept>();
  const { HeadersConfig, QueryStringsConfig, EnableAcceptEncodingGzip } =
    policy.ParametersInCacheKeyAndForwardedToOrigin;
  const names = (HeadersConfig.Headers ?? []).map((name) => name.toLowerCase());
  const keyOf = ({ method, url, headers }: HttpRequest) =>
    JSON.stringify([
      method,
      QueryStringsConfig.QueryStringBehavior === 'all' ? url : url.split('?')[0],
      ...names.map((name) => headers[name]),
      EnableAcceptEncodingGzip && /\bgzip\b/.test(headers['accept-encoding'] ?? ''),
    ]);

  return async (request) => {
    if (!['GET', 'HEAD'].includes(request.method)) return origin(request);
    const key = keyOf(request);
    const found = kept.get(key);
    if (found && now() < found.until) {
      const { answer } = found;
      const headers = { ...answer.headers, age: String(Math.floor((now() - found.at) / 1000)) };
      const isKnown = request.headers['if-none-match']?.includes(String(answer.headers.etag));
      if (!isKnown) return { ...answer, headers };
      const { 'content-type': _type, 'content-encoding': _coding, ...rest } = headers as HttpResponse['headers'];
      return { status: 304, headers: rest, body: '' };
    }
    kept.delete(key);
    const answer = await origin(request);
    const seconds = lifeOf(answer, policy);
    if (seconds > 0) {
      kept.set(key, { answer, at: now(), until: now() + seconds * 1000 });
      if (kept.size > keptAtMost) kept.delete(kept.keys().next().value!);
    }
    return answer;
  };
}
