import { password, useMoim } from '../../support/moim.ts';
import { costOf } from '../../support/replies.ts';

const moim = useMoim();

test('the cost of signing in, staying signed in and being judged', async () => {
  const person = await moim.person('ari');
  const { deviceToken, refreshToken } = person.tokens as unknown as { deviceToken: string; refreshToken: string };
  const costs: Record<string, unknown> = {};
  const note = (name: string, route = name) => {
    costs[name] = costOf(moim, route);
  };

  await moim.guest.post('/v1/sessions', { email: person.email, password });
  note('signIn');
  await moim.guest.post('/v1/sessions', { email: person.email, password, deviceToken });
  note('signIn on a known device', 'signIn');
  await moim.guest.post('/v1/sessions', { email: person.email, password: 'Wrong-Horse-7' });
  note('signIn that fails', 'signIn');
  await moim.guest.post('/v1/sessions/refresh', { refreshToken });
  note('refresh');
  await person.delete('/v1/sessions/current');
  note('signOut');

  expect(costs).toEqual({
    // While the password is judged, it is read whether the account has an authenticator app, or administers.
    signIn: { requests: 3, roundTrips: 3, readUnits: 6, writeUnits: 6 },
    'signIn on a known device': { requests: 3, roundTrips: 3, readUnits: 4, writeUnits: 6 },
    'signIn that fails': { requests: 3, roundTrips: 3, readUnits: 6, writeUnits: 6 },
    refresh: { requests: 1, roundTrips: 1, readUnits: 0, writeUnits: 1 },
    signOut: { requests: 1, roundTrips: 1, readUnits: 0, writeUnits: 1 },
  });
});

test('a guarded request costs nothing beyond its own work: the token alone is judged, with a public key', async () => {
  const person = await moim.person('bora');
  await person.get('/v1/accounts/me');

  const judged = moim.logs.map(({ functionId, line }) => ({ functionId, ...JSON.parse(line) }));
  const line = judged.findLast(({ functionId, account }) => functionId === 'sessions-http-authorizer' && account);

  expect(line).toMatchObject({ account: person.id, accepted: true });
  expect(line.requests).toBeUndefined();
  const { environment } = moim.functions.find(({ id }) => id === 'sessions-http-authorizer')!;
  // It asks the table for the public keys alone, once a minute, and has no secret.
  expect(Object.keys(environment).filter((name) => /_ARN$/.test(name))).toEqual([]);
});
