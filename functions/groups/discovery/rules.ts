import {
  type Face,
  normalized,
  pairsOf,
  type Standing,
  separated,
  type Text,
  textsOf,
  traitsOf,
} from '../core/listing-rules.ts';
import type { GroupStatus } from '../core/values.ts';

/** The filters of a list. A group is found if it matches all of them. */
export interface Filters {
  readonly kind?: string | undefined;
  readonly category?: string | undefined;
  readonly audience?: string | undefined;
  readonly tag?: string | undefined;
  readonly status?: GroupStatus | undefined;
  readonly text?: string | undefined;
}

/** A word that is searched for. */
export interface Term {
  readonly text: string;
  /** The first consonant of a syllable that is being typed after it: `알고ㄹ` on the way to `알고리즘`. */
  readonly typing?: string;
}

/** Korean consonants that begin a syllable, as NFKC writes them alone. Syllables are in their order, 588 of each. */
const [firstConsonant, lastConsonant] = ['\u1100', '\u1112'];
const syllablesEach = 588;
const half = new RegExp(`^(.*[^${firstConsonant}-${lastConsonant}])([${firstConsonant}-${lastConsonant}])$`, 'u');

/**
 * The words of a search. All must be found, each anywhere. Consonants that no syllable precedes are searched as they are
 * (`ㅋㅋ`): as initials of any syllables they would find nearly every group.
 */
export const termsOf = (search: string): Term[] =>
  [...new Set(separated(search))].map((word) => {
    const [, text, typing] = half.exec(word) ?? [];
    return text && typing ? { text, typing } : { text: word };
  });

/**
 * The words to ask the index for, two at most: the first and last pair of a word, or the first of each of the two longest
 * words. Every group that is found has an entry at each of them.
 */
export function wordsToAsk(terms: readonly Term[]): string[] {
  const words = terms.map(({ text }) => [...text]).toSorted((one, other) => other.length - one.length);
  const [longest = [], second] = words.map((characters) => pairsOf(characters.join('')));
  return [...new Set([longest[0], second ? second[0] : longest.at(-1)])].filter((word) => word !== undefined);
}

/** Whether a normalized text contains a term. */
function includes(content: string, { text, typing }: Term): boolean {
  if (!typing) return content.includes(text);
  const [consonant, first] = [typing.codePointAt(0)!, firstConsonant.codePointAt(0)!];
  const syllables = '가'.codePointAt(0)! + (consonant - first) * syllablesEach;
  for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) {
    const next = content.codePointAt(at + text.length) ?? 0;
    if (next === consonant || (next >= syllables && next < syllables + syllablesEach)) return true;
  }
  return false;
}

/** Whether the texts of a group contain all words of a search. */
export function contains(group: Text, search: string): boolean {
  const texts = textsOf(group).map(normalized);
  return termsOf(search).every((term) => texts.some((text) => includes(text, term)));
}

/** The traits that filters ask for. */
export const traitsWanted = ({ kind, category, audience, tag }: Filters): string[] =>
  Object.entries({ tag, audience, category, kind }).flatMap(([name, value]) => (value ? [`${name}:${value}`] : []));

/** The list that leaves least to be filtered out. Only the list of a status holds groups that accept no members. */
export const driverOf = (filters: Filters): string =>
  filters.status ? `status:${filters.status}` : (traitsWanted(filters)[0] ?? 'all');

/** Whether the list answers the filters alone, so that nothing has to be filtered out. */
export const answersAlone = (filters: Filters): boolean =>
  !filters.text && traitsWanted(filters).every((trait) => trait === driverOf(filters));

/** Whether a group belongs on the page. Only the group as it is now decides; a list may lag. */
export function isFound(group: Face & Text, { isPublic, isOffered, status }: Standing, filters: Filters): boolean {
  if (!isPublic || !(filters.status ? status === filters.status : isOffered)) return false;
  const traits = traitsOf(group);
  return (
    traitsWanted(filters).every((trait) => traits.includes(trait)) && (!filters.text || contains(group, filters.text))
  );
}

/** Whether an entry was valid at an instant. */
export const stoodAt = (at: string, { from = '', until }: { from?: string | undefined; until?: string | undefined }) =>
  from <= at && (until === undefined || at < until);

/** A part of a list from some place on. */
export interface Stretch<Entry> {
  readonly entries: readonly Entry[];
  /** The last entry that was read. */
  readonly last: Entry | undefined;
  /** Whether the list ends with it. */
  readonly isEnd: boolean;
}

/**
 * The groups that may have all of some words, from a place on at which each word was read: those of the word that reaches
 * furthest, without those that another word is known not to have. Whether groups beyond its reach have it is not known.
 *
 * @param placeOf what the entries are sorted by, the same at each word
 */
export function common<Entry>(words: readonly Stretch<Entry>[], placeOf: (entry: Entry) => string): Stretch<Entry> {
  const reach = ({ last }: Stretch<Entry>) => (last ? placeOf(last) : '');
  const isFurther = (one: Stretch<Entry>, other: Stretch<Entry>) => {
    if (one.isEnd !== other.isEnd) return one.isEnd;
    return one.isEnd ? one.entries.length <= other.entries.length : reach(one) > reach(other);
  };
  const [furthest, ...others] = words.toSorted((one, other) => (isFurther(one, other) ? -1 : 1));
  const known = others.map((other) => ({ other, places: new Set(other.entries.map(placeOf)) }));
  const mayHave = (place: string) =>
    known.every(({ other, places }) => places.has(place) || (!other.isEnd && place > reach(other)));
  return { ...furthest!, entries: furthest!.entries.filter((entry) => mayHave(placeOf(entry))) };
}
