import type { HttpResponse } from './server.ts';

/** `CorsConfiguration` of an HTTP API. */
export interface Cors {
  readonly AllowOrigins?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowHeaders?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly AllowCredentials?: boolean;
  readonly MaxAge?: number;
}

/** What an answer to an allowed origin carries; nothing for any other, which the browser then keeps from the page. */
export function corsHeaders(cors: Cors, origin: string): Record<string, string> {
  if (!cors.AllowOrigins?.includes(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(cors.ExposeHeaders ? { 'access-control-expose-headers': cors.ExposeHeaders.join(',') } : {}),
    vary: 'origin',
  };
}

/** The headers of an answer together with those of `corsHeaders`. What a function varies by stays. */
export function withCors(headers: HttpResponse['headers'], cors: Record<string, string>): HttpResponse['headers'] {
  const vary = [headers.vary, cors.vary].filter((names) => names !== undefined).join(', ');
  return { ...headers, ...cors, ...(vary ? { vary } : {}) };
}

/** The gateway answers preflights by itself: no function sees them. */
export function preflight(cors: Cors, origin: string): HttpResponse {
  const allowed = corsHeaders(cors, origin);
  if (!allowed['access-control-allow-origin']) return { status: 204, headers: {}, body: '' };
  return {
    status: 204,
    headers: {
      ...allowed,
      'access-control-allow-methods': (cors.AllowMethods ?? []).join(','),
      'access-control-allow-headers': (cors.AllowHeaders ?? []).join(','),
      'access-control-max-age': String(cors.MaxAge ?? 0),
    },
    body: '',
  };
}
