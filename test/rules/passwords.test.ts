import fc from 'fast-check';
import { baseWords, typedInLatin } from '../../functions/accounts/accounts/base-words.ts';
import { passwordFaults, requireAllowed } from '../../functions/accounts/accounts/passwords.ts';
import { commonPasswords } from '../../shared/product/common-passwords.ts';
import type { Problem } from '../../shared/product/problems.ts';
import { runs } from '../support/runs.ts';

const own = { email: 'minsu.kim@example.com', nickname: 'Minsu', loginId: 'ms_2026' };
const faults = (password: string) => passwordFaults(password, own);

test.each([
  ['Rkvndo7!', [], 'eight characters of all kinds'],
  ['rkvndo7!', [], 'no capital is asked for'],
  ['Rkvnd7!', ['shortest'], 'seven characters'],
  [`A1!${'kwmvtz'.repeat(10)}b`, [], '64 characters'],
  [`A1!${'kwmvtz'.repeat(10)}bc`, ['longest'], '65 characters'],
  ['73924681!', ['passwordLetter'], 'no letter'],
  ['Rkvndowp!', ['passwordDigit'], 'no digit'],
  ['Rkvndowp1', ['passwordSpecial'], 'no special character'],
  ['Rkvndowp', ['passwordDigit', 'passwordSpecial'], 'neither'],
  ['Rkv ndo7!', ['passwordCharacters'], 'a space'],
  ['Rkvndo7!\t', ['passwordCharacters'], 'a control character'],
  ['Rkvndo7!가', ['passwordCharacters'], 'not ASCII'],
  ['비밀', ['shortest', 'passwordCharacters', 'passwordLetter', 'passwordDigit', 'passwordSpecial'], 'nothing of it'],
  ['x1!MINSU99', ['passwordOwn'], 'the nickname, whatever its case'],
  ['x1!Minsu.Kim', ['passwordOwn'], 'what stands before the @'],
  ['kvx!ms_2026', ['passwordOwn'], 'the login id'],
  ['minsu.kim@example.com1', ['passwordOwn'], 'the whole address'],
])('row 4, report D9: of the password %s this is wrong: %s (%s)', (password, wrong) => {
  expect(faults(password)).toEqual(wrong);
});

test.each([
  ['Password1!', 'a word with what the rule asks for'],
  ['P@ssw0rd1!', 'look-alikes'],
  ['aaaaaaa1!', 'one letter again and again'],
  ['a1!a1!a1!', 'three characters again and again'],
  ['moimmoim1!', "the product's name twice"],
  ['Moim2026!!', "the product's name and a year"],
  ['zaq1@WSX', 'columns of keys'],
  ['1q2w3e4r!', 'columns of keys, up and down'],
  ['qwer1234!', 'two rows of keys'],
  ['Abcdef1!', 'the alphabet'],
  ['asdf!@#$1', 'keys with and without shift'],
  ['sarang12!', 'a Korean word in Latin letters'],
  ['dlrjdi1!', 'a Korean word on a Latin keyboard'],
  ['tkfkdgo12!', 'another'],
  ['!!dkssud99', 'decoration in front'],
  ['s-a-r-a-n-g-1', 'a word with something between its letters'],
])('row 4: %s is too common (%s)', (password) => {
  expect(faults(password)).toEqual(['passwordCommon']);
});

test.each([
  'Correct-Horse-7',
  'Battery-Staple-9',
  'sarangbi!gureum7',
  'kX7!pQ2#vN',
  'were-here-treat-8',
  'moim-dokseo-bam-3',
])('row 4: %s is allowed', (password) => {
  expect(faults(password)).toEqual([]);
});

test('ASVS 6.2.4, 6.2.12: ten thousand passwords of leaks are known, the most used and those of Korea among them', () => {
  const known = commonPasswords();

  expect(known.size).toBe(10_000);
  expect(['password', 'qwerty', 'dragon', 'moim', 'qlalfqjsgh'].filter((word) => !known.has(word))).toEqual([]);
});

test('row 4: no word of the lists is allowed with any decoration, in any case', () => {
  const words = [...baseWords, ...commonPasswords()].filter((word) => /^[a-z]+$/.test(word) && !/minsu/.test(word));
  const decoration = fc.stringMatching(/^[0-9!@#$%^&*.-]{2,6}$/);
  const written = fc.tuple(fc.constantFrom(...words), decoration, fc.boolean(), fc.boolean());

  fc.assert(
    fc.property(written, ([word, decor, before, capital]) => {
      const text = capital ? word[0]!.toUpperCase() + word.slice(1) : word;
      const password = before ? decor + text : text + decor;
      fc.pre(password.length >= 8);
      expect(faults(password)).toContain('passwordCommon');
    }),
    { numRuns: runs(2_000) },
  );
});

test('row 4: what a password manager makes is allowed', () => {
  const characters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&*+-=?@_');
  const made = fc.array(characters, { minLength: 16, maxLength: 24 }).map((all) => `${all.join('')}xA7!`);

  // fast-check likes repetitions; a generator of passwords does not.
  const allowed = fc.sample(made, { numRuns: runs(2_000), seed: 4 }).filter((password) => new Set(password).size > 10);
  expect(allowed.length).toBeGreaterThan(runs(2_000) * 0.75);
  expect(allowed.filter((password) => faults(password).length > 0)).toEqual([]);
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
    (text) => /[A-Za-z]/.test(text) && /[0-9]/.test(text) && /[!-/:-@[-`{-~]/.test(text),
    (text) => !/minsu|ms_2026/.test(text.toLowerCase()),
  ];

  fc.assert(
    fc.property(password, (text) => {
      const wrong = faults(text).filter((fault) => fault !== 'passwordCommon');
      expect(wrong.length === 0).toBe(parts.every((holds) => holds(text)));
    }),
    { numRuns: runs(1_000) },
  );
});

test.each([
  ['a nickname of two letters', { email: 'someone@example.com', nickname: 'ab' }, 'ab'],
  ['a local part of two letters', { email: 'cd@example.com', nickname: 'somebody' }, 'cd'],
  ['no local part at all', { email: '', nickname: 'somebody' }, ''],
])('row 4: %s is too short to be forbidden', (_, who, part) => {
  expect(passwordFaults(`${part}Zywx9476!`, who)).toEqual([]);
});

test('row 4: a Korean word has the keys that type it', () => {
  expect(['사랑', '이거야', '비밀번호', '안녕하세요', '괜찮아', '뿌듯', '의사'].map(typedInLatin)).toEqual([
    'tkfkd',
    'dlrjdi',
    'qlalfqjsgh',
    'dkssudgktpdy',
    'rhoscksgdk',
    'qnemt',
    'dmltk',
  ]);
});

test('row 4, report D9: the reasons are for people, in both languages; the current password is refused as such', () => {
  const refusal = (password: string, locale: 'ko' | 'en', current?: string) => {
    try {
      requireAllowed(password, own, locale, current);
      return undefined;
    } catch (error) {
      return (error as Problem).errors;
    }
  };

  expect(refusal('Rkvndo7!', 'ko')).toBeUndefined();
  expect(refusal('Rkvndo7!', 'en', 'Rkvndo7!')).toEqual([
    { pointer: '/password', reason: 'Please choose a password that differs from the current one.' },
  ]);
  expect(refusal('short', 'ko')!.map(({ reason }) => reason)).toEqual([
    '8자 이상 입력해 주세요.',
    '숫자를 하나 이상 넣어 주세요.',
    '!나 - 같은 특수문자를 하나 이상 넣어 주세요.',
  ]);
});
