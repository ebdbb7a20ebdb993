import { kind } from '../../../shared/data/kind.ts';
import type { PostKind } from './values.ts';

export interface PostItem {
  readonly groupId: string;
  readonly postId: string;
  readonly kind: PostKind;
  readonly accountId: string;
  readonly title: string;
  /** Markdown, as it was typed: no HTML is ever made of it here. */
  readonly body: string;
  readonly hiddenAt?: string;
  readonly version: number;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** Somebody has opened a post. */
export interface PostReadItem {
  readonly groupId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly readAt: string;
}

export const items = {
  Post: kind<PostItem>()({
    about: 'a notice or a post on the board of a group',
    pk: 'POSTS#{groupId}',
    sk: 'POST#{postId}',
    gsi1: { pk: 'POSTS#{groupId}#{kind}', sk: '{createdAt}#{postId}' },
    gsi2: { pk: 'POSTS_BY#{accountId}', sk: '{createdAt}#{postId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'postsOfGroup' } },
      account: { stays: 'without a name: it was written for the group' },
    },
    archive: { as: 'posts', found: { pattern: 'postsBy' } },
    patterns: {
      postsOfGroup: { serves: 'every post of a group' },
      postsByKind: { serves: 'the notices of a group, or its other posts, by date', index: 'gsi1' },
      postsBy: { serves: 'what somebody has posted, by date', index: 'gsi2' },
    },
  }),
  PostRead: kind<PostReadItem>()({
    about: 'somebody has read a post',
    pk: 'POSTREADS#{accountId}',
    sk: 'READ#{groupId}#{postId}',
    gsi1: { pk: 'POSTREADERS#{groupId}', sk: '{postId}#{accountId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'readsOfGroup' } },
      account: { dropped: { pattern: 'readsOfAccount' } },
    },
    archive: { as: 'postsRead', found: { pattern: 'readsOfAccount' } },
    patterns: {
      readsOfAccount: { serves: 'what somebody has read; a range of it is one group, by post' },
      readsOfGroup: { serves: 'who has read the posts of a group; a range of it is one post', index: 'gsi1' },
    },
  }),
} as const;
