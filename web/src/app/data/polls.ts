/** Questions about polls of a group. Their keys begin with `group` and its id, as all of a group. */
import { changedHere, type ListQuestion, type Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type Polls = Answer<'polls', 'listPolls'>;
export type PollSummary = ItemOf<Polls>;
export type Poll = Answer<'polls', 'getPoll'>;
export type Voters = Answer<'polls', 'listVoters'>;

/** The open polls of a group, and then those that are closed. */
export const polls = (groupId: string): ListQuestion<Polls> => ({
  key: ['group', groupId, 'polls'],
  ask: (cursor) => api.polls.listPolls({ params: { groupId }, query: { limit: 20, ...(cursor ? { cursor } : {}) } }),
});

export const poll = (groupId: string, pollId: string): Question<Poll> => ({
  key: ['group', groupId, 'poll', pollId],
  ask: () => api.polls.getPoll({ params: { groupId, pollId } }),
});

export const voters = (groupId: string, pollId: string, choiceId: string): Question<Voters> => ({
  key: ['group', groupId, 'poll', pollId, 'voters', choiceId],
  ask: () => api.polls.listVoters({ params: { groupId, pollId }, query: { choiceId } }),
});

interface Heard {
  readonly groupId: string;
  readonly pollId: string;
  readonly quietSeconds: number;
}
const waiting = new Set<string>();

/**
 * What the socket tells of a poll. After a vote, moim tells of no other for some seconds: so it is asked again when they are over,
 * a little later by chance, so that a large group does not ask all at once.
 */
export function heard({ groupId, pollId, quietSeconds }: Heard): void {
  const ask = () => void changedHere('group', groupId, 'poll', pollId);
  ask();
  if (quietSeconds === 0) void changedHere('group', groupId, 'polls');
  else if (!waiting.has(pollId)) {
    waiting.add(pollId);
    const later = (quietSeconds + Math.random()) * 1000;
    setTimeout(() => {
      waiting.delete(pollId);
      ask();
    }, later);
  }
}
