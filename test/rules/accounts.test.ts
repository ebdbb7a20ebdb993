import fc from 'fast-check';
import { codeOf, codesEqual, nicknameClaim } from '../../functions/accounts/accounts/rules.ts';

const key = Buffer.from('k'.repeat(64));
const own = { email: 'minsu.kim@example.com' };

test('row 1: a code has six digits, leading zeros included', () => {
  const codes = Array.from({ length: 2_000 }, (_, i) => codeOf(key, `verification-${i}`, own.email));

  expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
  expect(codes.some((code) => code.startsWith('0'))).toBe(true);
});

test('row 1: every digit of a code is as likely as another', () => {
  const count = 5_000;
  const seen = Array.from({ length: 6 }, () => Array<number>(10).fill(0));
  for (let i = 0; i < count; i++)
    for (const [place, digit] of [...codeOf(key, `v${i}`, own.email)].entries()) seen[place]![Number(digit)]!++;

  const chiSquares = seen.map((digits) => digits.reduce((sum, n) => sum + (n - count / 10) ** 2 / (count / 10), 0));

  // Nine degrees of freedom: 33 is passed by one fair digit in 10,000. The keys are fixed, so the result is too.
  expect(chiSquares.filter((chiSquare) => chiSquare > 33)).toEqual([]);
});

test('row 1: a code belongs to one verification, one address and one key', () => {
  const code = codeOf(key, 'v1', own.email);

  expect(codeOf(key, 'v1', own.email)).toBe(code);
  expect(codeOf(key, 'v2', own.email)).not.toBe(code);
  expect(codeOf(key, 'v1', 'other@example.com')).not.toBe(code);
  expect(codeOf(Buffer.from('x'.repeat(64)), 'v1', own.email)).not.toBe(code);
});

test('row 1: codes are equal only if every digit is', () => {
  const code = fc.stringMatching(/^\d{6}$/);

  fc.assert(fc.property(code, code, (a, b) => codesEqual(a, b) === (a === b) && codesEqual(a, a)));
  expect(codesEqual('123456', '12345')).toBe(false);
  expect(codesEqual('', '123456')).toBe(false);
});

test('row 5: a nickname claims every spelling by case and by Unicode form', () => {
  expect(nicknameClaim('MinSu')).toBe('minsu');
  expect(nicknameClaim('Ｍｉｎｓｕ')).toBe('minsu');
  expect(nicknameClaim('민수'.normalize('NFD'))).toBe('민수'.normalize('NFC'));
});

test('row 5: a claim claims itself, and the case of ASCII letters never matters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (nickname) => {
      const claim = nicknameClaim(nickname);
      expect(nicknameClaim(claim)).toBe(claim);
    }),
    { numRuns: 1_000 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 20 }), (nickname) => {
      expect(nicknameClaim(nickname.toUpperCase())).toBe(nicknameClaim(nickname.toLowerCase()));
    }),
  );
});
