import fc from 'fast-check';
import { beyondLimit, readRefreshToken, refreshTokenText } from '../../functions/accounts/sessions/rules.ts';
import { newId, newSecret } from '../../shared/core/ids.ts';

const token = { accountId: newId(1), sessionId: newId(2), secret: newSecret() };

test('row 8: a refresh token reads back as what it was made of', () => {
  expect(readRefreshToken(refreshTokenText(token))).toEqual(token);
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

test.each([
  ['', 'nothing'],
  ['..', 'three empty parts'],
  [`${token.accountId}.${token.sessionId}`, 'no secret'],
  [`${refreshTokenText(token)}.`, 'a fourth part'],
  [`${refreshTokenText(token)}A`, 'a longer secret'],
  [refreshTokenText(token).slice(0, -1), 'a shorter secret'],
  [refreshTokenText({ ...token, accountId: 'me' }), 'an account that is no id'],
  [refreshTokenText({ ...token, sessionId: token.sessionId.toUpperCase() }), 'a session in capitals'],
  [refreshTokenText({ ...token, secret: `${token.secret.slice(1)}!` }), 'a secret that is not base64url'],
])('row 8: %s is no refresh token (%s)', (text) => {
  expect(readRefreshToken(text)).toBeUndefined();
});
