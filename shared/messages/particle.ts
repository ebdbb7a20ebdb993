/** Korean particles that fit the sound of the word before them. It imports nothing: the web client uses it, too. */

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
/** The number of final consonants that a syllable may have, counting "none". */
const finals = 28;
/** Final consonants by their number in a syllable. */
const [none, nieun, rieul, mieum, ieung, another] = [0, 4, 8, 16, 21, 1];
/** Digits whose Korean reading ends with a consonant: 영, 일, 삼, 육, 칠, 팔. 일, 칠 and 팔 end with ㄹ. */
const digitFinals: Readonly<Record<string, number>> = { 0: ieung, 1: rieul, 3: mieum, 6: another, 7: rieul, 8: rieul };
/** Letters whose Korean names end with a consonant: 엘, 엠, 엔, 알. */
const letterFinals: Readonly<Record<string, number>> = { l: rieul, m: mieum, n: nieun, r: rieul };

/**
 * How a word in Latin letters ends when it is read in Korean. Short words of capitals are spelt out. For others this is the rule of
 * thumb of the loanword orthography: l, m, n and ng close a syllable, and so does b, c, k, p or t after one short vowel (북, 클럽).
 */
function finalOfLatin(word: string): number {
  const isSpelt = word === word.toUpperCase() && (word.length <= 3 || !/[AEIOU]/.test(word));
  const w = word.toLowerCase();
  if (isSpelt || w.length === 1) return letterFinals[w.at(-1)!] ?? none;
  if (w.endsWith('ng')) return ieung;
  if (w.endsWith('mb')) return mieum;
  // The e of game, line and apple is silent.
  const [, end] = /[aeiouy].*?([lmn])e$/.exec(w) ?? /([lmn])$/.exec(w) ?? [];
  if (end) return letterFinals[end]!;
  return /(?:^|[^aeiou])[aeiou](?:ck|[bckpt])$|ook$/.test(w) ? another : none;
}

/** The number of the final consonant of a text when it is read in Korean; 0 for none, undefined if unknown. */
function finalOf(text: string): number | undefined {
  // In a decomposed syllable the last letter stands alone, and tells nothing.
  const last = [...text.normalize()].findLast((character) => /[\p{L}\p{N}]/u.test(character)) ?? '';
  const code = last.codePointAt(0) ?? 0;
  if (code >= firstSyllable && code <= lastSyllable) return (code - firstSyllable) % finals;
  if (/^[0-9]$/.test(last)) return digitFinals[last] ?? none;
  // Accents change how a letter sounds, not whether it closes the syllable.
  const [word] = /[a-z]+(?=[^a-z]*$)/i.exec(text.normalize('NFD').replace(/\p{M}/gu, '')) ?? [];
  return word && /^\p{Script=Latin}$/u.test(last) ? finalOfLatin(word) : undefined;
}

/**
 * The particle that fits after a text: the first of the pair after a final consonant, the second after a vowel. 로 also
 * follows ㄹ. If the reading is unknown, both are given: `이(가)`.
 *
 * @param pair `'이/가'`, `'을/를'`, `'은/는'`, `'과/와'`, `'으로/로'`
 * @example particle('서울', '으로/로') // '로'
 */
export function particle(text: string, pair: string): string {
  const [closed = '', open = ''] = pair.split('/');
  const final = finalOf(text);
  if (final === undefined)
    return closed.endsWith(open) ? `(${closed.slice(0, -open.length)})${open}` : `${closed}(${open})`;
  return final === none || (final === rieul && open === '로') ? open : closed;
}
