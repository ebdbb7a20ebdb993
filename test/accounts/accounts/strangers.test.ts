import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { type Actor, actorAt } from '../../support/actor.ts';
import { useMoim } from '../../support/moim.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const from = (address: string) => actorAt(moim, undefined, address);
/** A place in a network of its own. */
const network = (n: number) => from(`198.${18 + (n >> 8)}.${n & 255}.7`);
const owner = () => from('203.0.113.5');

type Purpose = 'REGISTER' | 'PASSWORD' | 'EMAIL';
const ask = (who: Actor, email: string, purpose: Purpose = 'PASSWORD', more: object = {}) =>
  who.post('/v1/email-verifications', { email, purpose, ...more });
const remind = (who: Actor, email: string) => who.post('/v1/login-id-reminders', { email });
const confirm = (who: Actor, email: string, code: string, request?: string, purpose: Purpose = 'PASSWORD') =>
  who.post('/v1/email-verifications/confirm', { email, purpose, code, ...(request ? { request } : {}) });
const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const box = (to: string) => moim.mail.list({ to }).length;
/** The code of the newest mail. */
async function newestCode(email: string): Promise<string> {
  await moim.settle();
  const subjects = moim.mail.list({ to: email }).map(({ subject }) => /\d{6}/.exec(subject)?.[0]);
  return subjects.find((code) => code !== undefined)!;
}

const { mailFromPlaceToAddress, mailToAddress, mailInFlood, mailFromDevice } = fairUse;

test('row 130, report D1: one place puts five mails of a kind into a box in a day, 60 seconds apart, and the owner gets their code', async () => {
  const person = await withPassword(moim, 'ari');
  const stranger = network(1);

  const atOnce = await Promise.all(Array.from({ length: 20 }, () => remind(stranger, person.email)));
  const answers = [];
  for (let minute = 0; minute < 20; minute++) {
    await moim.settle();
    await moim.clock.advance(60_000);
    for (const send of [remind, ask]) answers.push(await send(stranger, person.email));
  }
  await moim.settle();
  const mails = box(person.email);
  const { body, status } = await ask(owner(), person.email);
  const right = await confirm(owner(), person.email, await newestCode(person.email), body.request);

  expect(tally(atOnce)).toEqual({ 202: 1, TOO_MANY_REQUESTS: 19 });
  expect(tally(answers)).toEqual({ 202: 2 * mailFromPlaceToAddress.times - 1, TOO_MANY_REQUESTS: 31 });
  expect(mails).toBe(10);
  expect([status, right.status]).toEqual([202, 200]);
});

test('row 130, report D1, F05: a flood from many places slows down, and the owner still gets their code', async () => {
  const person = await withPassword(moim, 'bora');
  const flood = async (places: number) => {
    const answers = [];
    for (let n = 0; n < places; n++)
      for (let again = 0; again < 3; again++) {
        for (const purpose of ['REGISTER', 'PASSWORD', 'EMAIL'] as const)
          answers.push(await ask(network(n), person.email, purpose));
        await moim.settle();
        await moim.clock.advance(60_000);
      }
    return answers;
  };

  const answers = await flood(12);
  await moim.settle();
  const mails = box(person.email);
  const { body, status } = await ask(owner(), person.email);
  const code = await newestCode(person.email);
  const right = await confirm(owner(), person.email, code, body.request);
  const more = [await ask(owner(), person.email, 'REGISTER'), await ask(owner(), person.email, 'EMAIL')];

  // The first two places order nine each, the third two more; from then on each network has two.
  expect(tally(answers)[202]).toBe(mailToAddress.times + 10 * mailInFlood.times);
  expect(mails).toBe(40);
  expect([status, right.status]).toEqual([202, 200]);
  // Two mails a day for the owner's network too, as long as the flood lasts.
  expect(more.map(outcome)).toEqual([202, 'TOO_MANY_REQUESTS']);
});

test('row 130: the places of one network of IPv6 are one in a flood', async () => {
  const email = 'chae@example.com';
  const answers = [];
  for (let n = 0; n < 60; n++) answers.push(await ask(from(`2001:db8:1:${n.toString(16)}::1`), email));

  expect(tally(answers)).toEqual({ 202: mailToAddress.times + mailInFlood.times, TOO_MANY_REQUESTS: 38 });
  expect((await ask(from('2001:db8:2::1'), email)).status).toBe(202);
});

test('row 1, report D1: wrong tries of a stranger use up no code of the owner, and codes of a stranger replace none', async () => {
  const person = await withPassword(moim, 'dana');
  const { body } = await ask(owner(), person.email);
  const code = await newestCode(person.email);
  const asked = await ask(network(1), person.email);

  const guesses = [];
  for (const request of [undefined, asked.body.request, `${body.request.slice(0, 22)}.${'A'.repeat(43)}`])
    for (let n = 0; n < 7; n++) guesses.push(await confirm(network(1), person.email, other(code), request));
  const stolen = await confirm(network(1), person.email, code, asked.body.request);
  const right = await confirm(owner(), person.email, code, body.request);

  expect(tally(guesses)).toEqual({ CODE_INVALID: 21 });
  expect(outcome(stolen)).toBe('CODE_INVALID');
  expect(right.status).toBe(200);
});

test('row 1: an owner who changes from mobile data to Wi-Fi confirms with the request; without it the place must be the same', async () => {
  const { body } = await ask(owner(), 'eun@example.com', 'REGISTER');
  const code = await newestCode('eun@example.com');
  const wifi = network(2);

  const without = await confirm(wifi, 'eun@example.com', code, undefined, 'REGISTER');
  const named = await confirm(wifi, 'eun@example.com', code, body.request, 'REGISTER');

  expect([outcome(without), named.status]).toEqual(['CODE_INVALID', 200]);
});

test('row 1: of forty guesses at once from many places with one request, the right one among them, at most five count', async () => {
  let taken = 0;
  for (let round = 0; round < 6; round++) {
    const email = `faye${round}@example.com`;
    const { body } = await ask(owner(), email, 'REGISTER');
    const code = await newestCode(email);
    const wrong = Array.from({ length: 39 }, (_, n) =>
      confirm(network(n), email, String((Number(code) + 1 + n) % 1_000_000).padStart(6, '0'), body.request, 'REGISTER'),
    );
    const answers = await Promise.all([...wrong, confirm(owner(), email, code, body.request, 'REGISTER')]);
    const after = await confirm(owner(), email, code, body.request, 'REGISTER');
    taken += tally(answers)[200] ?? 0;

    expect(outcome(after)).toBe('CODE_INVALID');
    expect(Object.keys(tally(answers)).filter((verdict) => !['200', 'CODE_INVALID'].includes(verdict))).toEqual([]);
  }
  // The right guess is the last of forty to be sent: it hardly ever arrives among the first five.
  expect(taken).toBeLessThan(6);
});

test('row 130: in a flood a code has one try', async () => {
  const email = 'gaon@example.com';
  for (let n = 0; n < mailToAddress.times; n++) await ask(network(n), email, 'REGISTER');
  const { body } = await ask(owner(), email, 'REGISTER');
  const code = await newestCode(email);

  const wrong = await confirm(owner(), email, other(code), body.request, 'REGISTER');
  const right = await confirm(owner(), email, code, body.request, 'REGISTER');

  expect([outcome(wrong), outcome(right)]).toEqual(['CODE_INVALID', 'CODE_INVALID']);
});

test('row 130: on a known device the owner has counts of their own, also beside strangers in the same place', async () => {
  const person = await moim.person('hana');
  const { deviceToken } = person.tokens as unknown as { deviceToken: string };
  // Everybody is behind one address here.
  const strangers = await Promise.all(
    ['PASSWORD', 'EMAIL'].map((purpose) => ask(owner(), person.email, purpose as Purpose)),
  );
  const without = await ask(owner(), person.email);

  const { status, body } = await ask(owner(), person.email, 'PASSWORD', { deviceToken });
  const forged = await ask(owner(), person.email, 'PASSWORD', { deviceToken: `${deviceToken.slice(0, -4)}AAAA` });
  const right = await confirm(network(1), person.email, await newestCode(person.email), body.request);
  const rest = [];
  for (let n = 1; n < mailFromDevice.times + 2; n++) {
    await moim.clock.advance(60_000);
    rest.push(await ask(network(n), person.email, 'PASSWORD', { deviceToken }));
  }

  expect(strangers.map(({ status }) => status)).toEqual([202, 202]);
  expect([outcome(without), outcome(forged)]).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS']);
  expect([status, right.status]).toEqual([202, 200]);
  expect(tally(rest)).toEqual({ 202: mailFromDevice.times - 1, TOO_MANY_REQUESTS: 2 });
});

test('the cost of a code, of its confirmation and of a wrong guess', async () => {
  const email = 'iseul@example.com';
  const costs: Record<string, unknown> = {};
  const { body } = await ask(owner(), email, 'REGISTER');
  costs.request = costOf(moim, 'requestEmailCode');
  const code = await newestCode(email);
  await confirm(owner(), email, other(code), body.request, 'REGISTER');
  costs.wrong = costOf(moim, 'confirmEmailCode');
  await confirm(owner(), email, code, body.request, 'REGISTER');
  costs.right = costOf(moim, 'confirmEmailCode');

  expect(costs).toEqual({
    request: { requests: 1, roundTrips: 1, readUnits: 0, writeUnits: 12 },
    wrong: { requests: 2, roundTrips: 2, readUnits: 2, writeUnits: 1 },
    right: { requests: 2, roundTrips: 2, readUnits: 2, writeUnits: 4 },
  });
});
