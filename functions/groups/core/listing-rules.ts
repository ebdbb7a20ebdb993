/** The lists that a group is in, its rank in each order, and the words that find it. */
import { fromIso } from '../../../shared/core/time.ts';
import type { GroupItem } from './items.ts';
import type { GroupStatus, Sort } from './values.ts';

/** A group as its dates, seats and decisions make it today. */
export interface Standing {
  readonly isPublic: boolean;
  /** Whether it accepts members. */
  readonly isOffered: boolean;
  readonly status: GroupStatus;
  /** The last day to join. */
  readonly lastDay: string;
}

export type Face = Pick<GroupItem, 'kind' | 'category' | 'audience' | 'tags'>;
export type Text = Pick<GroupItem, 'title' | 'description' | 'tags' | 'recruit'>;

/** Traits that filters ask for and only an edit changes. */
export const traitsOf = ({ kind, category, audience, tags }: Face): string[] => [
  `kind:${kind}`,
  `category:${category}`,
  ...(audience ? [`audience:${audience}`] : []),
  ...tags.map((tag) => `tag:${tag}`),
];

/** The lists that a group is in, each in every order: by status always, by traits while it accepts members. */
export function facetsOf(group: Face, { isPublic, isOffered, status }: Standing): string[] {
  if (!isPublic) return [];
  return [`status:${status}`, ...(isOffered ? ['all', ...traitsOf(group)] : [])];
}

/** A number as a text that sorts in descending order. */
const falling = (number: number, digits: number) => String(10 ** digits - 1 - number).padStart(digits, '0');

/** Newest first: every order ends with it, so no two groups are equal. */
const newestFirst = ({ createdAt }: Pick<GroupItem, 'createdAt'>) => falling(fromIso(createdAt), 13);

/** A group's rank in each order, as texts that sort (rows 33, 34). */
export const ranksOf = (
  group: Pick<GroupItem, 'createdAt' | 'memberCount' | 'likes'>,
  { lastDay }: Pick<Standing, 'lastDay'>,
): Record<Sort, string> => {
  const newest = newestFirst(group);
  return {
    LATEST: newest,
    DEADLINE: `${lastDay}.${newest}`,
    POPULAR: `${falling(group.memberCount, 4)}.${newest}`,
    LIKES: `${falling(group.likes, 9)}.${newest}`,
  };
};

/** Text as it is compared: without differences in case, width and Unicode composition. */
export const normalized = (text: string) =>
  text.toWellFormed().normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/** The words of a text as it is compared, as people separate them. */
export const separated = (text: string): string[] => normalized(text).split(' ').filter(Boolean);

/** The pairs of characters in a word, so Korean is found without knowing where its words end; of one character, itself. */
export function pairsOf(word: string): string[] {
  const characters = [...word];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

/** The texts that are searched (row 35). */
export const textsOf = ({ title, description, tags, recruit }: Text): readonly string[] => [
  title,
  description,
  recruit.title,
  recruit.target,
  ...tags,
];

/**
 * The entries of a group in the index of words: each character of its texts, and each pair that stands in one word. There
 * are at most two for a character of the texts, some 300 for an ordinary description.
 */
export function wordsOf(group: Text): string[] {
  const words = textsOf(group).flatMap(separated);
  return [...new Set(words.flatMap((word) => [...word, ...pairsOf(word)]))];
}
