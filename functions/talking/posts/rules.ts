import type { PostKind } from './values.ts';

interface Change {
  readonly isAuthor: boolean;
  /** Whether the editor may mark posts as notices. */
  readonly runs: boolean;
  readonly before: PostKind;
  readonly kind: PostKind;
  readonly changesText: boolean;
}

/**
 * Row 80: authors edit their words, and whoever runs the notices says which post is one. So nobody else's words change, and
 * the words of a notice are those of somebody who may write one.
 */
export const mayEdit = ({ isAuthor, runs, before, kind, changesText }: Change): boolean =>
  (isAuthor || !changesText) && (runs || (before === 'POST' && kind === 'POST')) && (isAuthor || runs);

/** What is unread first, and otherwise in the order that it came in. */
export const unreadFirst = <T>(things: readonly T[], isRead: (thing: T) => boolean): T[] => [
  ...things.filter((thing) => !isRead(thing)),
  ...things.filter(isRead),
];

/**
 * The posts whose reading is not known yet.
 *
 * @param oldest the smallest id that was looked at; undefined if all were
 */
export const beyond = (postIds: readonly string[], oldest: string | undefined): string[] =>
  oldest === undefined ? [] : postIds.filter((id) => id < oldest);
