import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Person } from '../../accounts/accounts/people.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import type { PostItem } from './items.ts';

interface Sight {
  readonly read: boolean;
  readonly comments: number;
}

/** A post as members see it, with the present name and picture of its author. */
export async function viewOf(bucket: Bucket, post: PostItem, { nickname, picture }: Person, sight: Sight) {
  const { postId, groupId, kind, accountId, title, body, version, createdAt, modifiedAt } = post;
  return {
    ...{ id: postId, groupId, kind, title, body, version, createdAt, modifiedAt, ...sight },
    author: { id: accountId, nickname, picture: await thumbnailOf(bucket, picture) },
    hiddenAt: post.hiddenAt ?? null,
  };
}
