import { kind } from '../../../shared/data/kind.ts';

export interface LikeItem {
  readonly accountId: string;
  readonly groupId: string;
  readonly likedAt: string;
}

export const items = {
  Like: kind<LikeItem>()({
    about: 'somebody likes a group',
    pk: 'LIKES#{groupId}',
    sk: 'LIKE#{accountId}',
    gsi1: { pk: 'LIKED#{accountId}', sk: '{likedAt}#{groupId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'likesOfGroup' } },
      account: { goes: 'each with its count', by: 'forgetLikes (groups/discovery/likes.ts)' },
    },
    archive: { as: 'likes', found: { pattern: 'likesOfAccount' } },
    patterns: {
      likesOfGroup: { serves: 'who likes a group' },
      likesOfAccount: { serves: 'the groups that somebody likes, last liked first', index: 'gsi1' },
    },
  }),
} as const;
