import { randomUUID } from 'node:crypto';
import { hasField } from '../../docgen/route-problems.ts';
import { hasBody } from '../../shared/core/contract.ts';
import { useMoim } from '../support/moim.ts';
import { bearer, json } from './client.ts';
import { few } from './few.ts';
import { refused } from './refused.ts';
import { pointers, properties, requestOf as requestFrom, unseen } from './requests.ts';
import { each, pathOf, type Subject, subjects } from './samples.ts';
import { turns } from './turns.ts';
import { foundGroup, type World, worldOf } from './world.ts';

const moim = useMoim({ lists: true });
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});
const requestOf = (...of: Parameters<typeof requestFrom> extends [World, ...infer Rest] ? Rest : never) =>
  requestFrom(world, ...of);

/** Monitors ask it with HEAD, and with names of their own in the query. */
const isMonitored = ({ route }: Subject) => route.path === '/health';

describe('the query', () => {
  test.each(few((subject) => !isMonitored(subject)))('%s refuses names that it does not know', async (_, subject) => {
    const odd = ['?__proto__=1', '?constructor=x', '?surprise', '?limit[$gt]=1', '?=1', '?%00=1'];
    const queries = ['?surprise=1', ...odd];

    const answers = await refused(
      world,
      queries.map((query) => ({ why: query, ...requestOf(subject, {}, query) })),
      '422 INVALID_REQUEST',
    );

    expect(pointers(answers[0]!.body)).toContain('query/surprise');
  });

  const takesCursor = ({ route }: Subject) => hasField(route.query, 'cursor');

  test.each(few(takesCursor))('%s refuses limits out of bounds', async (_, subject) => {
    const limits = [
      '0',
      '51',
      '-1',
      '1.5',
      'ten',
      '',
      '5,5',
      'NaN',
      'Infinity',
      '1e99',
      'null',
      'true',
      '%00',
      '5&limit=5',
    ];

    const answers = await refused(
      world,
      limits.map((limit) => ({ why: limit, ...requestOf(subject, {}, `?limit=${limit}`) })),
      '422 INVALID_REQUEST',
    );

    for (const { body } of answers) expect(new Set(pointers(body))).toEqual(new Set(['query/limit']));
  });

  /** What a list asks for beside its cursor. */
  const needed: Readonly<Record<string, string>> = { listComments: `on=post:${randomUUID()}&` };
  const someCursors = turns(6);
  test.each(each(takesCursor))('%s refuses cursors that are broken', async (_, subject) => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const cursors = [
      '',
      'x',
      'null',
      '%00',
      '....',
      'A'.repeat(1024),
      encode([]),
      encode({}),
      encode(null),
      encode(['a', 'b']),
      encode(['a', 'b', 'c', 'd']),
      encode(['0'.repeat(16), `MEMBER#${world.leader.id}`]),
      encode([1, 2]),
      encode(['__proto__', {}]),
    ];

    await refused(
      world,
      someCursors(cursors).map((cursor) => ({
        why: cursor.slice(0, 60),
        ...requestOf(subject, {}, `?${needed[subject.name] ?? ''}cursor=${cursor}`),
      })),
      '422 INVALID_CURSOR',
    );
    await refused(
      world,
      // Longer than that of any list: a search's holds what is still to come.
      [{ why: 'too long', ...requestOf(subject, {}, `?cursor=${'A'.repeat(4097)}`) }],
      '422 INVALID_REQUEST',
    );
  });

  /** Lists that go through the same things in the same order: a place in one is a place in the other. */
  const alike = [
    ['listMembers', 'getMissionStatus'],
    ['listOwnGroups', 'listVolumes'],
  ];

  test('no list takes the cursor of another', async () => {
    await foundGroup(world.leader, world.member);
    await moim.settle();
    const lists = subjects.filter(takesCursor);
    const firstPages = await Promise.all(lists.map((list) => world.send(requestOf(list, {}, '?limit=1'))));
    const cursors = lists.flatMap((list, i) => {
      const cursor = firstPages[i]!.body.nextCursor as string | null;
      return cursor ? [{ list, cursor }] : [];
    });

    const attempts = cursors.flatMap(({ list, cursor }) =>
      lists
        // A list of clubs refuses other groups before it looks at a cursor, and one of comments asks what they are on.
        .filter((other) => other !== list && !['listClubProfiles', 'listComments'].includes(other.name))
        .filter((other) => !alike.some((names) => names.includes(other.name) && names.includes(list.name)))
        .map((other) => ({ why: `${other.name} of ${list.name}`, ...requestOf(other, {}, `?cursor=${cursor}`) })),
    );

    expect(cursors.length).toBeGreaterThanOrEqual(3);
    await refused(world, attempts, '422 INVALID_CURSOR');
  });

  const inOtherCase = (value: string) => (value === value.toLowerCase() ? value.toUpperCase() : value.toLowerCase());

  test.each(each(({ route }) => Object.values(properties(route.query)).some((each) => each.enum)))(
    '%s refuses values that it does not know',
    async (_, subject) => {
      const choices = Object.entries(properties(subject.route.query)).filter(([, schema]) => schema.enum);
      const attempts = choices.flatMap(([name, { enum: values }]) =>
        ['', 'NOPE', inOtherCase(values![0]!), `${values![0]}%20`, `${values![0]}&${name}=${values![0]}`].map(
          (value) => ({
            why: `${name}=${value}`,
            ...requestOf(subject, {}, `?${name}=${value}`),
          }),
        ),
      );

      await refused(world, attempts, '422 INVALID_REQUEST');
    },
  );
});

describe('methods and paths', () => {
  const paths = [...new Set(few().map(([, { route }]) => route.path))];

  /** Methods that end at the distribution. */
  const notPassedOn = ['TRACE', 'PROPFIND', 'SEARCH', 'PURGE'];
  test.each(paths)('%s refuses methods that it does not have', async (path) => {
    // A fixed word may stand where another route has an id.
    const fits = (template: string) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
    const here = subjects.filter(({ route }) => route.path === path);
    const others = subjects.filter(({ route }) => fits(route.path));
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    const attempts = [
      ...methods.filter((method) => !others.some(({ route }) => route.method === method)),
      ...['HEAD', 'OPTIONS', ...notPassedOn],
    ].map((method) => ({ why: method, ...requestOf(here[0]!, {}), method }));

    await refused(
      world,
      attempts.filter(({ method }) => method !== 'HEAD' && !notPassedOn.includes(method)),
      '404 NOT_FOUND',
    );
    await refused(
      world,
      attempts.filter(({ method }) => notPassedOn.includes(method)),
      '403',
    );
    if (isMonitored(here[0]!)) return;
    await refused(
      world,
      attempts.filter(({ method }) => method === 'HEAD'),
      '404',
    );
  });

  test.each(paths)('paths that only look like %s are not found', async (path) => {
    const known = pathOf(subjects.find(({ route }) => route.path === path)!, world.ids);
    const last = known.lastIndexOf('/');
    const alike = [
      `${known}/`,
      `${known}/more`,
      `${known}%00`,
      `${known}%20`,
      `${known};a=1`,
      `${known}.json`,
      `/${known}`,
      `${known.slice(0, last) || '/'}%2F${known.slice(last + 1)}`,
      `${known.slice(0, last)}/.${known.slice(last)}`,
      `${known}/../${known.slice(last + 1)}x`,
      known.replace(/[a-z]+$/, (word) => word.toUpperCase()).replace(/\/v1\//, '/V1/'),
      known.replace(/^\/(v1\/)?/, '/v2/'),
      `http://other.example${known}`,
    ].filter((each) => each !== known);

    const attempts = alike.flatMap((each) =>
      ['GET', 'POST'].map((method) => ({
        why: `${method} ${each}`,
        method,
        path: each,
        headers: { ...json, ...bearer(world.leader.tokens.accessToken) },
        ...(method === 'POST' ? { body: '{}' } : {}),
      })),
    );

    await refused(world, attempts, '404 NOT_FOUND');
  });

  test('paths that nobody declared are not found', async () => {
    const others = [
      '/',
      '//',
      '/v1',
      '/v1/',
      '/.env',
      '/favicon.ico',
      '/admin',
      '/$default',
      '/%2e%2e/',
      '/?a=1',
      '/*',
      `/${'a/'.repeat(2_000)}`,
    ];

    await refused(
      world,
      others.flatMap((path) =>
        ['GET', 'PUT'].map((method) => ({ why: `${method} ${path.slice(0, 40)}`, method, path })),
      ),
      '404 NOT_FOUND',
    );
  });
});

describe('headers', () => {
  test.each(few())('%s refuses more of them than the gateway takes', async (_, subject) => {
    const large = (bytes: number) => ({
      why: `${bytes} bytes`,
      ...requestOf(subject, { headers: { 'x-large': 'a'.repeat(bytes) } }),
    });

    await refused(world, [10_240, 20_000, 40_000].map(large), '431');
  });

  test.each(few(({ route }) => hasBody(route)))('%s is not moved by odd ones', async (_, subject) => {
    const odd: Record<string, string | string[]>[] = [
      { 'accept-language': '*;q=x,,,' },
      { 'accept-language': 'zz'.repeat(1_000) },
      { 'accept-language': ['ko', 'en'] },
      { accept: 'image/png' },
      { 'if-match': 'x' },
      { 'if-match': ['"1"', '"2"'] },
      { 'x-forwarded-for': "1.1.1.1'--" },
      { 'x-http-method-override': 'DELETE' },
      { 'x-amzn-trace-id': 'Root=1' },
      { cookie: 'a=b; __proto__=c' },
      { host: 'other.example' },
      { __proto__header: '1', constructor: '2' },
    ];

    await refused(
      world,
      odd.map((headers) => ({
        why: JSON.stringify(headers).slice(0, 60),
        ...requestOf(subject, { body: '{"surprise":1}', headers }),
      })),
      '422 INVALID_REQUEST',
    );
  });
});

test('each of these routes refused unknown names, and every list a broken cursor', () => {
  expect(unseen(['INVALID_REQUEST'], few())).toEqual([]);
  expect(unseen(['INVALID_CURSOR'], each())).toEqual([]);
});
