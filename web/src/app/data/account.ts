import type { Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

export type TodayInGroup = ItemOf<Answer<'today', 'getToday'>>;

export const account = (): Question<Answer<'accounts', 'getOwnAccount'>> => ({
  key: ['me'],
  ask: () => api.accounts.getOwnAccount(),
});

/** What is due today in up to 50 groups, with the week of each: all that home shows of them. */
export const today = (): Question<Answer<'today', 'getToday'>> => ({
  key: ['today'],
  ask: () => api.today.getToday({ query: { limit: 50 } }),
});
