/** Questions about the leagues of everybody. */
import type { ListQuestion, Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type OfApi = Answer<'leagues', 'getLeague'>;
export type League = OfApi & { readonly nextCursor: string | null };
export type LeagueName = OfApi['league'];
export type LeagueRow = ItemOf<OfApi>;
export type Membership = Answer<'leagues', 'getLeagueMembership'>;

/** A league in a week, ten people at a time. Its pages have numbers: a cursor would tell who is on them. */
export const league = (name: LeagueName, week: string): ListQuestion<League> => ({
  key: ['leagues', name, week],
  async ask(cursor) {
    const page = cursor ? { page: Number(cursor) } : {};
    const answer = await api.leagues.getLeague({ query: { league: name, week, ...page } });
    return { ...answer, nextCursor: answer.nextPage === null ? null : String(answer.nextPage) };
  },
});

/** Whether the person takes part, and how they are shown. */
export const leagueMembership = (): Question<Membership> => ({
  key: ['leagues', 'me'],
  ask: () => api.leagues.getLeagueMembership(),
});
