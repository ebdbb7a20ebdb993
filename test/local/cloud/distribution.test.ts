/** The distribution before the API and the pictures: addresses of pictures, and who asks. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { edgeFunction } from '../../../local/gateways/edge-function.ts';
import { edgeKeysOf, mediaLink, viewerOf } from '../../../shared/adapters/media.ts';
import { placeOf } from '../../../shared/http/parse.ts';
import { securityHeaders } from '../../../shared/product/security-headers.ts';
import { useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { jpegOf, painted, uploadPicture } from '../../support/pictures.ts';
import { certify, team } from '../../support/scene.ts';
import { withoutDistribution } from '../../support/templates.ts';

const moim = useMoim();
/** As deployed where the functions know of no distribution. */
const alone = useMoim({ edit: withoutDistribution });
const keys = { current: 'new-key', previous: 'old-key' };

/** A function at the edge with these keys. */
const atEdge = (name: 'viewer' | 'media', has: object = keys) =>
  edgeFunction(readFileSync(`lib/edge/${name}.js`, 'utf8').replace('EDGE_KEYS', JSON.stringify(has)), moim.clock.now);

const requestFor = (url: string) => {
  const { pathname, searchParams } = new URL(url);
  const querystring = Object.fromEntries([...searchParams].map(([name, value]) => [name, { value }]));
  return { method: 'GET', uri: pathname, querystring, headers: {} };
};

test('row 118: a picture has one address for all who may see it, from every function, and browsers keep it', async () => {
  const here = await team(moim);
  const { body: submitted } = await certify(here.member, here);
  // The photo that stays takes the place of the one that was sent.
  await moim.settle();
  const path = `${here.path}/certifications/${submitted.id}`;
  const { body: mine } = await here.member.get(path);
  const { body: theirs } = await here.leader.get(path);

  const [address] = mine.images;
  const answer = await fetch(address);
  await moim.clock.advance(1000);
  const { body: later } = await here.member.get(path);

  expect(address).toMatch(new RegExp(`^${moim.apiUrl}/media/certifications/`));
  expect(theirs.images).toEqual([address]);
  expect(later.images).toEqual([address]);
  expect(
    Buffer.from(await answer.arrayBuffer())
      .subarray(0, 4)
      .toString(),
  ).toBe('RIFF');
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'private, max-age=1200, immutable',
    'x-content-type-options': 'nosniff',
  });
  const known = await fetch(address, { headers: { 'if-none-match': answer.headers.get('etag')! } });
  expect(known.status).toBe(304);
});

test('without a distribution pictures have presigned links', async () => {
  const here = await team(alone);
  const { body } = await certify(here.member, here);
  const uploadId = await uploadPicture(here.member, await jpegOf(painted(40, 20)));
  const { body: profile } = await here.member.put('/v1/accounts/me/picture', { uploadId });
  await alone.settle();
  const { body: members } = await here.leader.get(`${here.path}/members`);
  const thumbnail = members.items.find(({ accountId }: { accountId: string }) => accountId === here.member.id).picture;

  const { body: one } = await here.leader.get(`${here.path}/certifications/${body.id}`);
  const { body: queue } = await here.leader.get('/v1/accounts/me/queue');
  const [{ certification }] = queue.items;

  const shown = [one, certification].flatMap(({ images, author }) => [images[0], author.picture.thumbnailUrl]);
  for (const url of [body.images[0], profile.picture.url, thumbnail.thumbnailUrl, ...shown]) {
    expect(url).toContain('X-Amz-Signature=');
    expect((await fetch(url)).status).toBe(200);
  }
});

test('an address of a picture is good for ten to twenty minutes, whenever it is given', () => {
  const sourceOf = readFileSync('lib/edge/media.js', 'utf8').replace('EDGE_KEYS', JSON.stringify(keys));
  const start = Date.parse('2026-03-02T03:00:00Z');
  for (const given of [0, 1, 299_999, 300_000, 599_999, 600_000, 1_234_567].map((ms) => start + ms)) {
    const request = requestFor(mediaLink('https://moim.example', keys.current, 'pictures/a', given));
    const at = (now: number) => edgeFunction(sourceOf, () => now)(request, '192.0.2.1');

    expect(at(given + 600_000)).toMatchObject({ uri: '/pictures/a', querystring: {} });
    expect(at(given + 1_200_000)).toMatchObject({ statusCode: 403 });
  }
});

test('an address is bound to its object and its end; both keys count while they are renewed, and no other', () => {
  const media = atEdge('media');
  const link = (key: string) => mediaLink('https://moim.example', key, 'pictures/a', moim.clock.now());
  const good = link(keys.current);
  const outcome = (url: string) => 'uri' in media(requestFor(url), '192.0.2.1');

  expect([good, link(keys.previous)].map(outcome)).toEqual([true, true]);
  expect(
    [
      link('another-key'),
      good.replace('/pictures/a', '/pictures/b'),
      good.replace('/media/pictures', '/media/exports'),
      good.replace(/e=\d+/, 'e=99999999999'),
      good.replace(/e=\d+/, 'e=Infinity'),
      good.replace(/&s=.*/, ''),
      good.replace(/&s=.*/, '&s='),
      good.replace(/e=\d+&/, ''),
    ].map(outcome),
  ).toEqual(Array(8).fill(false));
});

test('the distribution reads pictures and nothing else of the bucket', async () => {
  const { EDGE_KEYS, MEDIA_URL } = moim.functions.find(({ id }) => id === 'certifications-http')!.environment;
  expect([EDGE_KEYS, MEDIA_URL]).toEqual([expect.stringContaining('{{resolve:secretsmanager:'), expect.any(String)]);
  const url = (key: string) => `${moim.apiUrl}/media/${key}?e=1&s=x`;

  const answers = await Promise.all(['uploads/a', 'exports/a', 'files/a'].map((key) => fetch(url(key))));
  const posted = await fetch(url('pictures/a'), { method: 'POST', body: 'x' });

  expect([...answers, posted].map(({ status }) => status)).toEqual([403, 403, 403, 403]);
});

test('who asks is whom the distribution names and proves, with the old key as with the new; a claim alone is none', () => {
  const proven = (key: string, ip: string) => {
    const { headers } = atEdge('viewer', { current: key })({ ...requestFor('https://x/y') }, ip) as {
      headers: Record<string, { value: string }>;
    };
    return Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
  };
  const edge = '130.176.0.1';
  const judged = (headers: Record<string, string>, has: object = keys) => viewerOf(headers, edge, has as never);

  expect(judged(proven('new-key', '203.0.113.7'))).toBe('203.0.113.7');
  expect(judged(proven('old-key', '2001:db8::1'))).toBe('2001:db8::1');
  for (const claim of [
    {},
    { 'x-moim-viewer': '203.0.113.7' },
    { 'x-moim-viewer': '203.0.113.7', 'x-moim-viewer-proof': '' },
    { 'x-moim-viewer': '203.0.113.7', 'x-moim-viewer-proof': 'x' },
    { ...proven('new-key', '203.0.113.8'), 'x-moim-viewer': '203.0.113.7' },
    proven('another-key', '203.0.113.7'),
  ])
    expect(judged(claim as Record<string, string>)).toBe(edge);
  expect(judged(proven('new-key', '203.0.113.7'), {})).toBe(edge);
  expect(placeOf('2001:db8:1:2::3')).toBe(placeOf('2001:db8:1:2:ffff::4'));
  expect(edgeKeysOf({})).toEqual({});
});

test('row 130: guesses count for the address that the distribution sees, whatever headers say, and directly for the connection', async () => {
  const { email } = await someone(moim);
  const body = Buffer.from(JSON.stringify({ email, password: 'Wrong-Horse-8' }));
  const claim = (ip: string) => ({
    'x-moim-viewer': ip,
    'x-moim-viewer-proof': createHmac('sha256', 'x').update(`viewer ${ip}`).digest('base64url'),
  });
  const guess = async (address: string, headers: Record<string, string> = {}) => {
    const given = { 'content-type': 'application/json', ...headers };
    return (await moim.request({ method: 'POST', url: '/v1/sessions', headers: given, rawHeaders: [], body, address }))
      .status;
  };
  const directly = async (headers: Record<string, string>) =>
    (
      await fetch(`${moim.originUrl}/v1/sessions`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      })
    ).status;

  const ten: number[] = [];
  for (let i = 0; i < 10; i++) ten.push(await guess('203.0.113.7', claim(`198.51.100.${i}`)));

  expect(ten).toEqual(Array(10).fill(401));
  expect([await guess('203.0.113.7'), await guess('203.0.113.7', claim('198.51.100.99'))]).toEqual([429, 429]);
  expect(await guess('203.0.113.8', claim('203.0.113.7'))).toBe(401);
  const straight: number[] = [];
  for (let i = 0; i < 11; i++) straight.push(await directly(claim(`198.51.100.${i}`)));
  expect(straight).toEqual([...Array(10).fill(401), 429]);
});

test('F08: every answer has the security headers: of functions, of the gateway itself, of the bucket, of the edge', async () => {
  const { 'content-security-policy': policy, 'cross-origin-resource-policy': resource, ...plain } = securityHeaders;
  const headersOf = async (path: string, method = 'GET') =>
    Object.fromEntries((await fetch(`${moim.apiUrl}${path}`, { method })).headers);
  const person = await someone(moim);
  const picture = await uploadPicture(person, await jpegOf(painted(40, 40)));
  const { body: profile } = await person.put('/v1/accounts/me/picture', { uploadId: picture });

  const [fine, missing] = [await headersOf('/v1/social-providers'), await headersOf('/v1/nothing')];
  // The gateway answers what a browser asks before a request from another origin; no function sees it.
  const asked = { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' };
  const preflight = await fetch(`${moim.apiUrl}/v1/sessions`, { method: 'OPTIONS', headers: asked });
  const [shown, refused] = [
    await headersOf(new URL(profile.picture.url).pathname + new URL(profile.picture.url).search),
    await headersOf('/media/x'),
  ];

  expect(fine).toMatchObject({ ...securityHeaders, 'cache-control': 'no-cache' });
  expect(missing).toMatchObject({ ...securityHeaders, 'cache-control': 'no-store' });
  expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
  expect(Object.fromEntries(preflight.headers)).toMatchObject({ ...securityHeaders, 'cache-control': 'no-store' });
  expect(resource).toBe('same-site');
  expect(shown).toMatchObject({ ...plain, 'content-security-policy': `${policy}; sandbox` });
  expect(refused).toMatchObject({ ...plain, 'content-security-policy': policy, 'cache-control': 'no-store' });
});
