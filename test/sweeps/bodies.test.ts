import { gzipSync } from 'node:zlib';
import { functionId } from '../../lib/function-id.ts';
import { routeKey } from '../../shared/core/contract.ts';
import { useMoim } from '../support/moim.ts';
import { json } from './client.ts';
import { few } from './few.ts';
import { refused } from './refused.ts';
import { mayHaveBody, pointers, properties, requestOf as requestFrom, takesBody, unseen } from './requests.ts';
import { bodyOf, each, inputSchema, pathOf, placeholders, type Subject, subjects } from './samples.ts';
import { turns } from './turns.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim();
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});
const requestOf = (...of: Parameters<typeof requestFrom> extends [World, ...infer Rest] ? Rest : never) =>
  requestFrom(world, ...of);
const bodies = (subject: Subject, texts: Readonly<Record<string, string | Uint8Array>>, headers = {}) =>
  Object.entries(texts).map(([why, body]) => ({ why, ...requestOf(subject, { body, headers }) }));

/** Fields of which exactly one is given, by the route's name. */
const aboutSeveral: Readonly<Record<string, readonly string[]>> = {
  lookAtInvitation: ['code', 'token'],
  acceptInvitation: ['code', 'token'],
  signIn: ['email', 'loginId', 'password', 'code', 'device', 'deviceToken', 'keep'],
};

describe('the body', () => {
  test.each(few(mayHaveBody))('%s refuses what is no JSON', async (_, subject) => {
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

  test.each(few(mayHaveBody))('%s refuses other types and characters', async (_, subject) => {
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

  const someOthers = turns(4);
  const sampled = subjects.filter(takesBody).map((each) => ({ name: each.name, body: bodyOf(each) }));
  test.each(few(mayHaveBody))('%s refuses JSON that is no object of its own', async (_, subject) => {
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
    const others = someOthers(sampled.filter(({ body }) => !subject.route.body.safeParse(body).success)).map(
      ({ name, body }) => [`the body of ${name}`, JSON.stringify(body)],
    );
    const kinds = {
      'a prototype with powers': withField('__proto__', '{"isAdmin":true}'),
      'a deep object': withField('surprise', `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`),
      'a deep list': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      'a list': '[]',
      'a list with the body': `[${valid}]`,
      null: 'null',
      'a number': '1',
      'a text': '"text"',
      'the body in a text': JSON.stringify(valid),
      true: 'true',
    };

    const answers = await refused(
      world,
      bodies(subject, {
        ...Object.fromEntries(unknown.map((name) => [`a field "${name}"`, withField(name)])),
        'a thousand fields': `{${Array.from({ length: 1_000 }, (_, i) => `"field${i}":${i}`).join()}}`,
        ...kinds,
        ...Object.fromEntries(others),
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

  const someValues = turns(6);
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
      return someValues(refusedOnes);
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
      // A rule about several fields names the first of them.
      const names = aboutSeveral[subject.name] ?? [wrong[i]!.name];
      for (const pointer of pointers(body)) expect(names).toContain(pointer.split('/')[1]);
    });
  });

  test.each(few(mayHaveBody))('%s refuses one byte more than it takes', async (_, subject) => {
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

  test.each(few(takesBody))('%s reads a body that the gateway hands over in base64', async (_, subject) => {
    const event = (body: string) => ({
      version: '2.0',
      routeKey: routeKey(subject.route),
      rawPath: pathOf(subject, world.ids),
      rawQueryString: '',
      headers: json,
      pathParameters: Object.fromEntries(placeholders(subject).map((name) => [name, world.ids[name]])),
      requestContext: {
        requestId: 'base64',
        http: { sourceIp: '192.0.2.1' },
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

  test.each(few((subject) => !mayHaveBody(subject) && placeholders(subject).length === 0))(
    '%s does not look at a body, which has no meaning there',
    async (_, subject) => {
      const [plain, ...withBody] = await Promise.all([
        world.send(requestOf(subject, {})),
        ...bodies(subject, { 'no JSON': '{', JSON: '{"a":1}', large: ' '.repeat(50_000) }).map(
          ({ why: _why, ...sent }) => world.send(sent),
        ),
      ]);

      expect(withBody.map(({ status }) => status)).toEqual(Array(3).fill(plain!.status));
    },
  );
});

test('each of these routes that may have a body refused each kind that is none', () => {
  const codes = ['BODY_TOO_LARGE', 'MALFORMED_BODY', 'UNSUPPORTED_MEDIA_TYPE'] as const;

  expect(unseen(codes, few(mayHaveBody))).toEqual([]);
});
