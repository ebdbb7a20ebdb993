/** Questions about the chat rooms of a group. What is in a room comes from `app/rooms.ts`. */
import { type Question, rested, useAnswer } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

export type ChatRooms = Answer<'chat', 'listRooms'>;
export type ChatRoom = ItemOf<ChatRooms>;

export const rooms = (groupId: string): Question<ChatRooms> => ({
  key: ['group', groupId, 'rooms'],
  ask: () => api.chat.listRooms({ params: { groupId } }),
});

/** Messages of a group that the person has not read, for its places: asked when the screen is there. */
export function useUnreadTalk(groupId: string, isMember = true): number {
  const isRested = rested.use();
  const { data } = useAnswer(rooms(groupId), isRested && isMember);
  return data?.items.reduce((sum, { mine, closedAt }) => sum + (closedAt ? 0 : mine.unread), 0) ?? 0;
}
