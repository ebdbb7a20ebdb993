/** How CloudFront keeps the files of a site whose names have their hash. */
import type { HttpRequest, HttpResponse } from './server.ts';

/** An origin behind an edge that keeps, for as long as it runs, what says of itself that it never changes. */
export function lasting(origin: (request: HttpRequest) => Promise<HttpResponse>) {
  const kept = new Map<string, HttpResponse>();
  return async (request: HttpRequest): Promise<HttpResponse> => {
    // The cache policy leaves queries out.
    const [path = ''] = request.url.split('?');
    const known = request.method === 'GET' ? kept.get(path) : undefined;
    if (known)
      return request.headers['if-none-match'] === known.headers.etag ? { ...known, status: 304, body: '' } : known;
    const answer = await origin(request);
    const { 'cache-control': control } = answer.headers as Readonly<Record<string, string>>;
    if (request.method === 'GET' && answer.status === 200 && control?.includes('immutable')) kept.set(path, answer);
    return answer;
  };
}
