import fc from 'fast-check';
import { beyondLimit, isIssued, readRefreshToken, refreshTokenText } from '../../functions/accounts/sessions/rules.ts';
import { newId, newSecret } from '../../shared/core/ids.ts';

const token = { accountId: newId(1), sessionId: newId(2), secret: newSecret() };

const key = { id: 'K'.repeat(12), bytes: Buffer.from('k'.repeat(64)) };
const text = refreshTokenText(key, token);

test('row 8: a refresh token reads back as what it was made of', () => {
  expect(readRefreshToken(text)).toMatchObject({ ...token, keyId: key.id });
});

test('row 8, report D13: a token counts as issued only with the seal of the key for this account, session and secret', () => {
  const read = readRefreshToken(text)!;
  const others = [
    { ...read, accountId: newId(3) },
    { ...read, sessionId: newId(3) },
    { ...read, secret: newSecret() },
    { ...read, seal: newSecret() },
  ];

  expect(isIssued(key, read)).toBe(true);
  expect(isIssued({ ...key, bytes: Buffer.from('x'.repeat(64)) }, read)).toBe(false);
  expect(others.map((each) => isIssued(key, each))).toEqual(Array(4).fill(false));
});

test('row 8: of seven sessions in any order the two that are oldest go', () => {
  const sessions = [1, 2, 3, 4, 5, 6, 7].map((n) => ({
    sessionId: `s${n}`,
    createdAt: `2026-03-0${Math.ceil(n / 2)}`,
  }));

  fc.assert(
    fc.property(fc.shuffledSubarray(sessions, { minLength: 7 }), (shuffled) => {
      expect(beyondLimit(shuffled).map(({ sessionId }) => sessionId)).toEqual(['s2', 's1']);
    }),
  );
  expect(beyondLimit(sessions.slice(2))).toEqual([]);
});

test('row 8: texts that are no refresh token are read as none', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(readRefreshToken(text)).toBeUndefined()));
});

const made = (parts: Partial<typeof token>) => refreshTokenText(key, { ...token, ...parts });

test.each([
  ['', 'nothing'],
  ['....', 'five empty parts'],
  [`${token.accountId}.${token.sessionId}.${token.secret}`, 'no seal'],
  [`${text}.`, 'a sixth part'],
  [`${text}A`, 'a longer seal'],
  [text.slice(0, -1), 'a shorter seal'],
  [text.replace(key.id, 'short'), 'a shorter name of the key'],
  [made({ accountId: 'me' }), 'an account that is no id'],
  [made({ sessionId: token.sessionId.toUpperCase() }), 'a session in capitals'],
  [made({ secret: `${token.secret.slice(1)}!` }), 'a secret that is not base64url'],
])('row 8: %s is no refresh token (%s)', (given) => {
  expect(readRefreshToken(given)).toBeUndefined();
});
