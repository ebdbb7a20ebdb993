/** Questions about the board of a group and about comments. Their keys begin with `group` and its id, as all of a group. */
import type { InfiniteData } from '@tanstack/query-core';
import { cache, changedHere, type ListQuestion, type Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type Board = Answer<'posts', 'listPosts'>;
type Feed = Answer<'certifications', 'listCertifications'>;
type Comments = Answer<'comments', 'listComments'>;
export type Post = ItemOf<Board>;
export type Comment = ItemOf<Comments>;
export type Readers = Answer<'posts', 'listPostReaders'>;

/** Notices on its first page, and the other posts. */
export const board = (groupId: string): ListQuestion<Board> => ({
  key: ['group', groupId, 'posts'],
  ask: (cursor) => api.posts.listPosts({ params: { groupId }, query: { limit: 20, ...(cursor ? { cursor } : {}) } }),
});

/** Opening it marks it as read: the board shows that when one comes back. */
export const post = (groupId: string, postId: string): Question<Post> => ({
  key: ['group', groupId, 'post', postId],
  async ask() {
    const answer = await api.posts.getPost({ params: { groupId, postId } });
    void changedHere('group', groupId, 'posts');
    return answer;
  },
});

export const readers = (groupId: string, postId: string): Question<Readers> => ({
  key: ['group', groupId, 'post', postId, 'readers'],
  ask: () => api.posts.listPostReaders({ params: { groupId, postId } }),
});

/** @param on a kind and an id, `post:0197…` */
export const comments = (groupId: string, on: string): ListQuestion<Comments> => ({
  key: ['group', groupId, 'comments', on],
  ask: (cursor) =>
    api.comments.listComments({ params: { groupId }, query: { on, limit: 50, ...(cursor ? { cursor } : {}) } }),
});

interface Counted {
  readonly groupId: string;
  readonly on: string;
  readonly count: number;
}

/** How many comments something has now: shown where it is, without asking for all of the feed again. */
export function heard({ groupId, on, count }: Counted): void {
  void changedHere('group', groupId, 'comments', on);
  const id = on.slice(on.indexOf(':') + 1);
  if (on.startsWith('post:')) {
    cache.setQueryData<Post>(['group', groupId, 'post', id], (now) => now && { ...now, comments: count });
    void changedHere('group', groupId, 'posts');
    return;
  }
  if (on.startsWith('poll:')) return void changedHere('group', groupId, 'polls');
  cache.setQueryData<InfiniteData<Feed>>(['group', groupId, 'feed'], (now) => {
    if (!now) return now;
    const counted = (page: Feed) => ({
      ...page,
      items: page.items.map((each) => (each.id === id ? { ...each, comments: count } : each)),
    });
    return { ...now, pages: now.pages.map(counted) };
  });
}
