import { password, useMoim } from '../../support/moim.ts';
import { outcome, tally } from '../../support/replies.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const find = (email: string) => moim.guest.post('/v1/login-id-reminders', { email });

test('row 11: the login id is mailed to its owner; the answer is the same for everybody', async () => {
  const email = 'ari@example.com';
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await moim.codeFor(email);
  const { body } = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  await moim.guest.post('/v1/accounts', { ticket: body.ticket, password, nickname: 'Ari', loginId: 'ari_1' });
  const bora = await withPassword(moim);

  const answers = [await find(email), await find(bora.email), await find('nobody@example.com')];
  await moim.settle();
  const mails = await Promise.all([email, bora.email, 'nobody@example.com'].map((to) => moim.mail.next(to)));

  const answer = [202, { resendAt: '2026-03-02T03:01:00.000Z' }];
  expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill(answer));
  expect(mails[0]!.text).toContain('ari_1');
  expect(mails[1]!.text).not.toContain('ari_1');
  expect(new Set(mails.map(({ text }) => text)).size).toBe(3);
});

test('row 130: between two mails pass 60 seconds, however many are asked for at once', async () => {
  const answers = await Promise.all(Array.from({ length: 23 }, () => find('victim@example.com')));
  await moim.settle();
  const box = moim.mail.list({ to: 'victim@example.com' });
  await moim.clock.advance(59_000);
  const tooSoon = await find('victim@example.com');
  await moim.clock.advance(1000);
  const again = await find('victim@example.com');

  expect(tally(answers)).toEqual({ 202: 1, TOO_MANY_REQUESTS: 22 });
  expect(box).toHaveLength(1);
  expect([outcome(tooSoon), tooSoon.headers.get('retry-after'), again.status]).toEqual(['TOO_MANY_REQUESTS', '1', 202]);
});
