import { type ListQuestion, type Question, rested, useAnswer } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type Conversations = Answer<'messages', 'listConversations'>;
export type Conversation = ItemOf<Conversations>;
export type Messages = Answer<'messages', 'getConversation'>;
export type Message = ItemOf<Messages>;

/** With whom one writes, unread ones first. */
export const conversations = (): ListQuestion<Conversations> => ({
  key: ['messages', 'list'],
  ask: (cursor) => api.messages.listConversations({ query: { limit: 20, ...(cursor ? { cursor } : {}) } }),
});

/** What one has with a person, newest first; `groupId` names a group that one shares, if there is nothing yet. */
export const conversation = (accountId: string, groupId: string | undefined): ListQuestion<Messages> => ({
  key: ['messages', 'with', accountId],
  ask: (cursor) =>
    api.messages.getConversation({
      params: { accountId },
      query: { limit: 20, ...(cursor ? { cursor } : {}), ...(groupId ? { groupId } : {}) },
    }),
});

const unreadConversations = (): Question<Answer<'messages', 'countUnreadConversations'>> => ({
  key: ['messages', 'unread'],
  ask: () => api.messages.countUnreadConversations(),
});

/** How many conversations have something unread. It is asked after what the screen shows first: 0 until then. */
export const useUnreadConversations = (): number => useAnswer(unreadConversations(), rested.use()).data?.unread ?? 0;
