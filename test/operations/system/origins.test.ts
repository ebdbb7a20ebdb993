/** Pages that a web developer serves on a laptop may use the stage dev: API, cookie, socket and bucket. No other page may. */
import { stages } from '../../../lib/stages.ts';
import { straight } from '../../support/gateway.ts';
import { listen } from '../../support/listener.ts';
import { password, useMoim } from '../../support/moim.ts';

const moim = useMoim();
const pages = ['http://localhost:5173', 'http://127.0.0.1:4173', 'http://localhost:8081', 'http://localhost:3000'];
const foreign = [
  'https://attacker.example',
  'http://localhost:5173.attacker.example',
  'http://localhost.attacker.example:5173',
  'https://localhost:5173',
  'http://localhost:51730',
  'http://192.168.0.2:5173',
  'null',
];
const allowedTo = (headers: Headers) => headers.get('access-control-allow-origin');

const preflight = (origin: string) =>
  straight(moim, {
    method: 'OPTIONS',
    path: '/v1/groups',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    },
  });

test('the API answers a preflight from http://localhost:5173 and its like, and their requests', async () => {
  const preflights = await Promise.all(pages.map(preflight));
  const answers = await Promise.all(pages.map((origin) => moim.guest.get('/v1/groups', { origin })));

  expect(preflights.map(({ status, headers }) => [status, allowedTo(headers)])).toEqual(pages.map((p) => [204, p]));
  for (const { headers } of preflights) {
    expect(headers.get('access-control-allow-headers')).toContain('idempotency-key');
    expect(headers.get('access-control-allow-credentials')).toBe('true');
  }
  expect(answers.map(({ status, headers }) => [status, allowedTo(headers)])).toEqual(pages.map((p) => [200, p]));
});

test('a foreign page gets no leave, neither in a preflight nor with an answer', async () => {
  const preflights = await Promise.all(foreign.map(preflight));
  const answers = await Promise.all(foreign.map((origin) => moim.guest.get('/v1/groups', { origin })));

  expect([...preflights, ...answers].map(({ headers }) => allowedTo(headers))).toEqual(
    [...foreign, ...foreign].map(() => null),
  );
});

test('row 9: the cookie is exchanged for a page on a laptop, and refused to a foreign one', async () => {
  const { email } = await moim.person('ari');
  const { headers } = await moim.guest.post('/v1/sessions', { email, password, keep: 'COOKIE' });
  const cookie = headers.get('set-cookie')!.split(';')[0]!;
  const refresh = (origin: string) => moim.guest.post('/v1/sessions/refresh', {}, { cookie, origin });

  const refused = await Promise.all(foreign.map(refresh));
  const renewed = await refresh('http://localhost:5173');

  expect(refused.map(({ body }) => body.code)).toEqual(foreign.map(() => 'ORIGIN_REFUSED'));
  expect(renewed.status).toBe(200);
});

test('a page on a laptop opens a socket', async () => {
  const ari = await moim.person('bora');
  const { body } = await ari.post('/v1/socket-tickets', {});

  const socket = await listen(body.url, { origin: 'http://localhost:5173' });

  expect(await socket.ask({ action: 'ping' })).toMatchObject({ ok: true });
});

test('the bucket takes uploads from pages on a laptop, and from no foreign one', async () => {
  const bucket = moim.functions.find(({ environment }) => environment.BUCKET_NAME)!.environment.BUCKET_NAME;
  const ask = (origin: string) =>
    fetch(`${moim.awsUrl}/${bucket}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  const own = await Promise.all(pages.map(ask));
  const others = await Promise.all(foreign.map(ask));

  expect(own.map(({ status, headers }) => [status, allowedTo(headers)])).toEqual(pages.map((page) => [200, page]));
  expect(others.map(({ status, headers }) => [status, allowedTo(headers)])).toEqual(foreign.map(() => [403, null]));
});

test('prod has exact https origins alone', () => {
  expect(stages.prod.origins).toEqual(['https://moim.example']);
});
