import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';

const moim = useMoim();
const refresh = (refreshToken: string, headers = {}, deviceToken?: string) =>
  moim.guest.post('/v1/sessions/refresh', { refreshToken, ...(deviceToken ? { deviceToken } : {}) }, headers);
/** As an honest client does it: with what its device keeps. */
const refreshOn = ({ tokens }: Pick<Person, 'tokens'>, refreshToken = tokens.refreshToken) =>
  refresh(refreshToken, {}, (tokens as { deviceToken?: string }).deviceToken);
const outcomes = (answers: readonly { status: number; body: { code?: string } }[]) =>
  answers.map(({ status, body }) => body.code ?? status);

test('row 8: a refresh token is exchanged for new tokens and rotated', async () => {
  const ari = await moim.person('ari');
  await moim.clock.advance(20 * 60_000);

  const { status, body } = await refresh(ari.tokens.refreshToken);

  ari.tokens = body;
  expect(status).toBe(200);
  expect((await ari.get('/v1/accounts/me')).status).toBe(200);
});

test('row 8: using a token again ends the session, whoever holds the newer one', async () => {
  const bora = await moim.person('bora');
  const { body: renewed } = await refresh(bora.tokens.refreshToken);

  const reused = await refresh(bora.tokens.refreshToken);
  const after = await refresh(renewed.refreshToken);

  expect(outcomes([reused, after])).toEqual(['REFRESH_INVALID', 'REFRESH_INVALID']);
});

test('row 8: a client that lost the answer gets the same tokens again, from its own device, for a minute', async () => {
  const person = await moim.person('chaewon');
  const first = await refreshOn(person);
  await moim.clock.advance(59_000);

  const again = await refreshOn(person);
  const next = await refreshOn(person, again.body.refreshToken);
  const tooLate = await refreshOn(person);

  expect(again.body.refreshToken).toBe(first.body.refreshToken);
  expect(next.status).toBe(200);
  // The lost token is two back by now: whoever has it is not the client.
  expect(tooLate.body.code).toBe('REFRESH_INVALID');
  expect((await refreshOn(person, next.body.refreshToken)).body.code).toBe('REFRESH_INVALID');
});

test('row 8: the grace ends after a minute, and is for no other device', async () => {
  const [late, stolen] = [await moim.person('dana'), await moim.person('eunji')];
  const { body: lateNext } = await refreshOn(late);
  const { body: stolenNext } = await refreshOn(stolen);
  const foreign = await refresh(
    stolen.tokens.refreshToken,
    {},
    `${'A'.repeat(43)}.${'B'.repeat(12)}.${'C'.repeat(43)}`,
  );
  await moim.clock.advance(60_001);

  const answers = [await refreshOn(late), await refreshOn(late, lateNext.refreshToken), foreign];

  expect(outcomes([...answers, await refreshOn(stolen, stolenNext.refreshToken)])).toEqual(
    Array(4).fill('REFRESH_INVALID'),
  );
});

test('row 8: of twenty exchanges of one token at once by one client all get the same tokens', async () => {
  const person = await moim.person('faye');

  const answers = await Promise.all(Array.from({ length: 20 }, () => refreshOn(person)));

  expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
  expect((await refreshOn(person, answers[0]!.body.refreshToken)).status).toBe(200);
});

test('row 8: of twenty exchanges of one token at once without its device at most one succeeds', async () => {
  const person = await moim.person('gaeun');

  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(person.tokens.refreshToken)));

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('row 122: who lost the answer repeats with the same key and gets the same tokens', async () => {
  const hana = await moim.person('hana');
  const headers = key();

  const first = await refresh(hana.tokens.refreshToken, headers);
  const again = await refresh(hana.tokens.refreshToken, headers);
  const next = await refresh(again.body.refreshToken);

  expect(again.body).toEqual(first.body);
  expect(next.status).toBe(200);
});

test('row 8: a token is over after 14 days, and what is none is refused alike', async () => {
  const person = await moim.person('iseul');
  await moim.clock.advance(14 * 86_400_000 + 1000);

  const answers = await Promise.all([person.tokens.refreshToken, 'none', 'a.b.c', ''].map((token) => refresh(token)));

  expect(outcomes(answers)).toEqual(Array(4).fill('REFRESH_INVALID'));
});

test('row 12: an account that may no longer sign in is not refreshed', async () => {
  const person = await moim.person('jimin');
  const answer = await person.post('/v1/accounts/me/withdrawal', { reason: 'moved', password: 'Correct-Horse-7' });
  await moim.settle();

  expect(answer.status).toBe(204);
  expect((await refreshOn(person)).body.code).toBe('REFRESH_INVALID');
});
