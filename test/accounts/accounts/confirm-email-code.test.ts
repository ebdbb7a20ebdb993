import { useMoim } from '../../support/moim.ts';

const moim = useMoim();
const confirm = (email: string, code: string) =>
  moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });

async function codeSentTo(email: string) {
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  return moim.codeFor(email);
}
const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('row 2: the right code gives a ticket for an hour, once', async () => {
  const code = await codeSentTo('ari@example.com');

  const first = await confirm('ari@example.com', code);
  const second = await confirm('ari@example.com', code);

  expect(first).toMatchObject({ status: 200, body: { expiresAt: '2026-03-02T04:00:00.000Z' } });
  expect(first.body.ticket).toMatch(/^[\w-]{43}$/);
  expect(second).toMatchObject({ status: 422, body: { code: 'CODE_INVALID' } });
});

test('row 1: five wrong tries use a code up', async () => {
  const code = await codeSentTo('ari@example.com');
  const guesses: number[] = [];
  for (let i = 0; i < 5; i++) guesses.push((await confirm('ari@example.com', other(code))).status);

  const right = await confirm('ari@example.com', code);

  expect(guesses).toEqual(Array(5).fill(422));
  expect(right).toMatchObject({ status: 422, body: { code: 'CODE_INVALID' } });
});

test('row 1: forty wrong tries at once use a code up as well', async () => {
  const code = await codeSentTo('bora@example.com');

  const guesses = await Promise.all(Array.from({ length: 40 }, () => confirm('bora@example.com', other(code))));
  const right = await confirm('bora@example.com', code);

  expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([422]));
  expect(right).toMatchObject({ status: 422, body: { code: 'CODE_INVALID' } });
});

test('four wrong tries leave the fifth', async () => {
  const code = await codeSentTo('chae@example.com');
  for (let i = 0; i < 4; i++) await confirm('chae@example.com', other(code));

  const right = await confirm('chae@example.com', code);

  expect(right.status).toBe(200);
});

test('a code is over after five minutes', async () => {
  const code = await codeSentTo('dana@example.com');

  await moim.clock.advance(300_001);
  const late = await confirm('dana@example.com', code);

  expect(late).toMatchObject({ status: 422, body: { code: 'CODE_INVALID' } });
});

test("one address's code is no other's, and an address that asked for none is told the same", async () => {
  const code = await codeSentTo('eun@example.com');
  await codeSentTo('faye@example.com');

  const others = await confirm('faye@example.com', code);
  const nobodys = await confirm('nobody@example.com', code);

  expect(others).toMatchObject({ status: 422, body: { code: 'CODE_INVALID' } });
  expect({ ...nobodys.body, requestId: '' }).toEqual({ ...others.body, requestId: '' });
});
