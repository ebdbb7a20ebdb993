import type { Catalog, Locale } from './catalog.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

const catalogs: Readonly<Record<Locale, Catalog>> = { ko, en };

/** All texts of a language. */
export const catalogOf = (locale: Locale) => catalogs[locale];

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
/** The number of final consonants that a syllable may have, counting "none". Number 8 is ㄹ. */
const finals = 28;
const rieul = 8;
/** Digits whose Korean reading ends with a consonant: 영, 일, 삼, 육, 칠, 팔. 일, 칠 and 팔 end with ㄹ. */
const digitFinals: Readonly<Record<string, number>> = { 0: 21, 1: rieul, 3: 16, 6: 1, 7: rieul, 8: rieul };

/** The number of the final consonant of a text when it is read in Korean; 0 for none, undefined if unknown. */
function finalOf(text: string): number | undefined {
  // In a decomposed syllable the last letter stands alone, and tells nothing.
  const last = [...text.normalize()].findLast((character) => /[\p{L}\p{N}]/u.test(character)) ?? '';
  const code = last.codePointAt(0) ?? 0;
  if (code >= firstSyllable && code <= lastSyllable) return (code - firstSyllable) % finals;
  return /^[0-9]$/.test(last) ? (digitFinals[last] ?? 0) : undefined;
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
  return final === 0 || (final === rieul && open === '로') ? open : closed;
}

/**
 * Fills the braces of a text. `{이/가}` becomes the particle that fits the text before it. A missing value leaves
 * nothing.
 *
 * @example fillIn('{title}{이/가} 끝났어요.', { title: '독서' }) // '독서가 끝났어요.'
 */
export const fillIn = (template: string, values: Readonly<Record<string, string>>): string =>
  template.split(/(\{(?:\w+|[가-힣]+\/[가-힣]+)\})/).reduce((text, part, i) => {
    // Every second part was in braces.
    if (i % 2 === 0) return text + part;
    const name = part.slice(1, -1);
    return text + (name.includes('/') ? particle(text, name) : (values[name] ?? ''));
  }, '');

/**
 * The language of an `Accept-Language` header (RFC 9110): ko or en, whichever has the higher weight; Korean if neither
 * is named.
 *
 * @example localeOf('en-US,en;q=0.9,ko;q=0.8') // 'en'
 */
export function localeOf(header: string | undefined): Locale | undefined {
  if (!header) return undefined;
  let best: { locale: Locale; weight: number } | undefined;
  for (const part of header.slice(0, 200).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = range.split('-')[0];
    if (language !== 'ko' && language !== 'en') continue;
    const q = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const weight = q ? Number(q.trim().slice(2)) : 1;
    if (weight > 0 && (!best || weight > best.weight)) best = { locale: language, weight };
  }
  return best?.locale;
}
