import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { addDays, localDay } from '../../../shared/core/time.ts';
import { challenge } from '../../support/moim.ts';
import { signUp, useOpenMoim } from './support.ts';

const moim = useOpenMoim();
const door: typeof moim.door = (...request) => moim.door(...request);
const now = async () => Date.parse((await door('GET /clock')).body.now);
const struck = async () => (await door('GET /faults')).body.faults.map((each: { struck: number }) => each.struck);
const code = (name: string) =>
  fetch(`${moim.apiUrl}/v1/email-verifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${name}@example.com`, purpose: 'REGISTER' }),
  }).then(({ status }) => status);
const mailsTo = async (name: string) =>
  (await door('GET /mail.json')).body.mails.filter(({ to }: { to: string[] }) => to.includes(`${name}@example.com`));

beforeEach(() => door('DELETE /faults'));

test('the clock goes forward by what is asked, runs on, and never goes back', async () => {
  const before = await now();
  const hour = await door('PUT /clock', { by: 'PT1H' });
  const at = new Date(before + 7_200_000).toISOString();
  const there = await door('PUT /clock', { at, settle: true });
  const back = await door('PUT /clock', { at: new Date(before).toISOString() });

  expect(hour.status).toBe(200);
  expect(Date.parse(hour.body.now)).toBeGreaterThanOrEqual(before + 3_600_000);
  expect(there).toMatchObject({ status: 200, body: { settled: true } });
  expect(there.body.now >= at).toBe(true);
  expect(back.status).toBe(409);
  expect(back.body.error).toContain('never goes back');
  expect(await now()).toBeGreaterThanOrEqual(before + 7_200_000);
});

test('jobs that fall due on the way run in order, each for its instant; after a jump each runs once', async () => {
  const whole = (time: number) => new Date(time).toISOString().replace('.000Z', 'Z');
  // The clock runs: a minute may be full at any moment, and is counted by its own time.
  const first = Math.ceil((await now()) / 60_000) * 60_000;
  const runs = () =>
    moim
      .logged('minute-job')
      .filter(({ job, message }) => job === 'tick' && message === 'done')
      .map(({ at }) => at as string)
      .filter((at) => at >= whole(first));

  await door('PUT /clock', { at: new Date(first + 180_000).toISOString() });
  const stepped = runs();
  await door('PUT /clock', { by: 'P30D', jump: true });

  expect(stepped).toEqual([0, 60_000, 120_000, 180_000].map((ms) => whole(first + ms)));
  expect(runs().slice(4)).toEqual([whole(first + 240_000)]);
});

test('all that lives by time follows the clock: a code, an access token, the date of a mail', async () => {
  const person = await signUp(moim, 'timely');
  const { at } = (await mailsTo('timely'))[0];
  const fresh = (await person.get('/v1/accounts/me')).status;
  await door('PUT /clock', { by: 'PT2H' });
  const later = (await person.get('/v1/accounts/me')).status;
  await person.signIn();

  expect(Math.abs(Date.parse(at) - ((await now()) - 7_200_000))).toBeLessThan(3_600_000);
  expect([fresh, later, (await person.get('/v1/accounts/me')).status]).toEqual([200, 401, 200]);
});

test('midnight in the zone of a group begins it', async () => {
  const leader = await signUp(moim, 'leader');
  const zone = 'Asia/Kathmandu';
  const today = localDay(await now(), zone);
  const dates = { startDate: addDays(today, 1), endDate: addDays(today, 3) };
  const { body: group } = await leader.post('/v1/groups', challenge({ ...dates, timeZone: zone }));
  const midnight = Date.parse(`${dates.startDate}T00:00:00+05:45`);
  const status = async () => (await leader.get(`/v1/groups/${group.id}`)).body.status;

  await door('PUT /clock', { at: new Date(midnight - 60_000).toISOString(), settle: true });
  await leader.signIn();
  const before = await status();
  await door('PUT /clock', { at: new Date(midnight + 1_000).toISOString(), settle: true });

  expect([before, await status()]).toEqual(['RECRUITING', 'IN_PROGRESS']);
});

test('a job runs for any instant, twice for the same and twice at once, and its outcome is the answer', async () => {
  const run = { feature: 'minute', job: 'tick', at: '2026-12-01T00:00:00.000Z' };

  const answers = [await door('POST /jobs', run), ...(await Promise.all([1, 2].map(() => door('POST /jobs', run))))];
  const { at: _, ...atOnce } = run;
  const unsaid = await door('POST /jobs', atOnce);

  for (const { status, body } of answers) expect([status, body]).toEqual([200, { ...run, ok: true, payload: {} }]);
  expect(Math.abs(Date.parse(unsaid.body.at) - (await now()))).toBeLessThan(3_600_000);
});

test('a job whose requests fail says so', async () => {
  await door('POST /faults', { kind: 'error500', operation: 'Query', entity: 'Due', times: 1000 });

  const { status, body } = await door('POST /jobs', { feature: 'minute', job: 'tick' });

  expect([status, body.ok, typeof body.errorType]).toEqual([200, false, 'string']);
});

test('a fault strikes the requests that it is meant for, and is listed with what it did', async () => {
  // The SDK sends a request three times.
  const fault = {
    kind: 'error500',
    operation: 'TransactWriteItems',
    entity: 'EmailCode',
    contains: 'unlucky',
    times: 3,
  };
  const { status, body } = await door('POST /faults', fault);
  const others = await code('lucky');
  const first = await code('unlucky');
  const listed = await door('GET /faults');
  const second = await code('unlucky');
  await door('DELETE /faults');

  expect([status, body]).toEqual([201, { id: body.id, engine: 'table', nth: 1, ...fault, seen: 0, struck: 0 }]);
  expect([others, first, second]).toEqual([202, 500, 202]);
  expect(listed.body.faults).toEqual([{ ...body, seen: 3, struck: 3 }]);
  expect((await door('GET /faults')).body.faults).toEqual([]);
});

test('a delivery that a broken table holds up comes through afterwards, once', async () => {
  await door('POST /faults', { kind: 'error500', entity: 'Credential', times: 3 });

  const status = await code('patient');
  await door('GET /settled');
  const { body } = await door('PUT /clock', { by: 'PT1M', settle: true });

  expect([status, body.settled]).toEqual([202, true]);
  expect(await struck()).toEqual([3]);
  expect(await mailsTo('patient')).toHaveLength(1);
});

test.each(['throttle', 'error500', 'reject', 'timeoutBefore'])('a mail meets %s', async (kind) => {
  await door('POST /faults', { engine: 'mail', kind, contains: `${kind}@`.toLowerCase() });

  await code(kind.toLowerCase());
  await door('GET /settled');
  // What failed is parked, and tried again by the clock.
  await door('PUT /clock', { by: 'PT1M', settle: true });

  expect(await struck()).toEqual([1]);
  expect((await mailsTo(kind.toLowerCase())).length).toBe(kind === 'reject' ? 0 : 1);
});

test('the bucket fails as S3 does, for browsers too', async () => {
  const look = () =>
    fetch(`${moim.awsUrl}/media/picture`).then(
      async (response) => `${response.status} ${/<Code>(\w+)/.exec(await response.text())?.[1]}`,
      () => 'broken',
    );
  for (const kind of ['throttle', 'error500', 'timeoutBefore', 'timeoutAfter'])
    await door('POST /faults', { engine: 'bucket', operation: 'GetObject', kind });

  const seen = [await look(), await look(), await look(), await look(), await look()];

  expect(seen).toEqual(['503 SlowDown', '500 InternalError', 'broken', 'broken', '403 AccessDenied']);
  expect(await struck()).toEqual([1, 1, 1, 1]);
});

test('the secrets fail as Secrets Manager does', async () => {
  const { accessKeyId, secretAccessKey } = moim.owner;
  const client = new SecretsManagerClient({
    ...{ endpoint: moim.awsUrl, region: 'us-east-1', maxAttempts: 1 },
    credentials: { accessKeyId, secretAccessKey },
    systemClockOffset: (await now()) - Date.now(),
  });
  const read = () =>
    client.send(new GetSecretValueCommand({ SecretId: 'none' })).catch(({ name }: { name: string }) => name);
  await door('POST /faults', { engine: 'secrets', kind: 'throttle', nth: 2 });
  await door('POST /faults', { engine: 'secrets', kind: 'error500', operation: 'GetSecretValue', nth: 2 });

  const seen = [await read(), await read(), await read(), await read()];

  expect(seen.sort()).toEqual([
    'InternalServiceError',
    'ResourceNotFoundException',
    'ResourceNotFoundException',
    'ThrottlingException',
  ]);
});

test('changes of the stream are delivered again, in order or out of turn', async () => {
  await code('repeated');
  await door('GET /settled');
  const consumed = () => moim.logged('live-stream').length;
  const before = consumed();

  const ordered = await door('POST /streams', { redeliver: 20 });
  const between = consumed();
  const shuffled = await door('POST /streams', { redeliver: 20, shuffle: true });

  expect(ordered).toMatchObject({ status: 200, body: { settled: true } });
  for (const { body } of [ordered, shuffled]) expect(body.delivered.LiveStreamSource).toBeGreaterThan(0);
  expect(between).toBeGreaterThan(before);
  expect(consumed()).toBeGreaterThan(between);
  // The mail with a code is sent at each delivery: at least once, and always the same code.
  const mails = await mailsTo('repeated');
  expect(mails).toHaveLength(3);
  expect(new Set(mails.map(({ subject }: { subject: string }) => subject)).size).toBe(1);
});
