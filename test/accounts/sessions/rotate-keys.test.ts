import { decodeProtectedHeader } from 'jose';
import { password, useMoim } from '../../support/moim.ts';

const moim = useMoim();
const kidOf = (token: string) => decodeProtectedHeader(token).kid;

test('row 8: a new key signs nobody out, and makes the tokens from then on; codes mailed before stay good', async () => {
  const person = await moim.person('ari');
  const deviceToken = (person.tokens as unknown as { deviceToken: string }).deviceToken;
  const email = 'new@example.com';
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await moim.codeFor(email);

  await moim.runSchedule('moim-dev-sessions-rotateKeys');
  // Functions that run already read the keys again within the hour, or when they meet a new one.
  await moim.clock.advance(200_000);
  const before = await person.get('/v1/accounts/me');
  const confirmed = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  await moim.clock.advance(3_600_000);
  // The next sign-in publishes the new key, which signs twenty seconds later.
  await moim.signIn(person.email);
  await moim.clock.advance(20_000);
  const renewed = await moim.guest.post('/v1/sessions/refresh', { refreshToken: person.tokens.refreshToken });
  const old = person.tokens.accessToken;
  person.tokens = renewed.body;
  const after = await person.get('/v1/accounts/me');
  const known = await moim.guest.post('/v1/sessions', { email: person.email, password, deviceToken });

  expect([before.status, confirmed.status, renewed.status, after.status]).toEqual([200, 200, 200, 200]);
  expect(kidOf(person.tokens.accessToken)).not.toBe(kidOf(old));
  expect(known.body.deviceToken).toBe(deviceToken);
});

test('a run that is repeated makes no other key', async () => {
  const person = await moim.person('bora');
  const job = { job: 'rotateKeys', at: '2026-04-01T04:00:00.000Z' };
  const runs = [await moim.invoke('sessions-job', job), await moim.invoke('sessions-job', job)];
  const keys = [];
  for (const _ of runs) {
    await moim.clock.advance(3_600_001);
    await moim.signIn(person.email);
    await moim.clock.advance(20_000);
    keys.push(kidOf((await moim.signIn(person.email)).tokens.accessToken));
  }

  expect(runs.map(({ ok }) => ok)).toEqual([true, true]);
  expect(new Set(keys).size).toBe(1);
});

test('a new key signs nothing before every authorizer can know it: no token of a rotation is refused', async () => {
  const person = await moim.person('chae');
  const before = kidOf(person.tokens.accessToken);
  await moim.runSchedule('moim-dev-sessions-rotateKeys');
  const answers = [];
  const keys = [];
  // The authorizer has just read the list when the keys are read again and a new one is found.
  for (const ms of [299_000, 2000, 9000, 9000, 2000]) {
    await moim.clock.advance(ms);
    person.tokens = (await moim.signIn(person.email)).tokens;
    answers.push((await person.get('/v1/accounts/me')).status);
    keys.push(kidOf(person.tokens.accessToken));
  }

  expect(answers).toEqual([200, 200, 200, 200, 200]);
  expect(keys.slice(0, 3)).toEqual([before, before, before]);
  expect(keys.at(-1)).not.toBe(before);
});
