import fc from 'fast-check';
import { provingProviders as ofAccounts } from '../../functions/accounts/accounts/values.ts';
import { accountIdOf, isUnvouched, shown, typed, userHandleOf } from '../../functions/accounts/factors/rules.ts';
import { providers } from '../../functions/accounts/identities/providers.ts';
import { isAdministering, isFresh, lifeOf, provingProviders, waysOf } from '../../shared/access/proof.ts';
import { newId } from '../../shared/core/ids.ts';
import { iso } from '../../shared/core/time.ts';

const now = Date.parse('2026-03-02T03:00:00Z');

test('the name of an account at an authenticator leads back to it, and nothing else does to any', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 47 }), fc.base64String(), (time, text) => {
      const id = newId(time);
      expect(accountIdOf(Buffer.from(userHandleOf(id)).toString('base64url'))).toBe(id);
      const read = accountIdOf(text);
      if (read !== undefined) expect(Buffer.from(text, 'base64url')).toHaveLength(16);
    }),
  );
  expect(accountIdOf(undefined)).toBeUndefined();
});

test('a recovery code is read as it is shown, and however people type it', () => {
  expect(shown('ABCDEFGH23456777')).toBe('ABCD-EFGH-2345-6777');
  expect(typed(shown('ABCDEFGH23456777'))).toBe('ABCDEFGH23456777');
  expect(typed(' abcd efgh-2345 6777 ')).toBe('ABCDEFGH23456777');
});

test.each([
  [iso(now - 1), false],
  [iso(now), false],
  [iso(now + 1), true],
])('row 162: a way in of %s has come after the mailbox vouched: %s', (addedAt, ended) => {
  expect(isUnvouched({ addedAt }, iso(now))).toBe(ended);
});

test('row 162: a proof counts for five minutes', () => {
  expect([0, 299_999, 300_000, 300_001].map((age) => isFresh({ provedAt: now - age }, now))).toEqual([
    ...[true, true],
    ...[false, false],
  ]);
  expect(isFresh({}, now)).toBe(false);
});

test('row 162: an administrator has shown a factor, within twelve hours of the sign-in', () => {
  const hours = (count: number) => iso(now - count * 3_600_000);

  expect(isAdministering({ factorAt: now, createdAt: hours(11) }, now)).toBe(true);
  expect(isAdministering({ factorAt: now, createdAt: hours(12) }, now)).toBe(false);
  expect(isAdministering({ createdAt: hours(0) }, now)).toBe(false);
  expect(isAdministering(undefined, now)).toBe(false);
  expect([lifeOf({ administers: false }), lifeOf({ administers: true })]).toEqual([90 * 86_400, 12 * 3600]);
});

test('the ways of proof are those that an account has', () => {
  const google = { google: 'g' };

  expect(waysOf({ waysIn: 1, email: 'a@b.example' }, undefined)).toEqual(['PASSWORD', 'MAIL']);
  expect(waysOf({ waysIn: 1, identities: google }, { passkeyCount: 1 })).toEqual(['PASSKEY', 'PROVIDER']);
  expect(waysOf({ waysIn: 1, identities: { github: 'g' } }, { passkeyCount: 0 })).toEqual([]);
  expect(waysOf({ waysIn: 2, identities: google, email: 'a@b.example' }, { totpSince: iso(now) })).toEqual([
    ...['PASSWORD', 'TOTP'],
    ...['MAIL', 'PROVIDER'],
  ]);
});

test('providers prove who is there if they speak OpenID Connect', () => {
  const speaking = Object.entries(providers).filter(([, { protocol }]) => protocol === 'OPENID');

  expect(speaking.map(([name]) => name)).toEqual([...provingProviders]);
  expect([...ofAccounts]).toEqual([...provingProviders]);
});
