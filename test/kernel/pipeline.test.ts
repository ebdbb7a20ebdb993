/** What the stages of an HTTP function do where a service fails them; what they do for every route is in the sweeps. */
import type { Context } from 'aws-lambda';
import { type Route, route } from '../../shared/core/contract.ts';
import type { HttpEvent } from '../../shared/http/exchange.ts';
import { httpFunction } from '../../shared/http/pipeline.ts';

const hang = route({ method: 'GET', path: '/v1/hang', summary: 'Never answers', auth: 'none' });
const contract = { name: 'tries', routes: { hang } };
const event = {
  routeKey: 'GET /v1/hang',
  rawPath: '/v1/hang',
  rawQueryString: '',
  headers: { 'accept-language': 'en' },
  requestContext: { requestId: 'r1', http: { sourceIp: '192.0.2.1' } },
} as unknown as HttpEvent;

async function answered(services: Readonly<Record<string, () => Promise<never>>>, msLeft: number) {
  const lines: Record<string, unknown>[] = [];
  const platform = { environment: {}, now: () => 0, write: (line: string) => void lines.push(JSON.parse(line)) };
  const run = httpFunction(contract as { name: string; routes: Record<string, Route> }, services as never).on(platform);
  const answer = await run({ ...event }, { getRemainingTimeInMillis: () => msLeft } as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}'), lines };
}

test('a service that is late is answered for before Lambda ends the function, and its cost is logged', async () => {
  const { status, body, lines } = await answered({ hang: () => new Promise(() => {}) }, 20);

  expect(status).toBe(500);
  expect(body).toMatchObject({ code: 'INTERNAL', requestId: 'r1' });
  expect(lines).toMatchObject([
    { message: 'failed', requestId: 'r1' },
    { message: 'answered', route: 'hang', status: 500, problem: 'INTERNAL', roundTrips: 0, ServerErrors: 1 },
  ]);
});

test('the log names the function that a route lacks', async () => {
  const { status, lines } = await answered({}, 1000);

  expect(status).toBe(500);
  expect(lines[0]).toMatchObject({ error: { message: 'no function "hang": export it from service.ts of "tries"' } });
});
