import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { bucketServer } from './support.ts';

let server: Awaited<ReturnType<typeof bucketServer>>;
beforeAll(async () => {
  server = await bucketServer();
  server.engine.createBucket('closed');
  server.engine.createBucket('open', { cors: { CorsRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }] } });
  await server.client().send(new PutObjectCommand({ Bucket: 'media', Key: 'x', Body: 'x' }));
});
afterAll(() => server.close());

const home = 'http://localhost:3000';

async function ask(headers: Record<string, string>, bucket = 'media') {
  const answer = await fetch(`${server.endpoint}/${bucket}/x`, { method: 'OPTIONS', headers });
  return { status: answer.status, text: await answer.text(), headers: Object.fromEntries(answer.headers) };
}

it('answers a preflight that fits a rule, without a signature', async () => {
  const answer = await ask({
    origin: home,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'Content-Type, x-amz-meta-a',
  });

  expect(answer).toMatchObject({
    status: 200,
    headers: {
      'access-control-allow-origin': home,
      'access-control-allow-methods': 'GET, PUT, POST',
      'access-control-allow-headers': 'content-type, x-amz-meta-a',
      'access-control-max-age': '600',
      'access-control-expose-headers': 'ETag',
    },
  });
});

it.each([
  ['another origin', { origin: 'http://evil.example', 'access-control-request-method': 'PUT' }],
  ['a suffix of an origin', { origin: 'https://evil-moim.example', 'access-control-request-method': 'PUT' }],
  ['another method', { origin: home, 'access-control-request-method': 'DELETE' }],
  [
    'another header',
    { origin: home, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-other' },
  ],
])('refuses a preflight from %s', async (_, headers) => {
  const answer = await ask(headers);

  expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('AccessForbidden') });
  expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
});

it('refuses a preflight of a bucket without rules, and one that says too little', async () => {
  const asked = { origin: home, 'access-control-request-method': 'GET' };

  expect(await ask(asked, 'closed')).toMatchObject({ status: 403, text: expect.stringContaining('not enabled') });
  expect(await ask({ 'access-control-request-method': 'GET' })).toMatchObject({ status: 400 });
  expect(await ask({ origin: home })).toMatchObject({ status: 400 });
  expect(await ask(asked, 'none')).toMatchObject({ status: 404 });
});

it('marks actual answers and refusals for the origins of the rules', async () => {
  const url = await getSignedUrl(server.client(), new GetObjectCommand({ Bucket: 'media', Key: 'x' }));
  const origin = async (address: string, from: string) =>
    (await fetch(address, { headers: { origin: from } })).headers.get('access-control-allow-origin');

  expect(await origin(url, home)).toBe(home);
  expect(await origin(url, 'https://app.moim.example')).toBe('https://app.moim.example');
  expect(await origin(url, 'http://evil.example')).toBeNull();
  expect(await origin(`${server.endpoint}/media/x`, home)).toBe(home);
  expect(await origin(`${server.endpoint}/open/x`, 'http://any.example')).toBe('*');
});
