/** The lists that a group is in, its rank in each order, and the words that find it. */
import { fromIso } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
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
export const newestFirst = ({ createdAt }: Pick<GroupItem, 'createdAt'>) => falling(fromIso(createdAt), 13);

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

const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}\p{M}]/u.test(character);

/** The pairs of characters of a text: all, and those that begin a word. */
export function pairsOf(text: string): { all: string[]; starts: string[] } {
  const characters = [...normalized(text)];
  const pair = (i: number) => `${characters[i]}${characters[i + 1]}`;
  const places = characters.slice(1).map((_, i) => i);
  const starts = places.filter((i) => isLetter(characters[i]) && !isLetter(characters[i - 1]));
  return { all: places.map(pair), starts: starts.map(pair) };
}

/**
 * The words that find a group (row 35). They are pairs of characters, so Korean is found without knowing where its
 * words end: all pairs of the title and the tags, and the pairs that begin a word of the recruit post or the
 * description, up to `limits.search.words`.
 */
export function wordsOf({ title, description, tags, recruit }: Text): string[] {
  const words = [
    ...pairsOf(title).all,
    ...tags.flatMap((tag) => pairsOf(tag).all),
    ...pairsOf(recruit.title).starts,
    ...pairsOf(recruit.target).starts,
    ...pairsOf(description).starts,
  ];
  return [...new Set(words)].slice(0, limits.search.words);
}
