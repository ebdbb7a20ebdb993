import { randomBytes, randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Clock } from '../../shared/core/clock.ts';
import type { Runner } from '../runtime/functions.ts';
import { functionArnOf, ofType, permissionsIn, type Resource } from '../runtime/template.ts';
import { createAuthorizer } from './authorizer.ts';
import { type Cors, corsHeaders, preflight, withCors } from './cors.ts';
import type { HttpRequest, HttpResponse } from './server.ts';
import { createThrottle } from './throttle.ts';

/** API Gateway's own answers are this bare. */
const plain = (status: number, message: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});
export const payloadTooLarge = plain(413, 'Request Entity Too Large');
/** Bytes (quotas of HTTP APIs): body, all headers with the request line. */
export const bodyLimit = 10 * 1024 * 1024;
const headerLimit = 10_240;

interface HttpRoute {
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly functionArn: string;
  readonly authorizerId: string | undefined;
}

function routesIn(routes: readonly Resource[], integrations: readonly Resource[]): HttpRoute[] {
  const functions = new Map(integrations.map(({ id, properties }) => [id, functionArnOf(properties.IntegrationUri)]));
  return routes.map(({ properties }) => {
    const [method = '', path = ''] = properties.RouteKey.split(' ');
    if (path.includes('+}')) throw new Error(`the local cloud does not know greedy parameters: ${properties.RouteKey}`);
    const functionArn = functions.get(properties.Target.replace('integrations/', ''));
    if (!functionArn) throw new Error(`the route ${properties.RouteKey} has no integration`);
    const authorizerId: string | undefined = properties.AuthorizerId;
    return { key: properties.RouteKey, method, segments: path.split('/'), functionArn, authorizerId };
  });
}

interface Match {
  readonly route: HttpRoute;
  readonly params: Record<string, string>;
}

/** The most specific route: literal segments before parameters; `$default` takes the rest. */
function match(routes: readonly HttpRoute[], method: string, path: string): Match | undefined {
  const segments = path.split('/');
  let best: (Match & { literals: number }) | undefined;
  for (const route of routes) {
    if ((route.method !== method && route.method !== 'ANY') || route.segments.length !== segments.length) continue;
    const params: Record<string, string> = {};
    let literals = 0;
    const fits = route.segments.every((expected, i) => {
      const given = segments[i]!;
      const name = /^\{(\w+)\}$/.exec(expected)?.[1];
      if (name) params[name] = decode(given);
      else literals++;
      return name ? given !== '' : expected === given;
    });
    if (fits && (!best || literals > best.literals)) best = { route, params, literals };
  }
  const fallback = routes.find(({ key }) => key === '$default');
  return best ?? (fallback && { route: fallback, params: {} });
}

/** The HTTP API of the stacks. */
export function createHttpGateway(resources: readonly Resource[], runner: Runner, clock: Clock) {
  const [api] = ofType(resources, 'AWS::ApiGatewayV2::Api').filter(
    ({ properties }) => properties.ProtocolType === 'HTTP',
  );
  if (!api) throw new Error('the stacks have no HTTP API');
  const apiId = api.id.toLowerCase();
  const mine = (type: string) => ofType(resources, type).filter(({ properties }) => properties.ApiId === apiId);
  const mayInvoke = permissionsIn(resources, apiId);
  const routes = routesIn(mine('AWS::ApiGatewayV2::Route'), mine('AWS::ApiGatewayV2::Integration'));
  const authorizers = new Map(
    mine('AWS::ApiGatewayV2::Authorizer').map((each) => [each.id, createAuthorizer(each.properties, runner, clock)]),
  );
  const [stage] = mine('AWS::ApiGatewayV2::Stage');
  if (!stage) throw new Error('the HTTP API has no stage');
  const throttle = createThrottle(stage.properties, clock);
  const cors: Cors | undefined = api.properties.CorsConfiguration;

  /** Puts what the authorizer found into the event, or says with which answer the request ends here. */
  async function authorize(route: HttpRoute, event: APIGatewayProxyEventV2): Promise<HttpResponse | undefined> {
    if (!route.authorizerId) return undefined;
    const judged = (await authorizers.get(route.authorizerId)?.(event, mayInvoke)) ?? 500;
    if (judged === 401) return plain(401, 'Unauthorized');
    if (judged === 403) return plain(403, 'Forbidden');
    if (judged === 500) return plain(500, 'Internal Server Error');
    Object.assign(event.requestContext, { authorizer: { lambda: judged } });
    return undefined;
  }

  async function answer(request: HttpRequest, requestId: string): Promise<HttpResponse> {
    const size = request.rawHeaders.reduce((sum, text) => sum + text.length + 2, request.url.length);
    if (size > headerLimit) return plain(431, 'Request Header Fields Too Large');
    const [path = '/', query = ''] = splitOnce(request.url, '?');
    const found = match(routes, request.method, path);
    if (!found) return plain(404, 'Not Found');
    const { route, params } = found;
    if (!throttle(route.key)) return plain(429, 'Too Many Requests');

    const event = eventOf(request, { path, query, params, routeKey: route.key, apiId, requestId, now: clock.now() });
    const refused = await authorize(route, event);
    if (refused) return refused;
    if (!mayInvoke(route.functionArn)) return plain(500, 'Internal Server Error');
    const outcome = await withinGatewayTime(runner.invoke(route.functionArn, event));
    if (!outcome) return plain(503, 'Service Unavailable');
    return outcome.ok ? responseOf(outcome.payload) : plain(500, 'Internal Server Error');
  }

  return {
    async handle(request: HttpRequest): Promise<HttpResponse> {
      const { origin } = request.headers;
      const requestId = randomBytes(11).toString('base64url') + randomUUID().slice(0, 1);
      const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
      const response = cors && origin && isPreflight ? preflight(cors, origin) : await answer(request, requestId);
      const more = cors && origin && !isPreflight ? corsHeaders(cors, origin) : {};
      return { ...response, headers: { ...withCors(response.headers, more), 'apigw-requestid': requestId } };
    },
  };
}

/** An integration has 30 s; then the gateway answers without it. */
async function withinGatewayTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), 30_000);
    timer.unref();
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const splitOnce = (text: string, by: string): [string, string] => {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)];
};

/** Text types reach a function as they are, everything else in base64. */
const isText = (type = '') => /^(text\/|application\/(json|javascript|xml|problem\+json))/i.test(type);

/** The way API Gateway writes times: `02/Mar/2026:03:00:00 +0000`. */
export function requestTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** The event of payload format 2.0. */
function eventOf(
  { method, headers, body, address }: HttpRequest,
  {
    path,
    query,
    params,
    routeKey,
    apiId,
    requestId,
    now,
  }: {
    path: string;
    query: string;
    params: Record<string, string>;
    routeKey: string;
    apiId: string;
    requestId: string;
    now: number;
  },
): APIGatewayProxyEventV2 {
  const { cookie, ...others } = headers;
  // API Gateway hands the path over percent-decoded, and the query as it was sent.
  const decoded = decode(path);
  // Without a prototype, so that a parameter may have any name.
  const queries: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query))
    queries[name] = name in queries ? `${queries[name]},${value}` : value;
  const text = isText(headers['content-type']);
  return {
    version: '2.0',
    routeKey,
    rawPath: decoded,
    rawQueryString: query,
    ...(cookie ? { cookies: cookie.split('; ') } : {}),
    headers: others,
    ...(query ? { queryStringParameters: queries } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId,
      domainName: `${apiId}.execute-api.us-east-1.amazonaws.com`,
      domainPrefix: apiId,
      http: { method, path: decoded, protocol: 'HTTP/1.1', sourceIp: address, userAgent: headers['user-agent'] ?? '' },
      requestId,
      routeKey,
      stage: '$default',
      time: requestTime(now),
      timeEpoch: now,
    },
    ...(Object.keys(params).length > 0 ? { pathParameters: params } : {}),
    ...(body.length > 0 ? { body: text ? body.toString('utf8') : body.toString('base64') } : {}),
    isBase64Encoded: body.length > 0 && !text,
  };
}

/** What a function's answer becomes: format 2.0 if it has a status, else its JSON with 200. */
function responseOf(payload: unknown): HttpResponse {
  if (payload === null || typeof payload !== 'object' || !('statusCode' in payload)) {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const {
    statusCode,
    headers = {},
    body = '',
    isBase64Encoded,
    cookies,
  } = payload as {
    statusCode: unknown;
    headers?: Record<string, string | number | boolean>;
    body?: string;
    isBase64Encoded?: boolean;
    cookies?: string[];
  };
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599 || typeof body !== 'string')
    return plain(500, 'Internal Server Error');
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return {
    status,
    headers: {
      ...(body ? { 'content-type': 'text/plain; charset=utf-8' } : {}),
      ...named,
      ...(cookies ? { 'set-cookie': cookies } : {}),
    },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}
