import { limits } from '../../../shared/product/limits.ts';
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

  expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill([202, {}]));
  expect(mails[0]!.text).toContain('ari_1');
  expect(mails[1]!.text).not.toContain('ari_1');
  expect(new Set(mails.map(({ text }) => text)).size).toBe(3);
});

test('row 130: nobody’s mail box is flooded', async () => {
  const { times } = limits.fairUse.mailToAddress;

  const answers = await Promise.all(Array.from({ length: times + 3 }, () => find('victim@example.com')));
  await moim.settle();
  const box = moim.mail.list({ to: 'victim@example.com' });
  const tomorrow = await moim.clock.advance(24 * 3_600_000).then(() => find('victim@example.com'));

  expect(tally(answers)).toEqual({ 202: times, TOO_MANY_REQUESTS: 3 });
  expect(box).toHaveLength(times);
  expect(outcome(tomorrow)).toBe(202);
});
