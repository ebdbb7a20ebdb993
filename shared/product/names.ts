/** Which nicknames look the same, and which nobody may have. */

/**
 * Letters of other scripts that look like a Latin one, after case is folded: `а` of Cyrillic is `a`. A table of our own,
 * because the full one of Unicode (UTS 39) also makes one of `0` and `o`, of `1`, `l` and `I`, and of `rn` and `m`: it
 * would turn away honest names such as `mina1`.
 */
const lookalikes: readonly (readonly [like: string, letters: string])[] = [
  // Cyrillic, Greek, Armenian, and small capitals and other forms of Latin itself.
  ['a', 'аαɑᴀ'],
  ['b', 'вьβʙ'],
  ['c', 'сϲᴄ'],
  ['d', 'ԁᴅ'],
  ['e', 'еεᴇ'],
  ['f', 'ꜰ'],
  ['g', 'ɡցɢ'],
  ['h', 'һнηհʜ'],
  ['i', 'іιıɪ'],
  ['j', 'јᴊ'],
  ['k', 'кκᴋ'],
  ['l', 'ӏʟ'],
  ['m', 'мμᴍ'],
  ['n', 'ոɴ'],
  ['o', 'оοσօᴏ'],
  ['p', 'рρᴘ'],
  ['q', 'ԛզ'],
  ['r', 'ʀ'],
  ['s', 'ѕꜱ'],
  ['t', 'тτᴛ'],
  ['u', 'սᴜ'],
  ['v', 'ѵνᴠ'],
  ['w', 'ԝᴡ'],
  ['x', 'хχ'],
  ['y', 'уүγυʏ'],
  ['z', 'ζᴢ'],
];
const latin = new Map(lookalikes.flatMap(([like, letters]) => [...letters].map((letter) => [letter, like] as const)));

/** One step of folding. Upper case first: only there `ß` becomes `ss`. */
const folded = (text: string): string => {
  const plain = text.normalize('NFKD').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKD');
  const seen = plain.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return [...seen]
    .map((letter) => latin.get(letter) ?? letter)
    .join('')
    .replace(/\s+/gu, ' ')
    .trim()
    .normalize('NFC');
};

/**
 * A nickname as it is compared: names that people cannot tell apart are one (row 5). Case, width, Unicode form, runs of
 * spaces, invisible characters and letters that look like Latin ones do not count. Its own fold is itself.
 *
 * @example foldedName('Мina') // 'mina', the first letter was Cyrillic
 */
export function foldedName(nickname: string): string {
  // What a step makes may have a capital or a look-alike of its own: `ẞ` becomes `ß`, and that `ss`.
  const next = folded(nickname);
  return next === nickname ? next : foldedName(next);
}

/** Digits and signs that people write for a letter. `l` is one of them: a capital I looks like it. */
const spelt: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  l: 'i',
};
const asLetters = (name: string) => [...name].map((each) => spelt[each] ?? each).join('');
const onlyLetters = (name: string) => name.replace(/[^\p{L}\p{M}]/gu, '');

/** What only moim signs with: its name, who runs it, who leads a group, and what stands for a withdrawn account. */
const ours = [
  ...['moim', '모임', '관리', '관리자', '총관리자', '운영', '운영자', '운영진', '모임장', '공식', '고객센터'],
  ...['고객지원', '시스템', '알수없음', '탈퇴회원', '탈퇴한회원', '탈퇴한사용자', 'admin', 'admins', 'administrator'],
  ...['administrators', 'moderator', 'moderators', 'operator', 'operators', 'official', 'staff', 'support', 'helpdesk'],
  ...['system', 'sysadmin', 'root', 'unknown', 'deleteduser', 'deletedaccount'],
];
/** What may stand beside those. */
const beside = ['계정', '팀', '님', '담당자', 'account', 'team', 'user'];
const anyOf = (words: readonly string[]) => `(?:${words.map(asLetters).join('|')})`;
const reserved = new RegExp(`^${anyOf(beside)}*${anyOf(ours)}${anyOf([...ours, ...beside])}*$`, 'u');

/**
 * Whether a nickname looks like one that moim keeps for itself, because it consists of such words alone.
 *
 * @example isReservedName('모임 운영팀') // true
 * @example isReservedName('독서모임') // false
 */
export function isReservedName(nickname: string): boolean {
  const name = foldedName(nickname);
  return [onlyLetters(asLetters(name)), asLetters(onlyLetters(name))].some((form) => reserved.test(form));
}
