import { isId, newId } from '../../shared/core/ids.ts';
import { listen } from '../support/listener.ts';
import { useMoim } from '../support/moim.ts';
import { bearer, json } from './client.ts';
import { few } from './few.ts';
import { forgeries } from './forgeries.ts';
import { refused } from './refused.ts';
import { queryOf } from './requests.ts';
import { bodyOf, each, isGuarded, pathOf, placeholders, type Subject, subjects } from './samples.ts';
import { everything, turns } from './turns.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim({ lists: true });
let world: World;
let forged: Readonly<Record<string, string>>;
beforeAll(async () => {
  world = await worldOf(moim);
  forged = await forgeries(moim, world.leader.tokens.accessToken);
});

/** Routes that take away, and for which what is not there is as good as gone. */
const fineWithNothing = ['endSession', 'unblockAccount', 'unlikeGroup', 'removeProgressLink'];
/** Routes that anybody who is signed in may use on anybody's things, by name. */
const openToAll = [
  'joinGroup',
  'likeGroup',
  'downloadFile',
  'getViewer',
  'apply',
  'blockAccount',
  'getProfile',
  'startFromPlan',
  'reportPlan',
  ...fineWithNothing,
];

const isRoute = (method: string, path: string) =>
  subjects.some(({ route }) => route.method === method && route.path === path);

const requestOf = (subject: Subject, ids = world.ids, more: Readonly<Record<string, string | string[]>> = {}) => ({
  method: subject.route.method,
  path: pathOf(subject, ids) + queryOf(subject),
  headers: { ...json, ...more },
  ...(subject.route.method === 'GET' ? {} : { body: JSON.stringify(bodyOf(subject)) }),
});

describe('without a token', () => {
  test.each(each(isGuarded))('%s is refused by the gateway', async (_, subject) => {
    const answers = await refused(
      world,
      [
        { why: 'no header', ...requestOf(subject) },
        { why: 'an empty header', ...requestOf(subject, world.ids, { authorization: '' }) },
        { why: 'in a cookie', ...requestOf(subject, world.ids, { cookie: `authorization=${forged['no scheme']}` }) },
      ],
      '401',
    );

    for (const { body } of answers) expect(body).toEqual({ message: 'Unauthorized' });
  });

  test.each(each((subject) => !isGuarded(subject)))('%s looks at the request itself', async (_, subject) => {
    const unknownField = subject.route.method === 'GET' ? {} : { body: '{"surprise":1}' };

    const plain = await world.send({ ...requestOf(subject), ...unknownField });
    const withForgedToken = await world.send({
      ...requestOf(subject, world.ids, { authorization: forged['signed with another key']! }),
      ...unknownField,
    });

    const asksForNothing = subject.route.method === 'GET' && subject.route.query.safeParse({}).success;
    expect(plain.status).toBe(asksForNothing ? 200 : 422);
    expect(withForgedToken.status).toBe(plain.status);
  });
});

describe('with a forged token', () => {
  test('there are as many ways to forge one as the plan asks for', () => {
    expect(Object.keys(forged).length).toBeGreaterThanOrEqual(150);
  });

  const attemptsAt = (subject: Subject, tokens: readonly (readonly [string, string])[]) =>
    tokens.map(([why, authorization]) => ({ why, ...requestOf(subject, world.ids, { authorization }) }));

  test('however it is forged, it is refused', async () => {
    const [, subject] = each(isGuarded)[0]!;

    await refused(world, attemptsAt(subject, Object.entries(forged)), '401 TOKEN_INVALID');
  });

  const some = turns(50);
  test.each(few(isGuarded))('%s refuses it', async (_, subject) => {
    const attempts = attemptsAt(subject, some(Object.entries(forged)));
    const valid = `Bearer ${world.leader.tokens.accessToken}`;
    const twice = { why: 'two headers', ...requestOf(subject, world.ids, { authorization: [valid, valid] }) };

    const [answer] = await refused(world, [...attempts, twice], '401 TOKEN_INVALID');

    expect(answer!.headers.get('www-authenticate')).toBe('Bearer');
  });
});

test('no forged token, and no token at all, opens a socket', async () => {
  const { body } = await world.leader.post('/v1/socket-tickets');
  const [address] = body.url.split('?');
  const opened = (url: string, headers = {}) =>
    listen(url, headers).then(
      () => 'open',
      (error: Error) => error.message,
    );
  const texts = [...turns(40)(Object.values(forged)), `Bearer ${world.leader.tokens.accessToken}`];

  const answers = await Promise.all([
    ...texts.map((text) => opened(`${address}?ticket=${encodeURIComponent(text.replace('Bearer ', ''))}`)),
    // Headers have no control characters, and no header of a socket is a ticket.
    ...texts.filter((text) => /^[ -~]*$/.test(text)).map((authorization) => opened(address, { authorization })),
  ]);

  expect(answers.length).toBeGreaterThan(everything ? 300 : 50);
  // The gateway refuses an address that is too long before anybody looks at it.
  expect(answers.filter((answer) => !/refused with (401|403|414|431)/.test(answer))).toEqual([]);
});

test('the scheme may be written in any case, as RFC 9110 has it', async () => {
  const [, subject] = each(
    (each) => isGuarded(each) && each.route.method === 'GET' && placeholders(each).length === 0,
  )[0]!;

  const { status } = await world.send(
    requestOf(subject, world.ids, { authorization: `bEARER ${world.leader.tokens.accessToken}` }),
  );

  expect(status).toBe(200);
});

describe("with another person's token", () => {
  const guardedThings = (subject: Subject) =>
    isGuarded(subject) && placeholders(subject).length > 0 && !openToAll.includes(subject.name);

  test.each(each(guardedThings))('%s answers as if there were nothing', async (_, subject) => {
    const token = bearer(world.stranger.tokens.accessToken);
    const nothing = Object.fromEntries(placeholders(subject).map((name) => [name, newId(moim.clock.now())]));

    const [there, notThere] = await refused(
      world,
      [
        { why: 'it exists', ...requestOf(subject, world.ids, token) },
        { why: 'it does not', ...requestOf(subject, nothing, token) },
      ],
      '404 NOT_FOUND',
    );

    const { requestId: _1, ...one } = there!.body;
    const { requestId: _2, ...other } = notThere!.body;
    expect(one).toEqual(other);
  });

  test.each(each((subject) => isGuarded(subject) && placeholders(subject).length > 1))(
    "%s finds nothing of another group below one's own",
    async (_, subject) => {
      const [first, ...rest] = placeholders(subject);
      const mixed = rest.map((name) => ({
        why: `${name} of another group`,
        ...requestOf(
          subject,
          { ...world.ids, ...world.strangersIds, [name]: world.ids[name]!, [first!]: world.strangersIds[first!]! },
          bearer(world.stranger.tokens.accessToken),
        ),
      }));

      await refused(world, mixed, '404 NOT_FOUND');
    },
  );
});

describe('with a path that names nothing', () => {
  test.each(few((subject) => placeholders(subject).length > 0))('%s is not found', async (_, subject) => {
    const token = bearer(world.leader.tokens.accessToken);
    const living = Object.values(world.ids)[0]!;
    const odd = [
      'me',
      '0',
      '-1',
      'null',
      living.toUpperCase(),
      `${living}%20`,
      `%20${living}`,
      `${living}%00`,
      `${living}%0a`,
      `%7B${living}%7D`,
      living.replaceAll('-', ''),
      `${living.slice(0, -1)}%2e`,
      '00000000-0000-0000-0000-000000000000',
      'x'.repeat(2_000),
      '%2e%2e%2f%2e%2e',
      `${living}%2F${living}`,
      '%5c..%5c',
      '%zz',
      '%',
      '%ff%fe',
      '%F0%9F%98%80',
      "'%20OR%201=1--",
      '*',
      'GROUP%23',
      '$ne',
      '__proto__',
      'constructor',
      '{groupId}',
      '<script>',
    ];

    const attempts = placeholders(subject).flatMap((name) =>
      odd
        .filter((id) => !isId(id) || !fineWithNothing.includes(subject.name))
        // `/v1/accounts/me` is a route of its own.
        .filter((id) => !isRoute(subject.route.method, subject.route.path.replace(`{${name}}`, id)))
        .map((id) => ({
          why: `{${name}} is ${id.slice(0, 60)}`,
          ...requestOf(subject, { ...world.ids, [name]: id }, token),
        })),
    );

    await refused(world, attempts, '404 NOT_FOUND');
  });
});
