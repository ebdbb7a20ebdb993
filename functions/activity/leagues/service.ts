/** Row 161: the boards of leagues, as people see them. */
import { seen } from '../../../shared/access/access.ts';
import { isActive } from '../../../shared/access/accounts.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso } from '../../../shared/core/time.ts';
import { type Found, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { limits } from '../../../shared/product/limits.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { boardRef, scoreRef, scoresAround } from '../boards/boards.ts';
import type { BoardItem, ScoreItem } from '../boards/items.ts';
import { byPlace, placesAround, ranksIn } from '../boards/rules.ts';
import type { contract } from './contract.ts';
import { leagueMemberRef } from './following.ts';
import { animalOf } from './names.ts';
import {
  allParts,
  boardIdOf,
  endOf,
  hasBegun,
  type League,
  partOf,
  scopeOfPart,
  shownIn,
  stateOf,
  takesPart,
  weekOf,
} from './rules.ts';

type Routes = typeof contract.routes;

/** A league in a week. */
interface Place {
  readonly league: League;
  readonly week: string;
}

const placeOf = ({ league, week }: { league: League; week?: string | undefined }, now: number): Place => ({
  league,
  week: seen(week ?? weekOf(now), (each) => hasBegun(each, now)),
});

/** All parts of a league with one's own score, as they were at one instant: only then is the rank right. */
async function boardOf(table: Table, { league, week }: Place, accountId: string) {
  const parts: Record<string, Reference<BoardItem>> = Object.fromEntries(
    allParts.map((part) => [`part ${part}`, boardRef(scopeOfPart(part), boardIdOf(week, league, part))]),
  );
  const own = {
    score: scoreRef(boardIdOf(week, league, partOf(accountId)), accountId),
    member: leagueMemberRef(accountId),
  };
  const found = await table.getAll({ ...own, ...parts }, { snapshot: true });
  const boards = Object.keys(parts).flatMap((part) => (found as Found<typeof parts>)[part] ?? []);
  return { boards, score: found.score, member: found.member };
}

/** The ranks of several numbers of points, which must come in falling order: over all parts. */
function ranksOver(boards: readonly BoardItem[], falling: readonly number[]): number[] {
  const above = boards.map(({ histogram }) => ranksIn(histogram, falling));
  return falling.map((_, i) => above.reduce((sum, ranks) => sum + ranks[i]! - 1, 1));
}

const shownWeek = ({ league, week }: Place, boards: readonly BoardItem[], now: number) => ({
  league,
  week,
  endsAt: iso(endOf(week)),
  state: stateOf(
    week,
    boards.map(({ closedAt }) => closedAt !== undefined),
    now,
  ),
  members: boards.reduce((sum, { members }) => sum + members, 0),
});

const ownPlace = (boards: readonly BoardItem[], score: ScoreItem | undefined) => ({
  rank: score ? ranksOver(boards, [score.points])[0]! : null,
  points: score?.points ?? 0,
});

/** One request, however many take part. */
export async function getOwnLeagueRank(
  { query, account: { accountId }, now }: RouteRequest<Routes['getOwnLeagueRank']>,
  { table }: Kernel,
): Promise<Answer<Routes['getOwnLeagueRank']>> {
  const place = placeOf(query, now);
  const { boards, score } = await boardOf(table, place, accountId);
  return { body: { ...shownWeek(place, boards, now), ...ownPlace(boards, score) } };
}

/** The first rows of a league. They come from an index, which lags behind the boards by a moment. */
async function firstOf(table: Table, { league, week }: Place, limit: number): Promise<ScoreItem[]> {
  const lists = await Promise.all(
    allParts.map((part) => table.query('ranking', { boardId: boardIdOf(week, league, part) }, { limit })),
  );
  return lists.flatMap(({ items }) => items).toSorted(byPlace);
}

/** Oneself and the people directly above and below. */
async function besideOf(table: Table, { league, week }: Place, own: ScoreItem): Promise<ScoreItem[]> {
  const { beside } = limits.league;
  const lists = await Promise.all(
    allParts.map((part) => scoresAround(table, boardIdOf(week, league, part), own.order, beside)),
  );
  return placesAround(lists.flat(), own, beside);
}

interface Showing {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly accountId: string;
  readonly week: string;
  readonly boards: readonly BoardItem[];
  readonly blocked: ReadonlySet<string>;
  readonly now: number;
  readonly locale: Locale;
}

/**
 * Rows as people see them. Who has left or is suspended stays the animal of the week. Who has withdrawn has no name. No answer
 * has an id of somebody, or when they laid a brick: either would lead from an animal to the person.
 */
async function rowsOf(showing: Showing, scores: readonly ScoreItem[]) {
  const { table, bucket, accountId, week, boards, blocked, now, locale } = showing;
  const people = await peopleOn(table, scores);
  const ranks = ranksOver(
    boards,
    scores.map(({ points }) => points),
  );
  return Promise.all(
    scores.map(async (score, i) => {
      const rank = ranks[i]! <= limits.league.shown ? ranks[i]! : null;
      const isMe = score.accountId === accountId;
      const { member, account } = people(score.accountId);
      const row = { rank: isMe ? ranks[i]! : rank, points: score.points, isMe };
      const nobody = { ...row, name: null, animal: null, picture: null };
      if (!member) return nobody;
      const byName = isActive(account) && shownIn(member, week, account, now) === 'NICKNAME';
      if (byName && (isMe || (rank !== null && !blocked.has(score.accountId))))
        return { ...row, name: account.nickname, animal: null, picture: await thumbnailOf(bucket, account.picture) };
      return { ...row, ...animalOf(member.secret, week, locale), picture: null };
    }),
  );
}

/** How people take part, and their accounts: these are only shown, so they may lag by a moment. */
async function peopleOn(table: Table, scores: readonly ScoreItem[]) {
  const ids = scores.map(({ accountId }) => accountId);
  const eventual = { eventual: true };
  const [members, accounts] = await Promise.all([
    table.getAll(Object.fromEntries(ids.map((id) => [id, leagueMemberRef(id)])), eventual),
    table.getAll(Object.fromEntries(ids.map((id) => [id, ref('Account', { accountId: id })])), eventual),
  ]);
  return (id: string) => ({ member: members[id], account: accounts[id] });
}

export async function getLeague(
  { query, account: { accountId }, locale, now }: RouteRequest<Routes['getLeague']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['getLeague']>> {
  const place = placeOf(query, now);
  const { page, limit } = query;
  const until = page * limit;
  const [{ boards, score, member }, first, blocked] = await Promise.all([
    boardOf(table, place, accountId),
    firstOf(table, place, Math.min(until, limits.league.shown) + 1),
    blockedBy(table, accountId),
  ]);
  const showing = { table, bucket, accountId, week: place.week, boards, blocked, now, locale };
  const shown = first.slice(0, limits.league.shown);
  const rows = shown.slice(until - limit, until);
  const isShown = !score || rows.some((row) => row.accountId === accountId);
  const [items, beside] = await Promise.all([
    rowsOf(showing, rows),
    isShown ? [] : besideOf(table, place, score).then((scores) => rowsOf(showing, scores)),
  ]);
  return {
    body: {
      ...shownWeek(place, boards, now),
      me: { takesPart: takesPart(member), ...ownPlace(boards, score) },
      items,
      nextPage: shown.length > until ? page + 1 : null,
      beside,
    },
  };
}
