/**
 * What a line and a longer text may consist of. The rules speak of Unicode characters alone; `text-fields.ts` makes
 * fields of them. `\p{C}` is what shows nothing or turns what is around it: controls, formats (joiners, marks of
 * direction), lone surrogates, private and unassigned characters.
 */

/**
 * Emoji in which something invisible belongs: a choice of colour (`❤️`), joined ones (`👨‍👩‍👧`), keycaps (`1️⃣`) and the
 * flags of three countries, whose letters are invisible.
 */
const part = String.raw`\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|[\ufe0e\ufe0f])?`;
const emoji = String.raw`\p{RGI_Emoji_Tag_Sequence}|[0-9#*]\ufe0f\u20e3|${part}(?:\u200d${part})*`;
/**
 * Scripts in which a joiner or a non-joiner inside a word changes how it is written (UAX 31, 2.3): Persian `می‌خواهم`,
 * Hindi, Sinhala. One may follow a letter or a sign of theirs.
 */
const arabic = ['Arab', 'Syrc'];
const indic = ['Beng', 'Deva', 'Gujr', 'Guru', 'Khmr', 'Knda', 'Mlym', 'Mymr', 'Orya', 'Sinh', 'Taml', 'Telu', 'Tibt'];
const letters = [...arabic, ...indic].map((script) => String.raw`\p{scx=${script}}`).join('');
const joiner = String.raw`(?<=[[${letters}]&&[\p{L}\p{M}]])[\u200c\u200d](?![\u200c\u200d])`;
const belonging = new RegExp(`${emoji}|${joiner}`, 'gv');

/**
 * What is refused elsewhere. Beside `\p{C}`: what Unicode itself lets programs leave out (Hangul fillers, the soft
 * hyphen), and characters that show nothing although they count as letters or symbols: the empty Braille cell, the place
 * of an embedded object, the empty head of a note, blank hieroglyphs. A pictograph that Unicode has only reserved may
 * be an emoji of next year.
 */
const unseen =
  /[[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{1d159}\u{13441}\u{13442}]--[\p{Extended_Pictographic}]]/v;

/**
 * Printable ASCII and syllables of Hangul: each is one character that is seen. Most texts are no more than that, and so
 * spare a cold start what follows: Node takes 4 ms to compile the patterns above, and 25 ms to load its segmenter.
 */
const simple = /^[\x20-\x7e가-힣]*$/;

/**
 * More marks in a row than any language writes: Unicode puts a border at 30 (UAX 15, Stream-Safe Text Format). A
 * normalization sorts such a row by insertion, so 16,000 marks take longer than everything else that a request does. A
 * row is looked at once, from its beginning.
 */
const flood = /(?<!\p{M})\p{M}{31}/u;

/** Marks in a row on one letter. Burmese and Tibetan have up to five; more are piled up to cover lines above and below. */
const heap = /^\p{M}|\p{M}{7}/u;

const lineBreak = /[\n\v\f\r\u0085\u2028\u2029]/;

/**
 * A line as it is kept: in NFC, so that it is one text however its syllables were typed; a run of spaces of any width is
 * one space, and there is none at either end.
 *
 * @example tidyLine(' Run  every　day ') // 'Run every day'
 */
export const tidyLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();

/** A longer text as it is kept: in NFC, with `\n` for every break of a line. Spaces inside may be an indentation. */
export const tidyText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n|[\r\u0085\u2028\u2029]/g, '\n')
    .trim();

/** Whether a text has no break of a line. */
export const isOneLine = (text: string): boolean => !lineBreak.test(text);

/** Whether everything in a line can be seen, and stays in its place and order. */
export const isSeen = (text: string): boolean => simple.test(text) || !unseen.test(text.replace(belonging, ''));

/** The same of a longer text, which also has tabs and breaks of lines. */
export const isSeenText = (text: string): boolean => isSeen(text.replace(/[\t\n]/g, ' '));

/** Whether every mark is on a letter, six at most on one. */
export const isNeat = (text: string): boolean => !heap.test(text);

/** Whether a text is normalized in a time that grows with its length alone. */
export const isStreamSafe = (text: string): boolean => simple.test(text) || !flood.test(text);

/**
 * How many characters of a text people see.
 *
 * @example seenLength('👨‍👩‍👧') // 1
 */
export const seenLength = (text: string): number =>
  simple.test(text) ? text.length : [...new Intl.Segmenter().segment(text)].length;

/** Characters of twice the width, as Korean keyboards may type them: letters, digits and signs of ASCII. */
const wide = /[\uff01-\uff5e]/g;

/**
 * An address or a code as it was meant: without what came along when it was copied (spaces around it, invisible
 * characters), and with `＠` for `@`. Only width is translated. Other look-alikes of a letter stay and are refused, as
 * nobody types them by chance.
 *
 * @example tidyAddress(' mina＠example.com ') // 'mina@example.com'
 */
export const tidyAddress = (text: string): string =>
  text
    .replace(wide, (character) => character.normalize('NFKC'))
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim();

/**
 * A code as it was meant: also without the spaces, line breaks and hyphens by which people group its characters.
 *
 * @example tidyCode('123-４５６\n') // '123456'
 */
export const tidyCode = (text: string): string => tidyAddress(text).replace(/[\s\p{Pd}]/gu, '');

/** Names that are no part of the internet: RFC 6761, RFC 6762, RFC 8375 and what ICANN keeps for networks at home. */
const ownNetwork = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home', 'corp', 'arpa'];

/**
 * Whether an address leads to a place on the internet that everybody can see in it: `http` or `https`, a host with a
 * name (no number, no machine of a local network), and no user before an `@`, which looks like the host.
 *
 * @example isPublicAddress('https://google.com@evil.example/') // false
 */
export function isPublicAddress(text: string): boolean {
  // Browsers take a backslash for a slash, other readers for a part of the name: of two readings, none is shown.
  if (!URL.canParse(text) || text.includes('\\')) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const labels = hostname.replace(/\.$/, '').split('.');
  const last = labels.at(-1) ?? '';
  // URL has written an IPv4 address in digits, however it was given; IPv6 is in brackets.
  const isNamed =
    labels.length > 1 && labels.every(Boolean) && /^[a-z][a-z0-9-]*$/.test(last) && !ownNetwork.includes(last);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '' && isNamed;
}

/**
 * A public address as browsers understand it: the host in ASCII (`xn--` for other letters), and nothing that would end
 * an attribute or a tag of HTML. Browsers leave `'` as it is in a path, and a backtick in a query; here both are encoded everywhere.
 *
 * @param text an address that `isPublicAddress` takes
 * @example asLink('HTTPS://한글.kr/"a b') // 'https://xn--bj0bj06e.kr/%22a%20b'
 */
export const asLink = (text: string): string => new URL(text).href.replaceAll("'", '%27').replaceAll('`', '%60');

/**
 * The host of a stored link, to be shown beside it: a reader sees where it leads.
 *
 * @example hostOf('https://moim.example:8443/a') // 'moim.example:8443'
 */
export const hostOf = (link: string): string => new URL(link).host;
