import { kind } from '../../../shared/data/kind.ts';

export interface BlockItem {
  readonly accountId: string;
  readonly blockedId: string;
  readonly blockedAt: string;
}

/** How many people an account has blocked. */
export interface BlocksItem {
  readonly accountId: string;
  readonly count: number;
}

export const items = {
  Block: kind<BlockItem>()({
    about: 'the first account sees and hears nothing of the second',
    pk: 'BLOCKS#{accountId}',
    sk: 'BLOCK#{blockedId}',
    gsi1: { pk: 'BLOCKED_BY#{blockedId}', sk: '{blockedAt}#{accountId}' },
    of: { account: 'accountId' },
    fate: { account: { dropped: { pattern: 'blocksOfAccount' } } },
    archive: { as: 'blocks', found: { pattern: 'blocksOfAccount' } },
    patterns: {
      blocksOfAccount: { serves: 'whom an account has blocked' },
      blockersOf: { serves: 'who has blocked an account', index: 'gsi1' },
    },
  }),
  Blocks: kind<BlocksItem>()({
    about: 'count of those an account has blocked',
    pk: 'BLOCKS#{accountId}',
    sk: 'BLOCKS',
    of: { account: 'accountId' },
    fate: { account: { dropped: { key: true } } },
    archive: { not: 'counts the blocks, which are in it' },
  }),
} as const;
