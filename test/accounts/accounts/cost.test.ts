import { password, useMoim } from '../../support/moim.ts';
import { costOf } from '../../support/replies.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const better = 'Battery-Staple-9';

async function ticketFor(email: string, purpose: string): Promise<string> {
  const { request } = (await moim.guest.post('/v1/email-verifications', { email, purpose })).body;
  const code = await moim.codeFor(email);
  return (await moim.guest.post('/v1/email-verifications/confirm', { email, purpose, code, request })).body.ticket;
}

/** Requests, round trips, read units and write units. */
function cost(route: string): number[] {
  const { requests, roundTrips, readUnits, writeUnits } = costOf(moim, route);
  return [requests, roundTrips, readUnits, writeUnits];
}

test('the cost of new passwords, new addresses and a withdrawal: three round trips at most', async () => {
  const ari = await withPassword(moim, 'ari');
  const costs: Record<string, number[]> = {};

  const reset = await ticketFor(ari.email, 'PASSWORD');
  await moim.guest.post('/v1/password-resets', { ticket: reset, password: better });
  costs.resetPassword = cost('resetPassword');
  const bora = await withPassword(moim, 'bora');
  await bora.put('/v1/accounts/me/password', { currentPassword: password, password: better });
  costs.changePassword = cost('changePassword');
  const chae = await withPassword(moim, 'chae');
  const ticket = await ticketFor('new.chae@example.com', 'EMAIL');
  await chae.put('/v1/accounts/me/email', { ticket });
  costs.changeEmail = cost('changeEmail');
  const dana = await withPassword(moim, 'dana');
  await dana.post('/v1/accounts/me/withdrawal', { reason: 'moved' });
  costs.withdraw = cost('withdraw');

  expect(costs).toEqual({
    resetPassword: [3, 3, 5, 10],
    changePassword: [4, 3, 4, 9],
    changeEmail: [5, 3, 6, 16],
    withdraw: [3, 2, 3.5, 16],
  });
});
