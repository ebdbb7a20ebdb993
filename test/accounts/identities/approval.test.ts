import { useMoim } from '../../support/moim.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { approvingAccounts } from '../../support/templates.ts';
import { type LocalProvider, startLocalProvider } from './local-provider.ts';
import { redirectUri, register } from './support.ts';

// A deployment that approves its accounts (row 13).
const moim = useMoim({ edit: approvingAccounts });
let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider(moim.clock.now);
  await register(moim, { github: local.registrations.github });
});
afterAll(() => local.stop());

async function signIn(person: object) {
  const { body } = await moim.guest.post('/v1/social-sign-ins', { provider: 'github', redirectUri });
  const query = local.agree(body.authorizationUrl, person);
  return moim.guest.post('/v1/social-sign-ins/complete', { ticket: body.ticket, query });
}
const someone = (id: number, email: string) => ({ id, emails: [{ email, primary: true, verified: true }] });

test('rows 7, 13: where accounts are approved, one who signs up waits, without a session', async () => {
  const person = someone(1, 'waiting@example.com');
  const { body: offered } = await signIn(person);

  const { status, body } = await moim.guest.post('/v1/social-sign-ups', {
    ticket: offered.ticket,
    nickname: 'Waiting',
  });
  const again = await signIn(person);
  const byAddress = await signIn(someone(2, 'waiting@example.com'));

  expect([status, body.status, body.session]).toEqual([201, 'PENDING', null]);
  expect([again, byAddress].map(outcome)).toEqual(['ACCOUNT_PENDING', 'ACCOUNT_PENDING']);
  expect(await itemsOf(moim, 'Session', { accountId: body.accountId })).toEqual([]);
  expect(await itemsOf(moim, 'Identity', { accountId: body.accountId })).toHaveLength(1);
});
