import { newSecret } from '../../../shared/core/ids.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { actorAt, key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { costOf, tally } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const refresh = (refreshToken: string, headers = {}, deviceToken?: string) =>
  moim.guest.post('/v1/sessions/refresh', { refreshToken, ...(deviceToken ? { deviceToken } : {}) }, headers);
/** As an honest client does it: with what its device keeps. */
const refreshOn = ({ tokens }: Pick<Person, 'tokens'>, refreshToken = tokens.refreshToken) =>
  refresh(refreshToken, {}, (tokens as { deviceToken?: string }).deviceToken);
/** Without its device, from another place. */
const refreshFrom = (address: string, refreshToken: string) =>
  actorAt(moim, undefined, address).post('/v1/sessions/refresh', { refreshToken });
const minute = 60_000;
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

  const reused = await refreshFrom('203.0.113.9', bora.tokens.refreshToken);
  const after = await refresh(renewed.refreshToken);

  expect(outcomes([reused, after])).toEqual(['REFRESH_INVALID', 'REFRESH_INVALID']);
});

test('row 8, issue 8: a client that lost the answer gets the same tokens again on its own device, until it has used them', async () => {
  const person = await moim.person('chaewon');
  const first = await refreshOn(person);
  await moim.clock.advance(13 * 86_400_000);

  const again = await refreshOn(person);
  const next = await refreshOn(person, again.body.refreshToken);
  const tooLate = await refreshOn(person);

  expect(again.body.refreshToken).toBe(first.body.refreshToken);
  expect(next.status).toBe(200);
  // The lost token is two back by now: whoever has it is not the client.
  expect(tooLate.body.code).toBe('REFRESH_INVALID');
  expect((await refreshOn(person, next.body.refreshToken)).body.code).toBe('REFRESH_INVALID');
});

test('row 8, issue 8: the lost answer is over with the session', async () => {
  const person = await moim.person('dahye');
  await refreshOn(person);
  await moim.clock.advance(14 * 86_400_000 + 1000);

  expect((await refreshOn(person)).body.code).toBe('REFRESH_INVALID');
});

test('row 8: a lost answer is for no other device, and for none that shows nothing', async () => {
  for (const deviceToken of [undefined, `${'A'.repeat(43)}.${'B'.repeat(12)}.${'C'.repeat(43)}`]) {
    const stolen = await moim.person(deviceToken === undefined ? 'eunji' : 'eunseo');
    const { body: next } = await refreshOn(stolen);

    const foreign = await refresh(stolen.tokens.refreshToken, {}, deviceToken);

    expect(outcomes([foreign, await refreshOn(stolen, next.refreshToken)])).toEqual(Array(2).fill('REFRESH_INVALID'));
  }
});

test('row 8, issue 7: without a device token, two from one place within a minute get one answer', async () => {
  const person = await moim.person('gayoung');
  const { refreshToken } = person.tokens;

  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
  await moim.clock.advance(minute);
  answers.push(await refresh(refreshToken));
  const next = await refresh(answers[0]!.body.refreshToken);

  expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
  expect(next.status).toBe(200);
});

test('row 8, issue 7: without a device token, another place or a later minute ends the session', async () => {
  const [elsewhere, later] = [await moim.person('harin'), await moim.person('haeun')];
  const next = [await refresh(elsewhere.tokens.refreshToken), await refresh(later.tokens.refreshToken)];

  const fromElsewhere = await refreshFrom('203.0.113.9', elsewhere.tokens.refreshToken);
  await moim.clock.advance(minute + 1);
  const tooLate = await refresh(later.tokens.refreshToken);
  const after = await Promise.all(next.map(({ body }) => refresh(body.refreshToken)));

  expect(outcomes([fromElsewhere, tooLate, ...after])).toEqual(Array(4).fill('REFRESH_INVALID'));
});

test('row 8, report D13: a made-up secret behind the ids of a living session is refused, and ends nothing', async () => {
  const person = await moim.person('jiho');
  const parts = person.tokens.refreshToken.split('.');
  const made = [
    parts.with(2, newSecret()),
    parts.with(4, newSecret()),
    [...parts.slice(0, 2), newSecret(), parts[3]!, newSecret()],
    parts.slice(0, 3),
    // The seal of another session.
    [...parts.slice(0, 2), ...(await moim.person('jisu')).tokens.refreshToken.split('.').slice(2)],
  ].map((each) => each.join('.'));

  const refused = [];
  for (const token of made)
    refused.push(await refresh(token), await refreshOn(person, token), await refreshFrom('203.0.113.9', token));
  const own = await refreshOn(person);

  expect(outcomes(refused)).toEqual(Array(15).fill('REFRESH_INVALID'));
  expect(own.status).toBe(200);
  expect(await itemsOf(moim, 'Session', { accountId: person.id })).toHaveLength(1);
});

test('row 8: of twenty exchanges of one token at once by one client all get the same tokens', async () => {
  const person = await moim.person('faye');

  const answers = await Promise.all(Array.from({ length: 20 }, () => refreshOn(person)));

  expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(1);
  expect((await refreshOn(person, answers[0]!.body.refreshToken)).status).toBe(200);
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
  const answer = await person.post('/v1/accounts/me/withdrawal', { reason: 'moved' });
  await moim.settle();

  expect(answer.status).toBe(204);
  expect((await refreshOn(person)).body.code).toBe('REFRESH_INVALID');
});

test('report F04: forged tokens shut nobody out, in the same place or elsewhere, and are refused for nothing in the end', async () => {
  const hana = await moim.person('wonyoung');
  const { times, lot } = fairUse.refreshFromPlace;
  const forged = [];
  for (let n = 0; n < times + 3 * lot; n++)
    forged.push(await refresh(`${hana.tokens.refreshToken.slice(0, -43)}${newSecret()}`));
  const cost = costOf(moim, 'refresh');

  const { status, body } = await refreshOn(hana);
  const elsewhere = await refreshFrom('203.0.113.77', body.refreshToken as string);

  const tallied = tally(forged);
  expect(Object.keys(tallied).sort()).toEqual(['REFRESH_INVALID', 'TOO_MANY_REQUESTS']);
  expect(tallied.REFRESH_INVALID).toBeLessThan(times + lot);
  expect(cost).toEqual({ requests: 0, roundTrips: 0, readUnits: 0, writeUnits: 0 });
  expect([status, elsewhere.status]).toEqual([200, 200]);
});

test('report F04: a token that was issued once counts for its own session alone', async () => {
  const [ivy, jae] = [await moim.person('ximena'), await moim.person('yuna')];
  const { times, lot } = fairUse.refreshOfSession;
  const again = [];
  for (let n = 0; n < times + 2 * lot; n++) again.push(await refresh(ivy.tokens.refreshToken));

  expect(outcomes(again).at(-1)).toBe('TOO_MANY_REQUESTS');
  expect((await refreshOn(jae)).status).toBe(200);
});
