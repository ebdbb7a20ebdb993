import { key } from '../../support/actor.ts';
import { password, useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';

const moim = useMoim();

async function ticketFor(email: string): Promise<string> {
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await moim.codeFor(email);
  const { body } = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  return body.ticket;
}
const signUp = (body: object, headers = {}) => moim.guest.post('/v1/accounts', { password, ...body }, headers);

test('row 3: a ticket, a password and a nickname make an account', async () => {
  const ticket = await ticketFor('ari@example.com');

  const { status, body, headers } = await signUp({ ticket, nickname: ' 아리 ', locale: 'ko' });

  expect(status).toBe(201);
  expect(headers.get('location')).toBe('/v1/accounts/me');
  expect(body).toMatchObject({
    email: 'ari@example.com',
    nickname: '아리',
    locale: 'ko',
    timeZone: 'Asia/Seoul',
    bricks: 0,
    createdAt: '2026-03-02T03:00:00.000Z',
  });
});

test('row 2: a ticket works once, and a forged or expired one never', async () => {
  const used = await ticketFor('bora@example.com');
  await signUp({ ticket: used, nickname: 'bora' });
  const expired = await ticketFor('bora2@example.com');
  await moim.clock.advance(3_600_001);

  const answers = await Promise.all([
    signUp({ ticket: used, nickname: 'bora3' }),
    signUp({ ticket: expired, nickname: 'bora3' }),
    signUp({ ticket: 'A'.repeat(43), nickname: 'bora3' }),
    signUp({ ticket: '', nickname: 'bora3' }),
  ]);

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(4).fill([422, 'TICKET_INVALID']));
});

test('a socket ticket is no e-mail ticket', async () => {
  const person = await someone(moim);
  const { body } = await person.post('/v1/socket-tickets', {});

  const answer = await signUp({ ticket: new URL(body.url).searchParams.get('ticket')!, nickname: 'chaewon2' });

  expect(answer).toMatchObject({ status: 422, body: { code: 'TICKET_INVALID' } });
});

test('row 4: a password that breaks the rule is refused and the ticket stays', async () => {
  const ticket = await ticketFor('dana@example.com');
  const bad = [
    'Short-1',
    'nodigits-here',
    '12345678-',
    'NoSpecial1',
    'with space-1',
    `${'x'.repeat(61)}A-12`,
    '비밀번호-abc1',
    'dana-Secret-1',
  ];

  const refused = await Promise.all(bad.map((each) => signUp({ ticket, nickname: 'secret', password: each })));
  const good = await signUp({ ticket, nickname: 'dana' });

  expect(refused.map(({ status, body }) => [status, body.code])).toEqual(bad.map(() => [422, 'PASSWORD_REFUSED']));
  expect(good.status).toBe(201);
});

test('row 5: of ten who want one nickname at once, in any case, one gets it', async () => {
  const tickets = await Promise.all(Array.from({ length: 10 }, (_, i) => ticketFor(`rush${i}@example.com`)));

  const answers = await Promise.all(
    tickets.map((ticket, i) => signUp({ ticket, nickname: i % 2 ? 'Popular' : 'pOPULAR' })),
  );

  const codes = answers.map(({ status, body }) => (status === 201 ? 'got it' : body.code));
  expect(codes.filter((code) => code === 'got it')).toHaveLength(1);
  expect(codes.filter((code) => code === 'NICKNAME_TAKEN')).toHaveLength(9);
});

test('row 3: an address has one account, also when two tickets were issued for it', async () => {
  const first = await ticketFor('eun@example.com');
  await moim.clock.advance(60_000);
  const second = await ticketFor('eun@example.com');

  const answers = [
    await signUp({ ticket: first, nickname: 'eun' }),
    await signUp({ ticket: second, nickname: 'eun2' }),
  ];

  expect(answers.map(({ status, body }) => body.code ?? status)).toEqual([201, 'EMAIL_TAKEN']);
});

test('row 122: the same sign-up twice with one key is one account and one answer', async () => {
  const ticket = await ticketFor('faye@example.com');
  const headers = key();

  const first = await signUp({ ticket, nickname: 'faye' }, headers);
  const again = await signUp({ ticket, nickname: 'faye' }, headers);
  const other = await signUp({ ticket, nickname: 'other' }, headers);

  expect(again.body).toEqual(first.body);
  expect(again.status).toBe(201);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
});

test('wrong fields are named, in the language of the request', async () => {
  const body = { ticket: 'x', password, nickname: 'x', timeZone: 'Mars/Olympus', more: 1 };

  const { status, body: problem } = await moim.guest.post('/v1/accounts', body, { 'accept-language': 'ko' });

  expect(status).toBe(422);
  expect(problem).toMatchObject({ code: 'INVALID_REQUEST', title: '입력한 내용을 확인해 주세요.' });
  expect(problem.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
    '/more',
    '/nickname',
    '/timeZone',
  ]);
});
