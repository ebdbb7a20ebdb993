import { kind } from '../../../shared/data/kind.ts';

/** A board: how many members have each number of points. It and its scores change in one transaction, so they always agree. */
export interface BoardItem {
  /** The group whose board it is, or a part of the leagues. */
  readonly scopeId: string;
  readonly boardId: string;
  /** Goes up with every transaction that changes the board or one of its scores. */
  readonly version: number;
  /** Members with points. */
  readonly members: number;
  /** How many members have how many points, packed (`rules.ts`). */
  readonly histogram: string;
  /** Set once: from then on the board never changes. */
  readonly closedAt?: string;
}

/** What a member has on a board. There is one while the member has points. */
export interface ScoreItem {
  readonly boardId: string;
  readonly accountId: string;
  readonly points: number;
  /** When the member came to these points, in milliseconds since 1970. */
  readonly reachedAt: number;
  /** The place in the list: most points first, and of equal ones who reached them first. */
  readonly order: string;
}

/** What a member has may be more or less than the boards say. */
export interface ScoreMarkItem {
  readonly scopeId: string;
  readonly accountId: string;
  /** New at each write: who has seen an older one may not remove the mark. */
  readonly token: string;
  /** ISO 8601: when it was written last. */
  readonly markedAt: string;
}

export const items = {
  Board: kind<BoardItem>()({
    about: 'a board: how many members have each number of points',
    pk: 'BOARDS#{scopeId}',
    sk: 'BOARD#{boardId}',
    of: { group: 'scopeId' },
    fate: { group: { dropped: { pattern: 'boardsOfGroup' } } },
    patterns: {
      boardsOfGroup: { serves: 'every board of a group' },
    },
  }),
  Score: kind<ScoreItem>()({
    about: 'the points of a member on a board',
    pk: 'BOARDSCORES#{boardId}',
    sk: 'SCORE#{accountId}',
    gsi1: { pk: 'RANKED#{boardId}', sk: '{order}#{accountId}' },
    of: { group: 'boardId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'scoresOnBoard', with: 'Board' } },
      account: { stays: 'on closed boards, without a name: they never change' },
    },
    archive: { not: 'the records, which are in it' },
    patterns: {
      scoresOnBoard: { serves: 'all scores on a board' },
      ranking: { serves: 'the scores on a board, most points first', index: 'gsi1' },
    },
  }),
  ScoreMark: kind<ScoreMarkItem>()({
    about: 'a member whose points the boards of a group have to look at',
    pk: 'SCOREMARKS#{scopeId}',
    sk: 'MARK#{accountId}',
    of: { group: 'scopeId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'scoreMarks' } },
      account: { stays: 'for a minute, until the boards have looked at it' },
    },
    archive: { not: 'only says whose points are looked at' },
    secret: ['token'],
    patterns: {
      scoreMarks: { serves: 'members whose points the boards of a group have to look at' },
    },
  }),
} as const;
