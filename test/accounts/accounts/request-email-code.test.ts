import { key } from '../../support/actor.ts';
import { useMoim } from '../../support/moim.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const ask = (email: string, headers = {}) =>
  moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' }, headers);

test('row 1: a code of six digits is mailed and not told in the answer', async () => {
  const { status, body } = await ask('Ari@Example.com', { 'accept-language': 'ko' });

  await moim.settle();
  const mail = await moim.mail.next('ari@example.com');
  const code = /\d{6}/.exec(mail.text)![0];
  expect(status).toBe(202);
  expect(body).toEqual({
    request: expect.any(String),
    expiresAt: '2026-03-02T03:05:00.000Z',
    resendAt: '2026-03-02T03:01:00.000Z',
  });
  expect(JSON.stringify(body)).not.toContain(code);
  expect(mail.subject).toContain(`인증번호 ${code}`);
  expect(mail.html).toContain(code);
});

test('row 1: another code may be asked for after 60 seconds, and replaces the first', async () => {
  await ask('bora@example.com');
  const first = await moim.codeFor('bora@example.com');

  const tooSoon = await ask('bora@example.com');
  await moim.clock.advance(60_000);
  const again = await ask('bora@example.com');
  const second = await moim.codeFor('bora@example.com');
  const old = await moim.guest.post('/v1/email-verifications/confirm', {
    email: 'bora@example.com',
    purpose: 'REGISTER',
    code: first,
  });

  expect(tooSoon).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
  expect(tooSoon.headers.get('retry-after')).toBe('60');
  expect(again.status).toBe(202);
  expect(second).not.toBe(first);
  expect(old).toMatchObject({ status: 422, body: { code: 'CODE_INVALID' } });
});

test('an address with an account gets the same answer and another mail', async () => {
  const known = await withPassword(moim);

  const answers = [await ask(known.email), await ask('nobody@example.com')];

  await moim.settle();
  const mail = await moim.mail.next(known.email);
  expect({ ...answers[0]!.body, request: '' }).toEqual({ ...answers[1]!.body, request: '' });
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  expect(mail.subject).toContain('already have an account');
  expect(mail.text).not.toMatch(/\d{6}/);
});

test('twenty requests at once with one key send one mail and get one answer', async () => {
  const headers = key();

  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('dana@example.com', headers)));

  await moim.settle();
  expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
  expect(moim.mail.list({ to: 'dana@example.com' })).toHaveLength(1);
});

test('a delivery that the mail service throttles is repeated until it is sent', async () => {
  moim.mail.failNext('throttle');

  await ask('eun@example.com');
  await moim.settle();
  const parked = moim.queues.messages('Parked');
  // SES counts mails a second, so the next second is the time to ask again.
  await moim.clock.advance(1000);

  expect(await moim.codeFor('eun@example.com')).toMatch(/^\d{6}$/);
  expect(parked).toHaveLength(1);
  expect(JSON.stringify(parked)).not.toContain('eun');
});

test('a code that was parked is not sent after a new one', async () => {
  const email = 'fay@example.com';
  moim.mail.failNext('throttle');
  await ask(email);
  await moim.settle();

  // The first is tried again when the second has been asked for and sent.
  moim.mail.failNext('throttle');
  await moim.clock.advance(61_000);
  await moim.settle();
  await ask(email);
  await moim.settle();
  await moim.clock.advance(5000);
  await moim.settle();

  const subjects = moim.mail.list({ to: email }).map(({ subject }) => subject);
  expect(new Set(subjects).size).toBe(1);
});
