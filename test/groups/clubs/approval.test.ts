/** Row 13: a deployment that approves accounts, and a sign-up through a club of it. */
import { password, useMoim } from '../../support/moim.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { approvingAccounts } from '../../support/templates.ts';
import { accept, clubOf, profile, storedOf } from './support.ts';

const moim = useMoim({ edit: approvingAccounts });

async function newcomer(nickname: string, groupId: string) {
  const email = `${nickname}@example.com`;
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await moim.codeFor(email);
  const { body } = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  const sent = { ticket: body.ticket, password, nickname, club: { groupId, profile } };
  const account = await moim.guest.post('/v1/accounts', sent);
  return { email, id: account.body.id as string, status: account.body.status as string };
}

test('row 13: both wait, each for its own decision: first the account, then the place in the club', async () => {
  const club = await clubOf(moim);
  const ari = await newcomer('ari', club.groupId);

  const tooEarly = await accept(club, ari);
  const shut = await moim.guest.post('/v1/sessions', { email: ari.email, password });
  await club.leader.post(`/v1/admin/accounts/${ari.id}/approve`);
  const open = await moim.guest.post('/v1/sessions', { email: ari.email, password });
  const accepted = await accept(club, ari);

  expect(ari.status).toBe('PENDING');
  expect([tooEarly, shut, open, accepted].map(outcome)).toEqual(['NOT_APPLICABLE', 'ACCOUNT_PENDING', 201, 200]);
  expect((await storedOf(moim, club, ari)).state).toBe('ACTIVE');
});

test('row 13: an account that is not approved, and is erased, leaves nothing in the club', async () => {
  const club = await clubOf(moim);
  const bora = await newcomer('bora', club.groupId);
  await club.leader.post(`/v1/admin/accounts/${bora.id}/reject`, { reason: 'Unknown here' });
  const waits = await storedOf(moim, club, bora);

  await moim.clock.advance(30 * 86_400_000 + 60_000);
  for (let run = 1; run <= 3; run++) {
    await moim.runSchedule('minute-tick');
    await moim.settle();
    await moim.clock.advance(20 * 60_000);
  }

  expect(waits).toMatchObject({ state: 'PENDING', profile });
  expect(await storedOf(moim, club, bora)).toEqual({ state: undefined, member: undefined, profile: undefined });
  expect(await itemsOf(moim, 'Application', { accountId: bora.id })).toEqual([]);
});
