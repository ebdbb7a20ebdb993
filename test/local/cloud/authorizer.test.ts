import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { authorizer, closeClouds, cloudOf, type Handler, lambda, type Resources, route } from './support.ts';

afterEach(closeClouds);

/** Answers with the event it got. */
const echo: Handler = (event: APIGatewayProxyEventV2) => ({ statusCode: 200, body: JSON.stringify(event) });

async function call(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

describe('authorizer', () => {
  const guarded = (): Resources => ({
    ...lambda('Echo'),
    ...lambda('Guard'),
    ...authorizer('Http', 'Authorizer', 'Guard', '$request.header.Authorization'),
    ...route('Http', 'GET /a', 'Echo', { authorizer: 'Authorizer' }),
    ...route('Http', 'GET /b', 'Echo', { authorizer: 'Authorizer' }),
  });
  const get = (url: string, token?: string) => call(url, token ? { headers: { authorization: token } } : {});

  test('its context reaches the function, and its answer is remembered for as long as the template says', async () => {
    let asked = 0;
    const Guard = () => ({ isAuthorized: true, context: { asked: ++asked } });
    const cloud = await cloudOf(guarded(), { Echo: echo, Guard });

    const first = await get(`${cloud.apiUrl}/a`, 'one');
    const other = await get(`${cloud.apiUrl}/b`, 'one');
    const stranger = await get(`${cloud.apiUrl}/a`, 'two');
    await cloud.clock.advance(300_000);
    const later = await get(`${cloud.apiUrl}/a`, 'one');

    const contexts = [first, other, stranger, later].map(({ body }) => body.requestContext.authorizer.lambda);
    expect(contexts).toEqual([{ asked: 1 }, { asked: 1 }, { asked: 2 }, { asked: 3 }]);
  });

  test('it is told which route is asked for, and its failures are not remembered', async () => {
    const events: { routeArn: string }[] = [];
    const Guard: Handler = (event: { routeArn: string }) => {
      events.push(event);
      return events.length === 1 ? { broken: true } : { isAuthorized: true };
    };
    const cloud = await cloudOf(guarded(), { Echo: echo, Guard });

    const statuses = [
      (await get(`${cloud.apiUrl}/a`, 'token')).status,
      (await get(`${cloud.apiUrl}/a`, 'token')).status,
    ];

    expect(statuses).toEqual([500, 200]);
    expect(events[0]!.routeArn).toBe('arn:aws:execute-api:us-east-1:000000000000:http/$default/GET/a');
  });

  test('it is asked anew about a token that thousands of others came after', async () => {
    const asked: string[] = [];
    const Guard: Handler = ({ identitySource }: { identitySource: string[] }) => {
      asked.push(...identitySource);
      return { isAuthorized: true };
    };
    const cloud = await cloudOf(guarded(), { Echo: echo, Guard });
    const request = (token: string) =>
      cloud.request({
        ...{ method: 'GET', url: '/a', rawHeaders: [], address: '127.0.0.1', body: Buffer.alloc(0) },
        headers: { authorization: token },
      });

    for (let i = 0; i < 4097; i++) {
      await request(`token ${i}`);
      // Within what one route takes in a second.
      if (i % 1000 === 0) await cloud.clock.advance(1000);
    }
    asked.length = 0;
    await request('token 4096');
    await request('token 1');
    await request('token 0');

    expect(asked).toEqual(['token 0']);
  });

  test('without its identity source nobody is asked', async () => {
    const Guard = jest.fn(() => ({ isAuthorized: true }));
    const cloud = await cloudOf(guarded(), { Echo: echo, Guard });

    const { status, body } = await get(`${cloud.apiUrl}/a`);

    expect({ status, body }).toEqual({ status: 401, body: { message: 'Unauthorized' } });
    expect(Guard).not.toHaveBeenCalled();
  });

  test.each([
    ['a no', () => ({ isAuthorized: false }), 403, 'Forbidden'],
    [
      'an error "Unauthorized"',
      () => {
        throw new Error('Unauthorized');
      },
      401,
      'Unauthorized',
    ],
    [
      'any other error',
      () => {
        throw new Error('broken');
      },
      500,
      'Internal Server Error',
    ],
    ['an answer of another form', () => ({ yes: true }), 500, 'Internal Server Error'],
  ])('%s refuses', async (_, Guard, status, message) => {
    const cloud = await cloudOf(guarded(), { Echo: echo, Guard });

    const answer = await get(`${cloud.apiUrl}/a`, 'token');

    expect(answer).toMatchObject({ status, body: { message } });
  });
});
