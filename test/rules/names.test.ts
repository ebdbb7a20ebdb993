/** Which nicknames are one, and which belong to moim itself. */
import fc from 'fast-check';
import { foldedName, isReservedName } from '../../shared/product/names.ts';
import { runs } from '../support/runs.ts';

test('row 5: the fold of every character is its own fold, and is that of its capital and its small letter', () => {
  const wrong: string[] = [];
  for (let code = 0; code <= 0x10_ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if (!/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)) continue;
    // Ideographs and syllables have no case and no look-alike; the first of each block stands for the others.
    if (/[\p{Script=Han}\p{Script=Hangul}\p{Script=Tangut}]/u.test(character) && code % 256 > 3) continue;
    const fold = foldedName(character);
    for (const other of [fold, character.toUpperCase(), character.toLowerCase(), character.normalize('NFD')])
      if (foldedName(other) !== fold) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test('row 5: the fold of every name is its own fold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (name) => {
      expect(foldedName(foldedName(name))).toBe(foldedName(name));
    }),
    { numRuns: runs(2_000) },
  );
});

test.each([
  ['case', 'Straße', 'STRASSE'],
  ['a final sigma', 'Νίκος', 'ΝΊΚΟΣ'],
  ['width', 'Ｍina', 'mina'],
  ['the form of Unicode', '민아'.normalize('NFD'), '민아'],
  ['spaces', 'sp  x', 'sp\u3000x'],
  ['the colour of a heart', '❤️하트', '❤하트'],
  ['joiners of an emoji', '👨‍👩‍👧', '👨👩👧'],
  ['a Cyrillic letter', 'mina', 'minа'],
  ['Cyrillic letters alone', 'сосо', 'coco'],
  ['a Greek letter', 'mοim', 'moim'],
  ['a small capital', 'ᴍina', 'mina'],
  ['mathematical letters', '𝓶𝓲𝓷𝓪', 'mina'],
])('row 5: %s does not tell names apart', (_, one, other) => {
  expect(foldedName(one)).toBe(foldedName(other));
});

test.each([
  ['mina1', 'minal'],
  ['mina0', 'minao'],
  ['민아', '민이'],
  ['sp x', 'spx'],
  ['mina', 'mína'],
  ['mina', 'mina❤'],
])('row 5: %j and %j are two names', (one, other) => {
  expect(foldedName(one)).not.toBe(foldedName(other));
});

test.each([
  ...['(알 수 없음)', '（알 수 없음）', '알수없음', '(unknown)', 'Unknown', '(unκnown)', '[UNKNOWN]'],
  ...[
    '관리자',
    '관 리 자',
    '관리자2',
    '★관리자★',
    '운영자',
    '운영팀',
    '운영진',
    '관리자님',
    '모임장',
    '관리자'.normalize('NFD'),
  ],
  ...[
    'admin',
    'ADMIN',
    'Аdmin',
    'adm1n',
    'admin_01',
    'a.d.m.i.n',
    '@dmin',
    'AdmIn',
    'ａｄｍｉｎ',
    'admlnistrator',
    'moderator',
  ],
  ...['모임', 'moim', 'MOIM', 'm0im', 'мoim', '모임 운영자', 'moim official', 'moim_team', '모임 고객센터', 'moim👍'],
])('D5: %j is taken by moim itself', (name) => {
  expect(isReservedName(name)).toBe(true);
});

test.each([
  ...[
    '민아',
    'mina',
    '독서모임',
    '모임좋아',
    '모임러버',
    '관리왕',
    '도서관리자',
    '운영체제',
    'moimi',
    'badmin',
    'adminka',
  ],
  ...['팀', 'team kim', 'user1', '회원', '님', '❤️하트', '👨‍👩‍👧👨‍👩‍👧', '1234', '--', 'groot', 'unknown pleasures'],
])('D5: %j is free for people', (name) => {
  expect(isReservedName(name)).toBe(false);
});
