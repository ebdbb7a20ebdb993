/** The site behind the distribution: how it is deployed, and what a browser gets. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { deploySite } from '../../../bin/web-deploy.ts';
import { useMoim } from '../../support/moim.ts';

const moim = useMoim();
let client: S3Client;
beforeAll(() => {
  const { accessKeyId, secretAccessKey } = moim.owner;
  client = new S3Client({
    endpoint: moim.awsUrl,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    systemClockOffset: moim.clock.now() - Date.now(),
  });
});

/** A site of a few words whose script has another name in each release. */
function built(release: string) {
  const folder = mkdtempSync(join(tmpdir(), 'moim-site-'));
  const files = {
    'index.html': `<script src="/assets/main-${release}.js">`,
    'sw.js': release,
    [`assets/main-${release}.js`]: release,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, files: Object.keys(files).sort() };
}
const get = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(moim.apiUrl + path, init);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

test('a page, a worker and its files come as a browser needs them; the API answers beside them', async () => {
  await deploySite(client, built('one'));

  const page = await get('/groups/01ARZ3NDEKTSV4RRFFQ69G5FAV?tab=wall');
  const script = await get('/assets/main-one.js');

  expect(page).toMatchObject({ status: 200, text: '<script src="/assets/main-one.js">' });
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'cross-origin-opener-policy': 'same-origin',
  });
  const policy = page.headers.get('content-security-policy')!;
  // Where uploads and the socket really are.
  expect(policy).toContain(`connect-src 'self' ${moim.awsUrl} ${moim.socketUrl}/live;`);
  expect(policy).not.toContain('amazonaws');
  expect(Object.fromEntries(script.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect((await get('/sw.js')).headers.get('cache-control')).toBe('no-cache');
  expect((await get('/assets/none.js')).status).toBe(403);
  expect((await get('/', { method: 'POST' })).status).toBe(403);
  expect((await get('/health')).headers.get('content-type')).toContain('application/json');
  expect((await get('/v1/no-such-path')).status).toBe(404);
});

test('pages of the two releases before find their files; older ones are deleted; the same release again changes nothing', async () => {
  const releases = ['one', 'two', 'three', 'four'];
  const done = [];
  for (const release of releases) done.push(await deploySite(client, built(release)));

  expect(done.map(({ deleted }) => deleted)).toEqual([0, 0, 0, 1]);
  const inBucket = async (each: string) => (await get(`/assets/main-${each}.js`, { method: 'HEAD' })).status;
  expect(await Promise.all(releases.map(inBucket))).toEqual([403, 200, 200, 200]);
  // What was asked before stays at the edge: its name says that it never changes.
  expect((await get('/assets/main-one.js')).text).toBe('one');

  expect(await deploySite(client, built('four'))).toEqual({ written: 2, deleted: 0 });
  // Back to the release before: it is the newest then.
  await deploySite(client, built('three'));
  expect((await get('/')).text).toContain('main-three.js');
  expect((await deploySite(client, built('five'))).deleted).toBe(1);
  expect((await get('/assets/main-four.js')).status).toBe(200);
});

test('a deployment that broke off before its page is mended by the next, and its files count as a release', async () => {
  await deploySite(client, built('six'));
  const broken = built('seven');
  // The page cannot be read: all before it was written.
  await expect(deploySite(client, { ...broken, files: [...broken.files, 'gone.svg'] })).rejects.toThrow('ENOENT');
  expect((await get('/')).text).toContain('main-six.js');
  expect((await get('/assets/main-seven.js')).status).toBe(200);

  await deploySite(client, built('eight'));

  expect((await get('/')).text).toContain('main-eight.js');
  expect((await get('/assets/main-six.js')).status).toBe(200);
});

test('texts of a thousand bytes come compressed, as the behaviours of the stacks ask, and are not sent again when they are known', async () => {
  const site = built('large');
  const text = 'export const bricks = "하루 한 장";\n'.repeat(100);
  writeFileSync(join(site.folder, 'assets/main-large.js'), text);
  await deploySite(client, site);
  const path = '/assets/main-large.js';

  const ways = await Promise.all(
    ['br', 'gzip', 'identity'].map((accepted) => get(path, { headers: { 'accept-encoding': accepted } })),
  );
  const [brotli] = ways;
  const etag = brotli!.headers.get('etag')!;
  const again = await get(path, { headers: { 'accept-encoding': 'br', 'if-none-match': etag } });
  const short = await get('/sw.js', { headers: { 'accept-encoding': 'br' } });

  expect(ways.map(({ headers }) => headers.get('content-encoding'))).toEqual(['br', 'gzip', null]);
  expect(ways.map((each) => each.text)).toEqual([text, text, text]);
  expect(etag).toMatch(/^W\/"/);
  expect(again.status).toBe(304);
  expect(short.headers.get('content-encoding')).toBeNull();
});
