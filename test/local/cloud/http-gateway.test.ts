import { request } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { closeClouds, cloudOf, type Handler, httpApi, lambda, type Resources, route } from './support.ts';

afterEach(closeClouds);

/** Answers with the event it got. */
const echo: Handler = (event: APIGatewayProxyEventV2) => ({ statusCode: 200, body: JSON.stringify(event) });

const http = (...keys: string[]): Resources =>
  Object.assign({}, lambda('Echo'), ...keys.map((key) => route('Http', key, 'Echo')));

const corsOf = (origin: string) => ({
  CorsConfiguration: {
    AllowOrigins: [origin],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['authorization'],
    ExposeHeaders: ['etag'],
    AllowCredentials: origin !== '*',
    MaxAge: 600,
  },
});

async function call(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

describe('routes', () => {
  test('a literal segment is preferred to a parameter, whatever the order of the routes', async () => {
    const cloud = await cloudOf(http('GET /v1/groups/{groupId}', 'GET /v1/groups/mine'), { Echo: echo });

    const mine = await call(`${cloud.apiUrl}/v1/groups/mine`);
    const one = await call(`${cloud.apiUrl}/v1/groups/g%2F1`);

    expect(mine.body.routeKey).toBe('GET /v1/groups/mine');
    expect(mine.body.pathParameters).toBeUndefined();
    expect(one.body.routeKey).toBe('GET /v1/groups/{groupId}');
    expect(one.body.pathParameters).toEqual({ groupId: 'g/1' });
  });

  test.each([
    ['another method', 'DELETE', '/v1/groups'],
    ['a longer path', 'GET', '/v1/groups/1/more'],
    ['an empty parameter', 'GET', '/v1/groups/'],
  ])('%s is not found', async (_, method, path) => {
    const cloud = await cloudOf(http('GET /v1/groups', 'GET /v1/groups/{groupId}'), { Echo: echo });

    const { status, body } = await call(cloud.apiUrl + path, { method });

    expect({ status, body }).toEqual({ status: 404, body: { message: 'Not Found' } });
  });

  test('what no route matches goes to $default', async () => {
    const cloud = await cloudOf(http('GET /known', '$default'), { Echo: echo });

    const { body } = await call(`${cloud.apiUrl}/unknown`, { method: 'PATCH' });

    expect(body).toMatchObject({ routeKey: '$default', rawPath: '/unknown' });
  });

  test('a function that gave the API no permission is not invoked', async () => {
    const { EchoHttpPermission: _, ...resources } = http('GET /x');
    const cloud = await cloudOf(resources, { Echo: echo });

    const { status, body } = await call(`${cloud.apiUrl}/x`);

    expect({ status, body }).toEqual({ status: 500, body: { message: 'Internal Server Error' } });
  });
});

describe('events', () => {
  test('an event has the form of payload 2.0', async () => {
    const cloud = await cloudOf(http('POST /v1/things'), { Echo: echo });

    const { body } = await call(`${cloud.apiUrl}/v1/things?a=1&a=2&b=x%20y`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Custom': 'Yes', Cookie: 'one=1; two=2', 'user-agent': 'test' },
      body: '{"name":"가"}',
    });

    expect(body).toMatchObject({
      version: '2.0',
      routeKey: 'POST /v1/things',
      rawPath: '/v1/things',
      rawQueryString: 'a=1&a=2&b=x%20y',
      queryStringParameters: { a: '1,2', b: 'x y' },
      cookies: ['one=1', 'two=2'],
      headers: { 'x-custom': 'Yes', 'content-type': 'application/json' },
      requestContext: {
        http: { method: 'POST', path: '/v1/things', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        stage: '$default',
        time: '02/Mar/2026:03:00:00 +0000',
        timeEpoch: cloud.clock.now(),
      },
      body: '{"name":"가"}',
      isBase64Encoded: false,
    });
    expect(body.headers.cookie).toBeUndefined();
  });

  test.each([
    ['/v1/x/%ED%95%9C%20b', '/v1/x/한 b', '한 b'],
    ['/v1/x/a%2Fb', '/v1/x/a/b', 'a/b'],
    ['/v1/x/100%', '/v1/x/100%', '100%'],
  ])('H1: a function gets the path decoded: %s', async (sent, path, id) => {
    const cloud = await cloudOf(http('GET /v1/x/{id}'), { Echo: echo });

    const { body } = await call(`${cloud.apiUrl}${sent}`);

    expect(body).toMatchObject({ rawPath: path, requestContext: { http: { path } }, pathParameters: { id } });
  });

  test('a body that is not text comes in base64', async () => {
    const cloud = await cloudOf(http('POST /x'), { Echo: echo });

    const { body } = await call(`${cloud.apiUrl}/x`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array([0, 255, 1]),
    });

    expect(body).toMatchObject({ body: 'AP8B', isBase64Encoded: true });
  });
});

describe('answers', () => {
  const answering = async (payload: unknown) => {
    const cloud = await cloudOf(http('GET /x'), { Echo: () => payload });
    return fetch(`${cloud.apiUrl}/x`);
  };

  test('status, headers, cookies and binary bodies arrive', async () => {
    const response = await answering({
      statusCode: 201,
      headers: { Location: '/x/1', 'content-type': 'image/png' },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: 'AP8B',
      isBase64Encoded: true,
    });

    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe('/x/1');
    expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 1]);
  });

  test('an answer without a status is the JSON of a 200', async () => {
    const response = await answering({ hello: 'there' });

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ hello: 'there' });
  });

  test('H2: an answer without a type is plain text, and a bare text goes out as it is', async () => {
    const untyped = await answering({ statusCode: 200, body: 'Hello' });
    const typed = await answering({ statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: 'Hello' });
    const bare = await answering('Hello');

    expect(untyped.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(typed.headers.get('content-type')).toBe('text/html');
    expect([bare.headers.get('content-type'), await bare.text()]).toEqual(['application/json', 'Hello']);
  });

  test('H3: every answer has an id, which the function knows too', async () => {
    const cloud = await cloudOf({ ...httpApi({}, corsOf('*')), ...http('GET /x') }, { Echo: echo });
    const idOf = (response: Response) => response.headers.get('apigw-requestid');
    const preflight = { origin: 'https://a.example', 'access-control-request-method': 'GET' };

    const found = await fetch(`${cloud.apiUrl}/x`);
    const others = await Promise.all([
      fetch(`${cloud.apiUrl}/missing`),
      fetch(`${cloud.apiUrl}/x`, { method: 'OPTIONS', headers: preflight }),
    ]);

    expect(await found.json()).toMatchObject({ requestContext: { requestId: idOf(found) } });
    expect(new Set([found, ...others].map(idOf)).size).toBe(3);
    expect(others.map(idOf)).toEqual([expect.stringMatching(/^\S{16}$/), expect.stringMatching(/^\S{16}$/)]);
  });

  test.each([
    ['a body that is no text', { statusCode: 200, body: { not: 'text' } }],
    ['a status that is no number', { statusCode: 'fine' }],
  ])('%s is an error of the gateway', async (_, payload) => {
    const response = await answering(payload);

    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });

  test('a function that throws is an error of the gateway, and its log says why', async () => {
    const cloud = await cloudOf(http('GET /x'), {
      Echo: () => {
        throw new TypeError('no such luck');
      },
    });

    const response = await fetch(`${cloud.apiUrl}/x`);

    expect(response.status).toBe(500);
    expect(cloud.logs.map(({ line }) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ errorType: 'TypeError', errorMessage: 'no such luck' }),
    );
  });
});

describe('CORS', () => {
  const cloudWithCors = () =>
    cloudOf({ ...httpApi({}, corsOf('https://moim.example')), ...http('GET /x') }, { Echo: echo });
  const preflightOf = (url: string, origin: string) =>
    fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });

  test('the gateway answers a preflight by itself', async () => {
    const cloud = await cloudWithCors();

    const { status, headers } = await preflightOf(`${cloud.apiUrl}/x`, 'https://moim.example');

    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('https://moim.example');
    expect(headers.get('access-control-allow-methods')).toBe('GET,POST');
    expect(headers.get('access-control-allow-headers')).toBe('authorization');
    expect(headers.get('access-control-max-age')).toBe('600');
  });

  test('another origin is told nothing', async () => {
    const cloud = await cloudWithCors();

    const preflighted = await preflightOf(`${cloud.apiUrl}/x`, 'https://evil.example');
    const answered = await fetch(`${cloud.apiUrl}/x`, { headers: { origin: 'https://evil.example' } });

    expect(preflighted.headers.get('access-control-allow-origin')).toBeNull();
    expect(answered.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('what a function varies by stays beside the origin', async () => {
    const varying: Handler = () => ({ statusCode: 200, headers: { Vary: 'accept-encoding' }, body: '{}' });
    const cloud = await cloudOf(
      { ...httpApi({}, corsOf('https://moim.example')), ...http('GET /x') },
      { Echo: varying },
    );
    const varyFor = async (origin: string) =>
      (await fetch(`${cloud.apiUrl}/x`, { headers: { origin } })).headers.get('vary');

    expect(await varyFor('https://moim.example')).toBe('accept-encoding, origin');
    expect(await varyFor('https://evil.example')).toBe('accept-encoding');
  });

  test('answers carry the headers too, refusals of the gateway among them', async () => {
    const cloud = await cloudWithCors();

    const found = await fetch(`${cloud.apiUrl}/x`, { headers: { origin: 'https://moim.example' } });
    const missing = await fetch(`${cloud.apiUrl}/y`, { headers: { origin: 'https://moim.example' } });

    expect(found.headers.get('access-control-expose-headers')).toBe('etag');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('access-control-allow-credentials')).toBe('true');
  });
});

describe('limits', () => {
  test('a route is throttled by its own settings, and its tokens come back by the clock', async () => {
    const settings = { 'GET /slow': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } };
    const cloud = await cloudOf(
      { ...httpApi({ RouteSettings: settings }), ...http('GET /slow', 'GET /fast') },
      { Echo: echo },
    );
    const slow = async () => (await fetch(`${cloud.apiUrl}/slow`)).status;

    const statuses = [await slow(), await slow(), await slow(), (await fetch(`${cloud.apiUrl}/fast`)).status];
    await cloud.clock.advance(1000);

    expect(statuses).toEqual([200, 200, 429, 200]);
    expect(await slow()).toBe(200);
    expect(await call(`${cloud.apiUrl}/slow`)).toMatchObject({ status: 429, body: { message: 'Too Many Requests' } });
  });

  test('headers above 10,240 bytes are refused', async () => {
    const cloud = await cloudOf(http('GET /x'), { Echo: echo });

    const fits = await fetch(`${cloud.apiUrl}/x`, { headers: { 'x-long': 'x'.repeat(9000) } });
    const tooLong = await fetch(`${cloud.apiUrl}/x`, { headers: { 'x-long': 'x'.repeat(10_240) } });

    expect([fits.status, tooLong.status]).toEqual([200, 431]);
  });

  test('a body above 10 MB is refused with an answer', async () => {
    const cloud = await cloudOf(http('POST /x'), { Echo: echo });

    const answer = await post(`${cloud.apiUrl}/x`, Buffer.alloc(10 * 1024 * 1024 + 1));

    expect(answer).toEqual({ status: 413, body: { message: 'Request Entity Too Large' } });
  });
});

/** fetch gives up where the server stops reading; a plain request still hears the answer. */
function post(url: string, body: Buffer): Promise<{ status: number | undefined; body: unknown }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST' }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode, body: JSON.parse(text) });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
