import { randomUUID } from 'node:crypto';
import { problemDefinitions } from '../../shared/product/problems.ts';
import { listen } from '../support/listener.ts';
import { secretsShown } from '../support/logs.ts';
import { useMoim } from '../support/moim.ts';
import { bearer, json } from './client.ts';
import { isGuarded, type Sample, type Subject, sampleFor, subjects } from './samples.ts';
import { type World, worldOf } from './world.ts';

const moim = useMoim();
/** Everything that was sent or answered and that no log may show, with what it is. */
const secrets = new Map<string, string>();
const answered: { requestId: string; name: string; status: number; done: boolean; body: unknown }[] = [];
const number = expect.any(Number);
const cost = { requests: number, roundTrips: number, readUnits: number, writeUnits: number };
let world: World;

const secretNames = /^(email|password|code|ticket|accessToken|refreshToken|url|fields|x-amz-.*|policy|images)$/i;

/** Finds the secrets in a body; of an address with a query, the values in the query. */
function collect(value: unknown, name = ''): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'object') {
    for (const [key, each] of Object.entries(value))
      collect(each, Array.isArray(value) || secretNames.test(name) ? name : key);
    return;
  }
  const text = String(value);
  // The code of a problem is for everybody.
  if (!secretNames.test(name) || text.length < 6 || text in problemDefinitions) return;
  if (!/^https?:|^wss?:/.test(text)) secrets.set(text, name);
  else
    for (const [key, each] of new URL(text).searchParams)
      if (/ticket|signature|credential|token/i.test(key)) secrets.set(each, key);
}

async function request({ name, route }: Subject, { path, token, body }: Sample): Promise<void> {
  const [idempotencyKey, cookie] = [`key-${randomUUID()}`, `cookie-${randomUUID()}`];
  const headers = {
    ...json,
    ...(token ? bearer(token) : {}),
    cookie: `session=${cookie}`,
    'idempotency-key': idempotencyKey,
  };
  secrets.set(idempotencyKey, 'idempotency-key').set(cookie, 'cookie');
  if (token) secrets.set(token, 'token').set(token.split('.')[2]!, 'signature of a token');
  collect(body);
  const sent = { method: route.method, path, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const { status, headers: given, body: answer } = await world.send(sent);
  collect(answer);
  answered.push({ requestId: given.get('x-request-id')!, name, status, done: status === route.status, body: answer });
}

/** Every route: carried out, refused by its own rules, by its contract, without a right, and while the table fails. */
async function everythingThatHappens(): Promise<void> {
  const failing = { kind: 'error500', times: Number.POSITIVE_INFINITY } as const;
  const samples: { subject: Subject; sample: Sample }[] = [];
  for (const subject of subjects) {
    const sample = await sampleFor(subject, world);
    samples.push({ subject, sample });
    await request(subject, sample);
    await request(subject, sample);
    if (isGuarded(subject)) await request(subject, { ...sample, token: `${sample.token!.slice(0, -10)}AAAAAAAAAA` });
    await request(subject, { ...sample, path: `${sample.path}?email=asked.for@example.com` });
    await request(subject, { ...sample, body: { ...Object(sample.body), email: 1, password: ['in-a-wrong-body'] } });
  }
  const callOff = moim.table.faults.add(failing);
  await Promise.all(samples.map(({ subject, sample }) => request(subject, sample)));
  callOff();

  const socket = await world.leader.socket();
  await socket.ask({ id: 1, action: 'nope', data: { password: 'in-a-socket-message' } });
  socket.close();
  const { body } = await world.leader.send('POST', '/v1/socket-tickets', {});
  const [address] = (body as unknown as { url: string }).url.split('?');
  await listen(`${address}?ticket=in-a-forged-address`).catch(() => undefined);
  moim.mail.failNext('reject');
  await moim.guest.post('/v1/email-verifications', { email: 'rejected@example.com', purpose: 'REGISTER' });
  await moim.settle();

  for (const text of [
    'in-a-socket-message',
    'in-a-forged-address',
    'in-a-wrong-body',
    'asked.for@example.com',
    'rejected@example.com',
  ])
    secrets.set(text, 'text');
  for (const { to, subject } of moim.mail.list()) {
    for (const address of to) secrets.set(address, 'address');
    for (const code of subject.match(/\b\d{6}\b/g) ?? []) secrets.set(code, 'code');
  }
}

beforeAll(async () => {
  world = await worldOf(moim);
  for (const { email, tokens } of [world.leader, world.member, world.stranger]) collect({ email, ...tokens });
  await everythingThatHappens();
});

const lines = () => moim.logs.map(({ line }) => line);

test('row 119: every line is one JSON object with a level, a time and a message', () => {
  const fields = lines().map((line) => JSON.parse(line) as Record<string, unknown>);

  expect(fields.length).toBeGreaterThan(answered.length);
  for (const { level, message } of fields) {
    expect(['DEBUG', 'INFO', 'WARN', 'ERROR']).toContain(level);
    expect(message).toMatch(/./);
  }
  expect(lines().filter((line) => /[\n\r\u2028]/.test(line))).toEqual([]);
});

test('no line shows a secret that was sent or answered', () => {
  const text = lines().join('\n');

  const found = [...secrets].filter(([secret]) =>
    // Six digits also occur within longer numbers and ids.
    /^\d+$/.test(secret) ? new RegExp(`(?<![\\w.-])${secret}(?![\\w-])`).test(text) : text.includes(secret),
  );

  const kinds = new Set(secrets.values());
  for (const kind of [
    'email',
    'password',
    'code',
    'ticket',
    'accessToken',
    'refreshToken',
    'cookie',
    'idempotency-key',
  ])
    expect(kinds).toContain(kind);
  expect(secrets.size).toBeGreaterThan(200);
  expect(found).toEqual([]);
});

test('no line shows anything that looks like a secret', () => {
  expect(secretsShown(moim)).toEqual([]);
});

test('each route was carried out, and answered all and only what its contract names', () => {
  for (const { name, route } of subjects) {
    const bodies = answered.filter((each) => each.name === name && each.done).map(({ body }) => body);

    const sample = `${name}: else give a request that succeeds in \`living\` of test/sweeps/samples.ts`;
    expect([sample, bodies.length > 0]).toEqual([sample, true]);
    // Parsing drops what the contract does not name: nothing may be lost.
    for (const body of bodies) expect(body).toEqual(route.status === 204 ? '' : route.result.parse(body));
  }
});

test('each request has one line with its route, its status and its cost', () => {
  const told = Map.groupBy(
    lines()
      .map((line) => JSON.parse(line))
      .filter(({ message }) => message === 'answered'),
    ({ requestId }) => requestId as string,
  );

  for (const { requestId, name, status, done } of answered) {
    expect(told.get(requestId)).toEqual([expect.objectContaining({ route: name, status, ms: expect.any(Number) })]);
    if (done) expect(told.get(requestId)).toEqual([expect.objectContaining(cost)]);
  }
  expect(answered.some(({ status }) => status === 500)).toBe(true);
});

test('what failed is logged in full, under the id that the caller was told', () => {
  const failures = lines()
    .map((line) => JSON.parse(line))
    .filter(({ message, requestId }) => message === 'failed' && requestId);
  const told = answered.filter(({ status }) => status === 500).map(({ requestId }) => requestId);

  expect(new Set(failures.map(({ requestId }) => requestId))).toEqual(new Set(told));
  for (const { level, error } of failures)
    expect([level, error]).toEqual([
      'ERROR',
      expect.objectContaining({ name: expect.any(String), stack: expect.any(String) }),
    ]);
});
