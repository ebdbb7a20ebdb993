import fc from 'fast-check';
import { codeOf, codesEqual, nicknameClaim, passwordAllowed } from '../../functions/accounts/accounts/rules.ts';

const key = Buffer.from('k'.repeat(64));
const own = { email: 'minsu.kim@example.com', nickname: 'Minsu' };

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

test.each([
  ['Abcdef1!', true, 'eight characters of all kinds'],
  ['abcdef1!', true, 'no capital is asked for'],
  ['Abcde1!', false, 'seven characters'],
  [`A1!${'a'.repeat(61)}`, true, '64 characters'],
  [`A1!${'a'.repeat(62)}`, false, '65 characters'],
  ['12345678!', false, 'no letter'],
  ['Abcdefgh!', false, 'no digit'],
  ['Abcdefgh1', false, 'no special character'],
  ['Abc def1!', false, 'a space'],
  ['Abcdef1!\t', false, 'a control character'],
  ['Abcdef1!가', false, 'not ASCII'],
  ['x1!MINSU99', false, 'the nickname, whatever its case'],
  ['x1!Minsu.Kim', false, 'what stands before the @'],
  ['minsu.kim@example.com1', false, 'the whole address'],
])('row 4: the password %s is allowed: %s (%s)', (password, allowed) => {
  expect(passwordAllowed(password, own)).toBe(allowed);
});

test.each([
  ['a nickname of two letters', { email: 'someone@example.com', nickname: 'ab' }, 'ab'],
  ['a local part of two letters', { email: 'cd@example.com', nickname: 'somebody' }, 'cd'],
  ['no local part at all', { email: '', nickname: 'somebody' }, ''],
])('row 4: %s is too short to be forbidden', (_, who, part) => {
  expect(passwordAllowed(`${part}Zyxw9876!`, who)).toBe(true);
});

test('row 4: no password is allowed that breaks a part of the rule', () => {
  const password = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 70 }),
    fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 70 }),
    fc
      .tuple(fc.string({ unit: 'grapheme-ascii', maxLength: 8 }), fc.constantFrom('minsu', 'MINSU', 'Minsu.Kim'))
      .map(([text, name]) => `${text}${name}a1!`),
  );
  const parts: ((password: string) => boolean)[] = [
    (text) => text.length >= 8 && text.length <= 64,
    (text) => [...text].every((character) => character > ' ' && character <= '~'),
    (text) => /[A-Za-z]/.test(text) && /[0-9]/.test(text) && /[^A-Za-z0-9]/.test(text),
    (text) => !text.toLowerCase().includes('minsu'),
  ];

  fc.assert(
    fc.property(password, (text) => {
      expect(passwordAllowed(text, own)).toBe(parts.every((holds) => holds(text)));
    }),
    { numRuns: 1_000 },
  );
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
