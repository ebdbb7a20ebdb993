import { keysReplace } from '../../../bin/keys-replace.ts';
import { run } from '../../../bin/table.ts';
import { issueAccessToken } from '../../../functions/accounts/sessions/tokens.ts';
import { iso } from '../../../shared/core/time.ts';
import { password, useMoim } from '../../support/moim.ts';
import { sessionKeyOf } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';

// The command signs with the machine's own time.
const moim = useMoim({ now: Date.now() });

const replace = (...words: string[]) => run(keysReplace, words, { MOIM_ENGINES: moim.awsUrl });
const signIn = (email: string, more: object = {}) => moim.guest.post('/v1/sessions', { email, password, ...more });

test('F22: after the session key leaked, nothing that it signs or has signed is worth anything', async () => {
  const ari = await moim.person('ari');
  const leaked = await sessionKeyOf(moim);
  const socket = await ari.socket();

  const replaced = await replace('session');
  const [own, refreshed] = [
    await ari.get('/v1/accounts/me'),
    await moim.guest.post('/v1/sessions/refresh', { refreshToken: ari.tokens.refreshToken }),
  ];
  await socket.closed;
  // The thief signs on, for a session that is alive: within a minute no function takes it.
  await moim.clock.advance(60_000);
  const anew = await signIn(ari.email);
  ari.tokens = anew.body;
  const alive = (await itemsOf(moim, 'Session', { accountId: ari.id }))[0];
  const forged = await issueAccessToken(leaked, { accountId: ari.id, sessionId: alive.sessionId }, moim.clock.now());
  const byThief = await moim.guest.send('GET', '/v1/accounts/me', {
    headers: { authorization: `Bearer ${forged.token}` },
  });
  const byOwner = await ari.get('/v1/accounts/me');

  expect(replaced).toEqual({
    code: 0,
    text: expect.stringMatching(/^SessionKey is another\. 1 sessions have ended\./),
  });
  expect([own, refreshed].map(outcome)).toEqual(['TOKEN_INVALID', 'REFRESH_INVALID']);
  expect([anew.status, byThief.status, byOwner.status]).toEqual([201, 401, 200]);
});

test('F22: a function that still has the leaked key finds another before it signs', async () => {
  const bora = await moim.person('bora');
  await replace('session');
  // Shorter than a function remembers a secret, as long as it takes a key for good without a look.
  await moim.clock.advance(60_000);

  const anew = await signIn(bora.email);
  bora.tokens = anew.body;

  expect([anew.status, (await bora.get('/v1/accounts/me')).status]).toEqual([201, 200]);
});

test('F22: a leaked key of codes makes no code that is good, and one of devices makes no device known', async () => {
  const email = 'chae@example.com';
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await moim.codeFor(email);
  const dana = await moim.person('dana');
  const { deviceToken } = dana.tokens as unknown as { deviceToken: string };

  const texts = [await replace('code'), await replace('device')].map(({ text }) => text);
  await moim.clock.advance(300_001 - 60_000);
  const confirmed = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  await moim.clock.advance(60_001);
  const known = await signIn(dana.email, { deviceToken });

  expect(texts).toEqual([expect.stringMatching(/^CodeKey is another/), expect.stringMatching(/^DeviceKey is another/)]);
  expect([outcome(confirmed), known.status]).toEqual(['CODE_INVALID', 201]);
  expect(known.body.deviceToken).not.toBe(deviceToken);
});

test('row 8: the public keys of two rotations stay on the list, older ones leave it', async () => {
  const at = (days: number) => iso(moim.clock.now() - days * 86_400_000);
  const [keySet] = await itemsOf(moim, 'KeySet');
  await put(moim, 'KeySet', { ...keySet, 'key old-old-old-': `${at(71)} x`, 'key young-young': `${at(69)} x` });
  await replace('session');
  await moim.clock.advance(60_000);
  await moim.person('eun');

  const names = Object.keys((await itemsOf(moim, 'KeySet'))[0]).filter((name) => name.startsWith('key '));

  expect(names).toContain('key young-young');
  expect(names).not.toContain('key old-old-old-');
});

test('what is no key that moim makes is said', async () => {
  expect(await replace('push')).toEqual({ code: 1, text: expect.stringMatching(/session, device, code or upload/) });
  expect((await replace()).code).toBe(2);
});
