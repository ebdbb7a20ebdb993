import { WebSocket } from 'ws';
import { sampleOf } from '../../docgen/sample.ts';
import { features } from '../../functions/features.ts';
import { limits } from '../../shared/product/limits.ts';
import { type Listener, listen, type ReplyMessage } from '../support/listener.ts';
import { useMoim } from '../support/moim.ts';
import { inputSchema } from './samples.ts';
import { livingData } from './samples-of-talking.ts';
import { changesBetween, itemsOf } from './table.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim({ lists: true });
let world: World;
let socket: Listener;
beforeAll(async () => {
  world = await worldOf(moim);
  socket = await world.leader.socket();
  await moim.settle();
});
afterAll(() => socket.close());

const actions = features.flatMap(({ actions: own }) => Object.values(own));
const byName = actions.map((action) => [action.name, action] as const);
const code = ({ ok, problem }: ReplyMessage) => (ok ? 'ok' : problem?.code);

/** Asks one after another, and sees that each message is refused as expected and leaves the table as it was. */
async function refusedAs(expected: string, messages: readonly (string | object)[]): Promise<ReplyMessage[]> {
  const before = await itemsOf(moim);
  const replies: ReplyMessage[] = [];
  for (const message of messages) replies.push(await socket.ask(message));
  await moim.settle();

  expect(replies.map((reply, i) => `${show(messages[i]!)}: ${code(reply)}`)).toEqual(
    messages.map((message) => `${show(message)}: ${expected}`),
  );
  expect(changesBetween(before, await itemsOf(moim))).toEqual([]);
  for (const { problem } of replies) expect(problem).toMatchObject({ type: `urn:moim:problem:${expected}` });
  return replies;
}
const show = (message: string | object) =>
  (typeof message === 'string' ? message : JSON.stringify(message)).slice(0, 60);

describe.each(byName)('the action %s', (name, action) => {
  const schema = inputSchema(action.data);
  let valid = sampleOf(schema, schema) as object;
  beforeAll(async () => {
    valid = (await livingData(name, world)) ?? valid;
    await moim.settle();
  });
  const oddData = [null, [], 'text', 1, true, [{}], { surprise: 1 }, { ...valid, surprise: {} }];

  test('refuses data of other types and unknown fields, and says where', async () => {
    const wrong = oddData.filter((data) => !action.data.safeParse(data).success);

    const replies = await refusedAs(
      'INVALID_REQUEST',
      wrong.map((data) => ({ id: 1, action: name, data })),
    );

    expect(wrong.length).toBeGreaterThanOrEqual(oddData.length - 1);
    for (const { problem } of replies as unknown as { problem: { errors: { pointer: string }[] } }[])
      expect(problem.errors[0]!.pointer).toMatch(/^\/data(\/|$)/);
    await refusedAs('INVALID_REQUEST', [`{"id":1,"action":"${name}","data":{"__proto__":{"a":1}}}`]);
  });

  test('gives back the id it was sent with, if that is a short text or a number', async () => {
    const ids: unknown[] = [
      1,
      0,
      -1.5,
      '',
      'a',
      'x'.repeat(64),
      '한글',
      undefined,
      null,
      true,
      {},
      [1],
      'x'.repeat(65),
      { a: 1 },
    ];

    const replies: unknown[] = [];
    for (const id of ids) replies.push((await socket.ask({ id, action: name, data: { surprise: 1 } })).id);

    expect(replies).toEqual([...ids.slice(0, 7), ...Array(7).fill(null)]);
  });

  test('refuses 16 KB and a byte', async () => {
    const message = (bytes: number) => JSON.stringify({ action: name, data: { surprise: 1 } }).padEnd(bytes);

    const replies = [
      await socket.ask(message(limits.socket.messageBytes)),
      await socket.ask(message(limits.socket.messageBytes + 1)),
      await socket.ask(JSON.stringify({ action: name, data: { a: '한'.repeat(limits.socket.messageBytes / 3) } })),
      await socket.ask(message(32 * 1024)),
    ];

    expect(replies.map(code)).toEqual(['INVALID_REQUEST', ...Array(3).fill('MESSAGE_TOO_LARGE')]);
  });

  test('ends the connection of who sends 33 KB', async () => {
    const other = await world.member.socket();
    const answer = other.ask(JSON.stringify({ action: name, data: valid }).padEnd(33 * 1024));

    const closed = await Promise.race([other.closed, answer]);

    expect(closed).toBe(1009);
    expect(code(await socket.ask({ id: 1, action: name, data: valid }))).toBe('ok');
  });

  test('takes what it should, after all that', async () => {
    const reply = await socket.ask({ id: 'last', action: name, data: valid });

    expect(reply).toMatchObject({ id: 'last', ok: true });
    expect(action.reply.safeParse(reply.data).success).toBe(true);
  });
});

test('what is no JSON object is refused', async () => {
  const texts = [
    '',
    ' ',
    '{',
    'ping',
    '[]',
    '[1]',
    'null',
    '1',
    '"ping"',
    '{"action":"ping"',
    "{'action':'ping'}",
    '\u0000',
    '\ufeff{}',
  ];

  await refusedAs('MALFORMED_BODY', [...texts, '['.repeat(8_000), '{"a":'.repeat(3_000)]);
});

test('what names no action is refused, whatever else it brings', async () => {
  const names = [
    '',
    'nope',
    'PING',
    'ping ',
    '$connect',
    '$disconnect',
    '$default',
    '__proto__',
    'toString',
    1,
    null,
    {},
    ['ping'],
  ];

  await refusedAs('UNKNOWN_ACTION', [
    {},
    { id: 1 },
    { data: {} },
    { Action: 'ping' },
    ...names.map((action) => ({ id: 1, action, data: {} })),
    '{"__proto__":{"action":"ping"}}',
  ]);
});

test('a binary frame ends the connection, as with API Gateway', async () => {
  const { body } = await world.member.post('/v1/socket-tickets', {});
  const other = new WebSocket(body.url);
  await new Promise((resolve) => other.on('open', resolve));
  const closed = new Promise((resolve) => other.on('close', resolve));

  other.send(Buffer.from(JSON.stringify({ action: actions[0]!.name })));

  expect(await closed).toBe(1003);
});

describe('$connect', () => {
  const statusOf = (url: string, headers = {}) =>
    listen(url, headers).then(
      (opened) => {
        opened.close();
        return 'opened';
      },
      (error: Error) => error.message,
    );
  const ticket = async () => String((await world.member.post('/v1/socket-tickets', {})).body.url);

  test('refuses tickets that are forged, missing or for something else', async () => {
    await moim.guest.post('/v1/email-verifications', { email: 'connect@example.com', purpose: 'REGISTER' });
    const confirm = {
      email: 'connect@example.com',
      purpose: 'REGISTER',
      code: await moim.codeFor('connect@example.com'),
    };
    const { body: forSigningUp } = await moim.guest.post('/v1/email-verifications/confirm', confirm);
    const real = await ticket();
    const secret = new URL(real).searchParams.get('ticket')!;
    const forged = [
      'A'.repeat(43),
      'x',
      secret.slice(0, -1),
      `${secret}A`,
      secret.toUpperCase(),
      `${secret}%20`,
      `${secret}%00`,
      'A'.repeat(6_000),
      '__proto__',
      '%7B%7D',
      '%ff',
      'undefined',
      world.member.tokens.accessToken,
      world.member.tokens.refreshToken,
      forSigningUp.ticket,
    ];
    const [address] = real.split('?');
    const before = await itemsOf(moim);

    const answers: string[] = [];
    for (const each of forged) answers.push(await statusOf(`${address}?ticket=${each}`));
    for (const query of ['', '?', '?ticket=', '?Ticket=x', `?other=${secret}`])
      answers.push(await statusOf(`${address}${query}`));
    answers.push(await statusOf(real, { origin: 'https://other.example' }));
    await moim.settle();

    const without = ['', '?', '?ticket=', '?Ticket=x', '?other='];
    // Without a ticket the gateway refuses by itself; the authorizer denies the others.
    expect(answers).toEqual([
      ...forged.map(() => 'refused with 403'),
      ...without.map(() => 'refused with 401'),
      'refused with 403',
    ]);
    expect(changesBetween(before, await itemsOf(moim))).toEqual([]);
    expect(await statusOf(real)).toBe('opened');
  });

  test('takes a ticket once, and not after its time', async () => {
    const [used, late, raced] = [await ticket(), await ticket(), await ticket()];
    const first = await statusOf(used);

    const second = await statusOf(used);
    const race = await Promise.all(Array.from({ length: 10 }, () => statusOf(raced)));
    await moim.clock.advance(limits.ticketSeconds.SOCKET * 1000 + 1);

    expect([first, second, await statusOf(late)]).toEqual(['opened', 'refused with 403', 'refused with 403']);
    expect(race.filter((each) => each === 'opened')).toHaveLength(1);
  });
});

test('nothing of this was an error of the server', () => {
  const failures = moim.logs.filter(({ line }) => /"level":"ERROR"/.test(line));

  expect(actions.length).toBeGreaterThan(0);
  expect(failures).toEqual([]);
});
