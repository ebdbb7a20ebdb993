import { gzipSync } from 'node:zlib';
import { hasField, problemsOf } from '../../docgen/route-problems.ts';
import { features } from '../../functions/features.ts';
import { functionId } from '../../lib/function-id.ts';
import { hasBody, routeKey } from '../../shared/core/contract.ts';
import { problemDefinitions } from '../../shared/core/problems.ts';
import { seenAnswers } from '../support/documented.ts';
import { useMoim } from '../support/moim.ts';
import { bearer, json } from './client.ts';
import { type Attempt, refused } from './refused.ts';
import { bodyOf, each, inputSchema, isGuarded, pathOf, placeholders, type Subject, subjects } from './samples.ts';
import { foundGroup, type World, worldOf } from './world.ts';

const moim = useMoim();
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});

const takesBody = ({ route }: Subject) => hasBody(route);
const mayHaveBody = ({ route }: Subject) => route.method !== 'GET';
const properties = (schema: Subject['route']['body']) =>
  (inputSchema(schema).properties ?? {}) as Readonly<Record<string, { readonly enum?: readonly string[] }>>;

/** A request by somebody who may make it, with this body or query. */
function requestOf(subject: Subject, more: Partial<Attempt>, query = '') {
  const token = isGuarded(subject) ? bearer(world.leader.tokens.accessToken) : {};
  const { method } = subject.route;
  const headers = { ...json, ...token, ...more.headers };
  return { method, path: pathOf(subject, world.ids) + query, ...more, headers };
}
const bodies = (subject: Subject, texts: Readonly<Record<string, string | Uint8Array>>, headers = {}) =>
  Object.entries(texts).map(([why, body]) => ({ why, ...requestOf(subject, { body, headers }) }));
const pointers = (body: { errors?: { pointer: string }[] }) => (body.errors ?? []).map(({ pointer }) => pointer);

describe('the query', () => {
  test.each(each())('%s refuses names that it does not know', async (_, subject) => {
    const queries = ['?surprise=1', '?__proto__=1', '?constructor=x', '?surprise', '?limit[$gt]=1', '?=1', '?%00=1'];

    const answers = await refused(
      world,
      queries.map((query) => ({ why: query, ...requestOf(subject, {}, query) })),
      '422 INVALID_REQUEST',
    );

    expect(pointers(answers[0]!.body)).toEqual(['query/surprise']);
  });

  const takesCursor = ({ route }: Subject) => hasField(route.query, 'cursor');

  test.each(each(takesCursor))('%s refuses limits out of bounds', async (_, subject) => {
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
      cursors.map((cursor) => ({ why: cursor.slice(0, 60), ...requestOf(subject, {}, `?cursor=${cursor}`) })),
      '422 INVALID_CURSOR',
    );
    await refused(
      world,
      [{ why: 'too long', ...requestOf(subject, {}, `?cursor=${'A'.repeat(1025)}`) }],
      '422 INVALID_REQUEST',
    );
  });

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
        .filter((other) => other !== list)
        .map((other) => ({ why: `${other.name} of ${list.name}`, ...requestOf(other, {}, `?cursor=${cursor}`) })),
    );

    expect(cursors.length).toBeGreaterThanOrEqual(3);
    await refused(world, attempts, '422 INVALID_CURSOR');
  });

  test.each(each(({ route }) => Object.values(properties(route.query)).some((each) => each.enum)))(
    '%s refuses values that it does not know',
    async (_, subject) => {
      const choices = Object.entries(properties(subject.route.query)).filter(([, schema]) => schema.enum);
      const attempts = choices.flatMap(([name, { enum: values }]) =>
        ['', 'NOPE', values![0]!.toLowerCase(), `${values![0]}%20`, `${values![0]}&${name}=${values![0]}`].map(
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

describe('the body', () => {
  test.each(each(mayHaveBody))('%s refuses what is no JSON', async (_, subject) => {
    const broken = {
      'an open brace': '{',
      'an open text': '{"a":"',
      'single quotes': "{'a':1}",
      'a comma too many': '{"a":1,}',
      'a value missing': '{"a":}',
      'two values': '{} {}',
      'a byte order mark': '\ufeff{}',
      'a null byte': '{}\u0000',
      'a control character in a text': '{"a":"\n"}',
      NaN: '{"a":NaN}',
      undefined: 'undefined',
      hexadecimal: '{"a":0x1}',
      'a comment': '{}//',
      'a form': 'a=1&b=2',
      XML: '<a/>',
      'spaces alone': '   ',
      'an open list, deep': '['.repeat(10_000),
      gzip: gzipSync('{}'),
    };

    await refused(world, bodies(subject, broken), '400 MALFORMED_BODY');
    await refused(
      world,
      bodies(
        subject,
        { 'compressed and said so': gzipSync(JSON.stringify(bodyOf(subject))) },
        { 'content-encoding': 'gzip' },
      ),
      '400 MALFORMED_BODY',
    );
  });

  test.each(each(mayHaveBody))('%s refuses other types and characters', async (_, subject) => {
    const types = [
      '',
      'text/plain',
      'text/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/octet-stream',
      'application/xml',
      'application/problem+json',
      'application/merge-patch+json',
      'application/jsonp',
      'application/json5',
      'application/json, application/json',
      'application/json; charset=latin1',
      'application/json; charset=utf-16',
      'application/json; charset=""',
      'application/json; profile=x; charset=euc-kr',
      'json',
      '*/*',
    ];
    const body = JSON.stringify(bodyOf(subject));
    const typed = types.map((type) => ({
      why: type,
      ...requestOf(subject, { body, headers: { 'content-type': type } }),
    }));
    const twice = ['application/json', 'application/json'];

    const untyped = requestOf(subject, { body });
    const { 'content-type': _type, ...rest } = untyped.headers;

    await refused(
      world,
      [
        ...typed,
        { why: 'said twice', ...requestOf(subject, { body, headers: { 'content-type': twice } }) },
        { why: 'no type', ...untyped, headers: rest },
      ],
      '415 UNSUPPORTED_MEDIA_TYPE',
    );
  });

  test.each(each(mayHaveBody))('%s refuses JSON that is no object of its own', async (_, subject) => {
    const valid = JSON.stringify(bodyOf(subject));
    const withField = (name: string, value = '1') =>
      `${valid.slice(0, -1)}${valid === '{}' ? '' : ','}${JSON.stringify(name)}:${value}}`;
    const unknown = [
      'surprise',
      '__proto__',
      'constructor',
      'toString',
      '',
      'a/b~c',
      '$where',
      'Ünknown',
      'isAdmin',
      'role',
    ];
    const others = Object.fromEntries(
      subjects
        .filter((other) => takesBody(other) && !subject.route.body.safeParse(bodyOf(other)).success)
        .map((other) => [`the body of ${other.name}`, JSON.stringify(bodyOf(other))]),
    );

    const answers = await refused(
      world,
      bodies(subject, {
        ...Object.fromEntries(unknown.map((name) => [`a field "${name}"`, withField(name)])),
        'a prototype with powers': withField('__proto__', '{"isAdmin":true}'),
        'a deep object': withField('surprise', `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`),
        'a deep list': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
        'a thousand fields': `{${Array.from({ length: 1_000 }, (_, i) => `"field${i}":${i}`).join()}}`,
        'a list': '[]',
        'a list with the body': `[${valid}]`,
        null: 'null',
        'a number': '1',
        'a text': '"text"',
        'the body in a text': JSON.stringify(valid),
        true: 'true',
        ...others,
      }),
      '422 INVALID_REQUEST',
    );

    const named = unknown.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    expect(answers.slice(0, unknown.length).map(({ body }) => pointers(body))).toEqual(
      named.map((pointer) => [pointer]),
    );
    expect(Math.max(...answers.map(({ body }) => body.errors.length))).toBe(20);
  });

  test.each(each(takesBody))('%s names each field that is missing', async (_, subject) => {
    const valid = bodyOf(subject);
    const needed = (inputSchema(subject.route.body).required ?? []) as string[];
    const without = (name: string) => JSON.stringify({ ...valid, [name]: undefined });

    const answers = needed.length
      ? await refused(
          world,
          bodies(subject, Object.fromEntries(needed.map((name) => [name, without(name)]))),
          '422 INVALID_REQUEST',
        )
      : [];
    const empty = subject.route.body.safeParse({}).success
      ? []
      : await refused(world, bodies(subject, { 'an empty object': '{}', 'nothing at all': '' }), '422 INVALID_REQUEST');

    expect(answers.map(({ body }) => pointers(body))).toEqual(needed.map((name) => [`/${name}`]));
    if (needed.length > 0)
      for (const { body } of empty) expect(pointers(body).sort()).toEqual(needed.map((name) => `/${name}`).sort());
  });

  test.each(each(takesBody))('%s names each field of another type', async (_, subject) => {
    const valid = bodyOf(subject);
    const values: unknown[] = [
      42,
      -1,
      0.5,
      true,
      null,
      [],
      {},
      [[]],
      { $ne: '' },
      '',
      ' ',
      '\u0000',
      'x'.repeat(5_000),
      1e308,
      '\ud800',
    ];
    const wrong = Object.keys(properties(subject.route.body)).flatMap((name) => {
      const refusedOnes = values
        .map((value) => ({ name, body: { ...valid, [name]: value } }))
        .filter(({ body }) => !subject.route.body.safeParse(body).success);
      expect(refusedOnes.length).toBeGreaterThanOrEqual(5);
      return refusedOnes;
    });

    const answers = await refused(
      world,
      wrong.map(({ name, body }) => ({
        why: `${name}: ${JSON.stringify(body[name]).slice(0, 40)}`,
        ...requestOf(subject, { body: JSON.stringify(body) }),
      })),
      '422 INVALID_REQUEST',
    );

    answers.forEach(({ body }, i) => {
      for (const pointer of pointers(body)) expect(`${pointer}/`).toContain(`/${wrong[i]!.name}/`);
    });
  });

  test.each(each(mayHaveBody))('%s refuses one byte more than it takes', async (_, subject) => {
    const { bodyLimit } = subject.route;
    const padded = (bytes: number) => '{"surprise":1}'.padEnd(bytes);
    const binary = { 'content-type': 'application/octet-stream' };

    await refused(
      world,
      [
        ...bodies(subject, {
          'a byte more': padded(bodyLimit + 1),
          'a byte more, of letters that take three': `{"a":"${'한'.repeat(Math.ceil(bodyLimit / 3))}"}`,
          'ten times as much': padded(bodyLimit * 10),
        }),
        ...bodies(subject, { 'a byte more, in base64': padded(bodyLimit + 1) }, binary),
      ],
      '413 BODY_TOO_LARGE',
    );
    await refused(world, bodies(subject, { 'just as much': padded(bodyLimit) }), '422 INVALID_REQUEST');
  });

  test.each(each(takesBody))('%s reads a body that the gateway hands over in base64', async (_, subject) => {
    const event = (body: string) => ({
      version: '2.0',
      routeKey: routeKey(subject.route),
      rawPath: pathOf(subject, world.ids),
      rawQueryString: '',
      headers: json,
      pathParameters: Object.fromEntries(placeholders(subject).map((name) => [name, world.ids[name]])),
      requestContext: {
        requestId: 'base64',
        routeKey: routeKey(subject.route),
        authorizer: { lambda: { accountId: world.leader.id, sessionId: world.leader.id, expiresAt: moim.clock.now() } },
      },
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
    });
    const invoke = async (body: string) => {
      const outcome = await moim.invoke(functionId(subject.feature, 'http'), event(body));
      if (!outcome.ok) throw new Error(outcome.errorMessage);
      return JSON.parse((outcome.payload as { body: string }).body).code;
    };

    const codes = await Promise.all(['{"surprise":1}', '{', ' '.repeat(subject.route.bodyLimit + 1)].map(invoke));

    expect(codes).toEqual(['INVALID_REQUEST', 'MALFORMED_BODY', 'BODY_TOO_LARGE']);
  });

  test('the gateway takes no more than 10 MB', async () => {
    const [, subject] = each(takesBody)[0]!;

    await refused(world, bodies(subject, { '10 MB and a byte': Buffer.alloc(10 * 1024 * 1024 + 1, ' ') }), '413');
  });

  test.each(each((subject) => !mayHaveBody(subject) && placeholders(subject).length === 0))(
    '%s does not look at a body, which has no meaning there',
    async (_, subject) => {
      const [plain, ...withBody] = await Promise.all([
        world.send(requestOf(subject, {})),
        ...bodies(subject, { 'no JSON': '{', JSON: '{"a":1}', large: ' '.repeat(50_000) }).map(
          ({ why: _why, ...sent }) => world.send(sent),
        ),
      ]);

      expect(plain!.status).toBe(200);
      expect(withBody.map(({ status }) => status)).toEqual([200, 200, 200]);
    },
  );
});

describe('methods and paths', () => {
  const paths = [...new Set(subjects.map(({ route }) => route.path))];

  test.each(paths)('%s refuses methods that it does not have', async (path) => {
    const here = subjects.filter(({ route }) => route.path === path);
    const methods = [
      'GET',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'HEAD',
      'OPTIONS',
      'TRACE',
      'PROPFIND',
      'SEARCH',
      'PURGE',
    ];
    const attempts = methods
      .filter((method) => !here.some(({ route }) => route.method === method))
      .map((method) => ({ why: method, ...requestOf(here[0]!, {}), method }));

    await refused(
      world,
      attempts.filter(({ method }) => method !== 'HEAD'),
      '404 NOT_FOUND',
    );
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
  test.each(each())('%s refuses more of them than the gateway takes', async (_, subject) => {
    const large = (bytes: number) => ({
      why: `${bytes} bytes`,
      ...requestOf(subject, { headers: { 'x-large': 'a'.repeat(bytes) } }),
    });

    await refused(world, [large(10_240), large(20_000), large(40_000)], '431');
  });

  test.each(each(({ route }) => hasBody(route)))('%s is not moved by odd ones', async (_, subject) => {
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

test('every refusal that comes with the nature of a route was met', () => {
  const met = ['BODY_TOO_LARGE', 'INVALID_CURSOR', 'INVALID_REQUEST', 'MALFORMED_BODY', 'UNSUPPORTED_MEDIA_TYPE'];
  const expected = subjects.flatMap(({ feature, name, route }) =>
    problemsOf(feature, route)
      .filter((code) => met.includes(code))
      .map((code) => `${name} ${problemDefinitions[code].status}`),
  );

  expect(features.length).toBeGreaterThan(0);
  expect(expected.filter((answer) => !seenAnswers.has(answer))).toEqual([]);
});
