import fc from 'fast-check';
import type { Platform } from '../../shared/core/platform.ts';
import { logOf, redact } from '../../shared/observe/log.ts';
import { metrics } from '../../shared/observe/metrics.ts';
import { now } from './support.ts';

function listen(environment: Platform['environment'] = {}) {
  const lines: string[] = [];
  return { lines, log: logOf({ environment, now: () => now, write: (line) => lines.push(line) }) };
}

const secretNames = [
  'password',
  'newPassword',
  'secret',
  'accessToken',
  'refreshToken',
  'ticket',
  'code',
  'emailCode',
  'Authorization',
  'Cookie',
  'set-cookie',
  'email',
  'credential',
];
const secret = 'hunter2-Secret';
const address = 'minsu.kim+moim@mail.example.co.kr';

/** An object with a secret below a telling name and an address anywhere (also in a key), some levels down. */
const leaky = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.oneof(
      fc.constant(`to ${address}, please`),
      fc.record({ [address]: fc.constant(1) }),
      fc.constantFrom(...secretNames).map((name) => ({ [name]: secret })),
      fc.constantFrom(...secretNames).map((name) => ({ [name]: [secret, { inner: secret }] })),
      fc.constant(new Error(`mail to ${address} failed`)),
    ),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'items', 'body', 'detail'), tie('node'), { maxKeys: 3 }),
  ),
})).node;

test('no line shows a secret or an address, wherever it stands', () => {
  const { lines, log } = listen();

  fc.assert(
    fc.property(leaky, (detail) => {
      lines.length = 0;
      log.info({ detail }, 'seen');

      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toContain(secret);
      expect(lines[0]).not.toContain('example.co.kr');
    }),
    { numRuns: 200 },
  );
});

test('a line is one JSON object with level, time and message, and keeps what is no secret', () => {
  const { lines, log } = listen();

  log.info({ route: 'signIn', status: 401, problem: 'SIGN_IN_FAILED', ms: 3, roundTrips: 1 }, 'answered');
  log.error({ requestId: 'r1' }, 'failed');

  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      level: 'INFO',
      at: '2026-11-21T09:00:00.000Z',
      route: 'signIn',
      status: 401,
      problem: 'SIGN_IN_FAILED',
      ms: 3,
      roundTrips: 1,
      message: 'answered',
    },
    { level: 'ERROR', at: '2026-11-21T09:00:00.000Z', requestId: 'r1', message: 'failed' },
  ]);
  expect(lines.join('')).not.toContain('\n');
});

test('an error is logged with its name and stack, redacted', () => {
  const { lines, log } = listen();

  log.error({ error: new TypeError(`no mailbox ${address}`) }, 'failed');

  const { error } = JSON.parse(lines[0]!);
  expect(error.name).toBe('TypeError');
  expect(error.message).toBe('no mailbox [address]');
  expect(error.stack).toMatch(/TypeError: no mailbox \[address\]\n +at .*observe\.test\.ts/);
});

test('an object that contains itself is logged and ends', () => {
  const { lines, log } = listen();
  const knot: Record<string, unknown> = { name: 'knot' };
  knot.self = knot;

  log.info({ knot }, 'seen');

  expect(JSON.parse(lines[0]!).knot.self.self.name).toBe('knot');
});

test('numbers, booleans and nothing are no secrets', () => {
  const counts = { tickets: 3, emailed: true, password: null, code: undefined };

  expect(redact(counts)).toEqual(counts);
});

test.each([
  [undefined, ['INFO', 'WARN', 'ERROR']],
  ['debug', ['DEBUG', 'INFO', 'WARN', 'ERROR']],
  ['error', ['ERROR']],
])('the level %s lets through %j', (level, expected) => {
  const { lines, log } = listen(level === undefined ? {} : { LOG_LEVEL: level });

  for (const write of ['debug', 'info', 'warn', 'error'] as const) log[write]({}, 'x');

  expect(lines.map((line) => JSON.parse(line).level)).toEqual(expected);
});

test('metrics are the fields of a line that CloudWatch reads as numbers', () => {
  expect(metrics(now, { ServerErrors: 1, Retries: 0, Sent: 2 }, { route: 'signIn' })).toEqual({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: 'moim',
          Dimensions: [['route']],
          Metrics: [
            { Name: 'ServerErrors', Unit: 'Count' },
            { Name: 'Sent', Unit: 'Count' },
          ],
        },
      ],
    },
    route: 'signIn',
    ServerErrors: 1,
    Sent: 2,
  });
});

test('metrics that count nothing add nothing to a line', () => {
  expect(metrics(now, { ServerErrors: 0 }, { route: 'signIn' })).toEqual({});
  expect(metrics(now, {}, {})).toEqual({});
});
