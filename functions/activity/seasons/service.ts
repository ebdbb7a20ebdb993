/** Row 96. */
import { memberOf, memberWho, seen, stillMay } from '../../../shared/access/access.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso, minuteMs } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { create, patch } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import type { contract } from './contract.ts';
import type { Season, SeasonsItem } from './items.ts';
import {
  movedSeasonError,
  newSeasonError,
  nextClosing,
  overlapsAny,
  type SeasonError,
  seasonOn,
  stateOn,
  weekIn,
  weeksIn,
} from './rules.ts';

type Routes = typeof contract.routes;

export const seasonsRef = (groupId: string) => ref('Seasons', { groupId });

/** Only clubs have records, seasons and rankings: their members have a level. */
export function requireClub({ kind }: Pick<GroupItem, 'kind'>): void {
  if (kind !== 'CLUB') throw new Problem('NOT_APPLICABLE');
}

export const viewOf = ({ seasonId, name, startDate, endDate }: Season, today: string) => ({
  ...{ id: seasonId, name, startDate, endDate },
  ...{ weeks: weeksIn({ startDate, endDate }), state: stateOn({ startDate, endDate }, today) },
});

export async function listSeasons(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['listSeasons']>,
  { table }: Kernel,
): Promise<Answer<Routes['listSeasons']>> {
  const { group, seasons } = await memberOf(table, groupId, accountId, { seasons: seasonsRef(groupId) });
  requireClub(group);
  const today = groupDay(now, group);
  const list = seasons?.list ?? [];
  const current = seasonOn(list, today);
  return {
    body: {
      day: today,
      current: current ? { seasonId: current.seasonId, week: weekIn(current, today) } : null,
      items: list.map((each) => viewOf(each, today)),
    },
  };
}

export async function createSeason(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['createSeason']>,
  { table }: Kernel,
): Promise<Answer<Routes['createSeason']>> {
  const { group, seasons } = await memberWho(table, 'runSeasons', groupId, accountId, {
    seasons: seasonsRef(groupId),
  });
  requireClub(group);
  const today = groupDay(now, group);
  refuse(newSeasonError(body, today), locale);
  const list = seasons?.list ?? [];
  const season: Season = { seasonId: newId(now), ...body };
  if (overlapsAny(season, list)) throw new Problem('SEASON_OVERLAP');
  if (list.length >= limits.season.most) throw new Problem('SEASON_LIMIT');
  const answer = { body: viewOf(season, today) };
  await table.commit(
    [
      stillMay('runSeasons', groupId, accountId),
      stored(groupId, seasons, [...list, season]),
      closing(group, season, now),
    ],
    answer,
  );
  return answer;
}

export async function editSeason(
  { params: { groupId, seasonId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['editSeason']>,
  { table }: Kernel,
): Promise<Answer<Routes['editSeason']>> {
  const { group, seasons } = await memberWho(table, 'runSeasons', groupId, accountId, {
    seasons: seasonsRef(groupId),
  });
  const list = seasons?.list ?? [];
  const before = seen(list.find((each) => each.seasonId === seasonId));
  const { name = before.name, startDate = before.startDate, endDate = before.endDate } = body;
  const after: Season = { seasonId, name, startDate, endDate };
  const today = groupDay(now, group);
  refuse(movedSeasonError(before, after, today), locale);
  if (overlapsAny(after, list)) throw new Problem('SEASON_OVERLAP');
  await table.commit([
    stillMay('runSeasons', groupId, accountId),
    stored(
      groupId,
      seasons,
      list.map((each) => (each.seasonId === seasonId ? after : each)),
    ),
    closing(group, after, now),
  ]);
  return { body: viewOf(after, today) };
}

function refuse(error: SeasonError | undefined, locale: Locale): void {
  if (!error) return;
  const reason = catalogOf(locale).fields[error.reason];
  throw new Problem('INVALID_REQUEST', { errors: [{ pointer: error.pointer, reason }] });
}

/** The list of seasons, if it is as it was read: of two seasons made at once, the second one is checked against the first. */
function stored(groupId: string, before: SeasonsItem | undefined, unsorted: readonly Season[]): Part {
  const list = unsorted.toSorted((a, b) => (a.startDate < b.startDate ? -1 : 1));
  const version = (before?.version ?? 0) + 1;
  const write = before
    ? patch('Seasons', { groupId }, { set: { list, version } }, is('version', before.version))
    : create('Seasons', { groupId, list, version });
  return or(overtaken, write);
}

/** Row 95: what closes the boards of a season, as soon as its first week can change no more. The run makes the next entry itself. */
function closing(group: GroupItem, season: Season, now: number): Part {
  const at = nextClosing(season, group, now);
  return at === undefined ? undefined : closingDue(group.groupId, season.seasonId, at);
}

/** The entry that closes boards of a season, a little after the instant from which they cannot change. */
export const closingDue = (groupId: string, seasonId: string, at: number) =>
  due({ kind: 'closeBoards', subject: `${groupId}:${seasonId}`, at: iso(at + limits.board.closeMinutes * minuteMs) });
