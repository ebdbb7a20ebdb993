/** The commands and calls of the docs page ask for what was recorded: each command as a shell reads it, each call as the client sends it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createClient } from '../../client/client.ts';
import { clientCall, curl } from '../../docgen/page-samples.ts';
import { meaningsOf, wantedIn } from '../../docgen/page-search.js';
import type { Samples } from '../../docgen/samples.ts';
import { features } from '../../functions/features.ts';
import { calls, messages } from '../types/client-samples.ts';

const samples = JSON.parse(readFileSync('docs/samples.json', 'utf8')) as Samples;
const routes = features.flatMap((feature) => Object.entries(feature.routes).map(([name, route]) => ({ name, route })));

test('#18.2: a shell takes each command to the recorded request', () => {
  const requests = routes.map(({ name, route }) => ({
    name,
    request: { method: route.method, isGuarded: route.auth === 'account', ...samples.routes[name]! },
  }));
  // Each word on a line of its own, as base64; each command ends with a dot.
  const shell = 'curl() { for word in "$@"; do printf %s "$word" | base64 -w 0; echo; done; echo .; }\nTOKEN=a.token\n';
  const script = shell + requests.map(({ request }) => curl(request)).join('\n');
  const printed = execFileSync('sh', ['-c', script], { encoding: 'utf8', maxBuffer: 1e7 });
  const commands = printed
    .split('\n.\n')
    .slice(0, -1)
    .map((lines) => lines.split('\n').map((line) => Buffer.from(line, 'base64').toString()));

  expect(commands).toHaveLength(requests.length);
  for (const [i, { name, request }] of requests.entries()) {
    const words = commands[i]!;
    const after = (option: string) => words.flatMap((word, at) => (words[at - 1] === option ? [word] : []));
    const body = after('-d')[0];
    expect([name, after('-X')[0] ?? 'GET']).toEqual([name, request.method]);
    expect(words.find((word) => word.startsWith('http'))).toBe(`http://127.0.0.1:3000${encodeURI(request.path)}`);
    expect(after('-H').includes('Authorization: Bearer a.token')).toBe(request.isGuarded);
    expect(after('-H').some((header) => header.startsWith('Idempotency-Key: '))).toBe(request.method === 'POST');
    expect(body === undefined ? undefined : JSON.parse(body)).toEqual(request.body);
  }
});

test('#18.2: the typed client sends the recorded request', async () => {
  let sent: { method: string; path: string; body: unknown } | undefined;
  const client = createClient({
    baseUrl: '',
    getAccessToken: () => 'a.token',
    fetch: async (url, { method, body } = {}) => {
      sent = { method: method!, path: decodeURIComponent(String(url)), body: body && JSON.parse(String(body)) };
      return new Response('{}');
    },
  });

  expect(Object.keys(calls).sort()).toEqual(routes.map(({ name }) => name).sort());
  for (const { name, route } of routes) {
    await calls[name]!(client);
    const { path, body } = samples.routes[name]!;
    expect([name, sent]).toEqual([name, { method: route.method, path, body }]);
  }
});

test('#18.2: the typed socket sends the recorded message', async () => {
  const sent: unknown[] = [];
  const socket = { send: async (...words: unknown[]) => void sent.push(words) };

  for (const call of Object.values(messages)) await call(socket as never);

  expect(sent).toEqual(
    Object.entries(samples.actions).map(([name, { message }]) => [
      name,
      ...(message.data === undefined ? [] : [message.data]),
    ]),
  );
});

test('quotes and lines in a text survive in a call', () => {
  const of = { feature: 'groups', name: 'editGroup', template: '/v1/groups/{groupId}' };
  const body = { notice: "It's\n\\ here", 'odd-name': [1, true, null, []] };

  const call = clientCall(of, { path: '/v1/groups/a', body });

  const client = { groups: { editGroup: (request: unknown) => request } };
  expect(new Function('client', `return ${call}`)(client)).toEqual({ params: { groupId: 'a' }, body });
});

test('a Korean word is searched for while it is typed, with its ending, and with others that it is written together with', () => {
  const korean = { 모임: ['group'], 초대: ['invite'], 코드: ['a code'], 만들: ['create'] };
  const wanted = (text: string) => wantedIn(text, korean);

  expect(wanted('모임')).toEqual([['모임', 'group']]);
  expect(wanted('모이')).toEqual([['모이', '모임', 'group']]);
  expect(wanted('ㅁ')).toEqual([['ㅁ']]);
  expect(wanted('모임을')).toEqual([['모임', 'group']]);
  expect(wanted('초대코드')).toEqual([
    ['초대', 'invite'],
    ['코드', 'a code'],
  ]);
  expect(wanted('모임 만들기')).toEqual([
    ['모임', 'group'],
    ['만들', 'create'],
  ]);
  expect(wanted('초대 code')).toEqual([['초대', 'invite'], ['code']]);
  expect(wanted('모임'.normalize('NFD'))).toEqual([['모임', 'group']]);
  expect(meaningsOf('없는말', korean)).toEqual([['없는말']]);
});
