import { kind } from '../../../shared/data/kind.ts';

export interface CommentItem {
  readonly groupId: string;
  readonly commentId: string;
  /** What it is on, such as `post:{id}`. */
  readonly subject: string;
  readonly accountId: string;
  readonly text: string;
  readonly createdAt: string;
  readonly hiddenAt?: string;
}

/** How many comments something has. It is no part of the thing, whose indexes and version would move with every comment. */
export interface CommentCountItem {
  readonly groupId: string;
  readonly subject: string;
  readonly comments?: number;
  /** How often the counter has moved. */
  readonly moves?: number;
  /** The thing is deleted, so nobody comments on it any more. The item expires soon after. */
  readonly gone?: true;
  readonly expiresAt?: number;
}

export const items = {
  Comment: kind<CommentItem>()({
    about: 'a comment on something that a member has written',
    pk: 'COMMENTS#{groupId}',
    sk: 'COMMENT#{commentId}',
    gsi1: { pk: 'COMMENTS_ON#{groupId}#{subject}', sk: '{createdAt}#{commentId}' },
    gsi2: { pk: 'COMMENTS_BY#{accountId}', sk: '{createdAt}#{commentId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'commentsOfGroup' } },
      account: { stays: 'without a name: others have answered to it' },
    },
    archive: { as: 'comments', found: { pattern: 'commentsBy' } },
    patterns: {
      commentsOfGroup: { serves: 'every comment in a group' },
      commentsOn: { serves: 'the comments on something, oldest first', index: 'gsi1' },
      commentsBy: { serves: 'what somebody has commented, by date', index: 'gsi2' },
    },
  }),
  CommentCount: kind<CommentCountItem>()({
    about: 'how many comments something has',
    pk: 'COMMENTED#{groupId}',
    sk: 'SUBJECT#{subject}',
    life: 'as long as what it counts for, and a day',
    of: { group: 'groupId' },
    fate: { group: { dropped: { pattern: 'commentCountsOfGroup' } } },
    counters: { comments: { counts: 'commentsOn' } },
    countsUntil: 'gone',
    patterns: {
      commentCountsOfGroup: { serves: 'how many comments the things of a group have, by thing' },
    },
  }),
} as const;
