/** What monitors ask: whether moim answers. They use HEAD, and add a name of their own to get past caches. */
import { straight } from '../../support/gateway.ts';
import { useMoim } from '../../support/moim.ts';

const moim = useMoim();
const ask = (method: string, path: string) => straight(moim, { method, path });

test('GET says that moim answers, whatever stands in the query', async () => {
  const answers = await Promise.all(['/health', '/health?x=1', '/health?x=1&x=2&%00='].map((path) => ask('GET', path)));

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  for (const { text } of answers) expect(JSON.parse(text)).toMatchObject({ status: 'ok', stage: 'dev' });
});

test('HEAD answers as GET, and over a connection without a body', async () => {
  const { status, headers } = await ask('HEAD', '/health?x=1');
  const sent = await fetch(`${moim.apiUrl}/health`, { method: 'HEAD' });

  expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect([sent.status, await sent.text()]).toEqual([200, '']);
});

test('HEAD finds nothing else: neither other routes nor what only looks like the path', async () => {
  const paths = ['/', '/health/', '/Health', '/v1/groups', '/v1/accounts/me', '/$default', '/__proto__'];

  // The API itself: at the distribution, all other paths are the site's.
  const answers = await Promise.all(paths.map((path) => fetch(moim.originUrl + path, { method: 'HEAD' })));

  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 404));
});
