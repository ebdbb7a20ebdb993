/** Rows 95, 96: a whole screen in one answer. */
import { memberOf } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { shownPoints } from '../../../shared/product/climbing-points.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { totalsRef } from '../records/service.ts';
import { daysOfWeek, wholeSeason } from '../seasons/rules.ts';
import { requireClub, seasonsRef, viewOf } from '../seasons/service.ts';
import { authorsOf } from '../written/authors.ts';
import type { contract } from './contract.ts';
import { lookAt } from './looking.ts';
import { boardAsked } from './rules.ts';
import { placeOf, rankedOf, shownBoard } from './service.ts';

type Routes = typeof contract.routes;

/** Two round trips; one more if one is not among the first. */
export async function getRankingPage(
  { params: { groupId }, query, account: { accountId }, locale, now }: RouteRequest<Routes['getRankingPage']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['getRankingPage']>> {
  const [{ group, seasons, totals }, roster] = await Promise.all([
    memberOf(table, groupId, accountId, { seasons: seasonsRef(groupId), totals: totalsRef(groupId, accountId) }),
    rosterOf(table, groupId),
  ]);
  requireClub(group);
  const today = groupDay(now, group);
  const list = seasons?.list ?? [];
  const shown = boardAsked(list, today, query);
  const page = { day: today, seasons: list.map((each) => viewOf(each, today)) };
  if (!shown) {
    if (query.seasonId !== undefined || query.week !== undefined) throw new Problem('NOT_FOUND');
    return { body: { ...page, board: null } };
  }
  const { season, week } = shown;
  const look = await lookAt(table, { groupId, accountId, shown, totals, today });
  const nameOf = await authorsOf(table, roster, [...look.top, ...look.around], locale);
  const named = (rows: typeof look.top) => rankedOf(bucket, look.board, rows, nameOf);
  const [top, around] = await Promise.all([named(look.top), named(look.around)]);
  const { startDate: from, endDate: until } = season;
  return {
    body: {
      ...page,
      board: {
        ...{ seasonId: season.seasonId, week: week === wholeSeason ? null : week, ...shownBoard(look.board) },
        ...(week === wholeSeason ? { from, until } : daysOfWeek(season, week)),
        me: { ...placeOf(look.board, look.score), coming: shownPoints(look.coming) },
        ...{ top, around },
        weeks: look.weeks.map(({ points, average, ...each }) => ({
          ...{ ...each, points: shownPoints(points) },
          average: average === null ? null : Math.round(shownPoints(average) * 10) / 10,
        })),
      },
    },
  };
}
