import { type Person, password, useMoim } from '../../support/moim.ts';
import { totpOf, withFactor } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';

const moim = useMoim();
const path = '/v1/accounts/me/totp';
const signIn = ({ email }: Person, more: object = {}) => moim.guest.post('/v1/sessions', { email, password, ...more });

/** Somebody with an authenticator app, at a moment whose code is not used yet. */
async function withApp(nickname: string) {
  const person = await moim.person(nickname);
  const secret = await withFactor(moim, person);
  await moim.clock.advance(60_000);
  return { person, secret };
}

test('row 162: with an authenticator app, the password alone gets CODE_NEEDED', async () => {
  const { person, secret } = await withApp('mina');

  expect(outcome(await signIn(person))).toBe('CODE_NEEDED');
  expect(outcome(await signIn(person, { code: '000000' }))).toBe('CODE_INVALID');
  expect(outcome(await signIn(person, { password: 'Wrong-Horse-7', code: totpOf(moim, secret) }))).toBe(
    'SIGN_IN_FAILED',
  );
  expect((await signIn(person, { code: totpOf(moim, secret) })).status).toBe(201);
  expect((await person.get('/v1/accounts/me/factors')).body.totp).toEqual({
    since: expect.any(String),
    recoveryCodes: 10,
  });
});

test('a code of a time step works once, and so does none of an earlier step', async () => {
  const { person, secret } = await withApp('bora');
  const code = totpOf(moim, secret);
  const atOnce = await Promise.all([1, 2, 3].map(() => signIn(person, { code })));

  expect(tally(atOnce)).toEqual({ 201: 1, CODE_INVALID: 2 });
  expect(outcome(await signIn(person, { code: totpOf(moim, secret, -1) }))).toBe('CODE_INVALID');
  expect((await signIn(person, { code: totpOf(moim, secret, 1) })).status).toBe(201);
  expect(outcome(await signIn(person, { code: totpOf(moim, secret, 5) }))).toBe('CODE_INVALID');
});

test('a recovery code signs in once, however it is typed, and new codes end the old ones', async () => {
  const person = await moim.person('chae');
  const { body: begun } = await person.post(path);
  const confirmed = await person.post(`${path}/confirm`, { code: totpOf(moim, begun.secret) });
  const [first, second, third] = confirmed.body.recoveryCodes as string[];
  const atOnce = await Promise.all(
    [1, 2].map(() => signIn(person, { code: first!.toLowerCase().replaceAll('-', ' ') })),
  );

  expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
  // ASVS 6.5.2: 24 characters of base32 are 120 bits.
  expect(first).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){5}$/);

  expect(tally(atOnce)).toEqual({ 201: 1, CODE_INVALID: 1 });
  expect(outcome(await signIn(person, { code: first }))).toBe('CODE_INVALID');
  expect((await signIn(person, { code: second })).status).toBe(201);
  const renewed = await person.post('/v1/accounts/me/recovery-codes');
  expect(outcome(await signIn(person, { code: third }))).toBe('CODE_INVALID');
  expect((await signIn(person, { code: renewed.body.recoveryCodes[0] })).status).toBe(201);
});

test('wrong codes are counted as wrong passwords; those of strangers keep no owner out', async () => {
  const { person, secret } = await withApp('dana');
  const { body: known } = await signIn(person, { code: totpOf(moim, secret) });
  await moim.clock.advance(60_000);
  const tries = [];
  for (let i = 0; i < 11; i++) tries.push(await signIn(person, { code: '000000' }));

  expect(tally(tries)).toEqual({ CODE_INVALID: 10, TOO_MANY_REQUESTS: 1 });
  // The right code of a stranger's place is refused as well, that of a known device is not.
  expect(outcome(await signIn(person, { code: totpOf(moim, secret) }))).toBe('TOO_MANY_REQUESTS');
  const own = await signIn(person, { code: totpOf(moim, secret), deviceToken: known.deviceToken });
  expect(own.status).toBe(201);
});

test('nothing changes before a first code, and afterwards a second app does not replace the first', async () => {
  const person = await moim.person('ella');
  const first = await person.post(path);
  const other = await person.post(path);

  expect((await signIn(person)).status).toBe(201);
  expect(outcome(await person.post(`${path}/confirm`, { code: totpOf(moim, first.body.secret) }))).toBe('CODE_INVALID');
  expect((await person.post(`${path}/confirm`, { code: totpOf(moim, other.body.secret) })).status).toBe(200);
  expect(outcome(await person.post(path))).toBe('NOT_APPLICABLE');
  expect(outcome(await person.post(`${path}/confirm`, { code: totpOf(moim, other.body.secret) }))).toBe(
    'NOT_APPLICABLE',
  );
});

test('an app that was removed is asked for no more; removing it again changes nothing', async () => {
  const { person } = await withApp('fay');
  const answers = [await person.delete(path), await person.delete(path)];

  expect(tally(answers)).toEqual({ 204: 2 });
  expect((await signIn(person)).status).toBe(201);
  expect(outcome(await person.post('/v1/accounts/me/recovery-codes'))).toBe('NOT_APPLICABLE');
});
