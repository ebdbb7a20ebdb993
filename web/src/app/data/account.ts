import type { Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

export type TodayInGroup = ItemOf<Answer<'today', 'getToday'>>;

/** With the address of mail: never kept on the device. */
export const account = (): Question<Answer<'accounts', 'getOwnAccount'>> => ({
  key: ['me'],
  ask: () => api.accounts.getOwnAccount(),
  kept: false,
});

export type Own = Pick<Answer<'accounts', 'getOwnAccount'>, 'id' | 'nickname' | 'bricks' | 'createdAt' | 'role'>;

/** What the screens show of the person, also without a network. */
export const person = (): Question<Own> => ({
  key: ['me', 'person'],
  async ask() {
    const { id, nickname, bricks, createdAt, role } = await api.accounts.getOwnAccount();
    return { id, nickname, bricks, createdAt, role };
  },
});

/** What is due today in up to 50 groups, with the week of each: all that home shows of them. */
export const today = (): Question<Answer<'today', 'getToday'>> => ({
  key: ['today'],
  ask: () => api.today.getToday({ query: { limit: 50 } }),
});
