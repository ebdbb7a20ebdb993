/** Questions about climbing records, seasons and rankings of a club. Their keys begin with `group` and its id. */
import { useEffect } from 'preact/hooks';
import { cache, changed, changedHere, type ListQuestion, type Question } from '../cache.ts';
import { online } from '../live.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

export type Records = Answer<'records', 'listRecords'>;
export type ClimbingRecord = ItemOf<Records>;

interface Of {
  /** Without it the present month of the group. */
  readonly month?: string | undefined;
  /** Without it one's own. */
  readonly accountId?: string | undefined;
}

/** The records of a month, with the totals of the member. The screen of one day begins with what it has. */
export const records = (groupId: string, { month, accountId }: Of = {}): Question<Records> => ({
  key: ['group', groupId, 'records', accountId ?? 'me', month ?? 'now'],
  async ask() {
    const query = { ...(month ? { month } : {}), ...(accountId ? { accountId } : {}) };
    const answer = await api.records.listRecords({ params: { groupId }, query });
    if (!month) cache.setQueryData(records(groupId, { month: answer.month, accountId }).key, answer);
    return answer;
  },
});

/** Records, totals, the ranking and the day in a club have changed by what the person did. */
export const climbsChanged = (groupId: string) =>
  Promise.all([changed('group', groupId, 'records'), changed('group', groupId, 'ranking')]);

export type RankingPage = Answer<'rankings', 'getRankingPage'>;
export type Board = NonNullable<RankingPage['board']>;
export type Season = RankingPage['seasons'][number];
type Ranking = Answer<'rankings', 'getRanking'>;

interface Asked {
  readonly seasonId?: string | undefined;
  /** 0: the whole season. */
  readonly week?: number | undefined;
}

/** A board with the person in view; without a season that of this week. */
export const rankingPage = (groupId: string, { seasonId, week }: Asked): Question<RankingPage> => ({
  key: ['group', groupId, 'ranking', seasonId ?? 'now', week ?? 'now'],
  ask: () =>
    api.rankings.getRankingPage({
      params: { groupId },
      query: { ...(seasonId ? { seasonId } : {}), ...(week === undefined ? {} : { week }) },
    }),
});

/** Everybody on a board. */
export const ranking = (groupId: string, seasonId: string, week: number | null): ListQuestion<Ranking> => ({
  key: ['group', groupId, 'ranking', seasonId, week ?? 0, 'all'],
  ask: (cursor) =>
    api.rankings.getRanking({
      params: { groupId, seasonId },
      query: { limit: 30, ...(week === null ? {} : { week }), ...(cursor ? { cursor } : {}) },
    }),
});

const minute = 60_000;
/** Milliseconds: boards are brought up to date within some seconds of each whole minute, and not everybody asks at once. */
const soonest = 8000;
const spread = 20_000;

/** Asks for the rankings of a club again once a minute, while the page is looked at and has a network. */
export function useMinutes(groupId: string, isOpen: boolean): void {
  const isOnline = online.use();
  useEffect(() => {
    if (!isOpen || !isOnline) return;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      timer = setTimeout(ask, minute - (Date.now() % minute) + soonest + Math.random() * spread);
    };
    const ask = () => {
      if (!document.hidden) void changedHere('group', groupId, 'ranking');
      wait();
    };
    wait();
    return () => clearTimeout(timer);
  }, [groupId, isOpen, isOnline]);
}

export type Seasons = Answer<'seasons', 'listSeasons'>;

export const seasons = (groupId: string): Question<Seasons> => ({
  key: ['group', groupId, 'seasons'],
  ask: () => api.seasons.listSeasons({ params: { groupId } }),
});
