/** Row 133: what somebody climbed in the season of a club, as a picture. */

import { seen } from '../../../shared/access/access.ts';
import type { Theme } from '../../../shared/charts/colours.ts';
import { climbsPicture } from '../../../shared/charts/picture-climbs.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { shownPoints } from '../../../shared/product/climbing-points.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { ranksIn } from '../boards/rules.ts';
import { lookAt } from '../rankings/looking.ts';
import { boardAsked } from '../rankings/rules.ts';
import { placeOf } from '../rankings/service.ts';
import { solvedIn } from '../records/rules.ts';
import { totalsRef } from '../records/service.ts';
import { seasonsRef } from '../seasons/service.ts';
import { refsOf, shownBy, titleIn } from './claims.ts';
import type { ProgressPictureItem } from './items.ts';

interface As {
  readonly lang: Locale;
  readonly theme: Theme;
  readonly now: number;
}

/** Five requests in three round trips. Nobody but the owner is named, and the owner only if they wish. */
export async function climbsOf(table: Table, claim: ProgressPictureItem, { lang, theme, now }: As): Promise<string> {
  const { groupId, accountId } = claim;
  const { seasons, totals, ...found } = await table.getAll({
    ...refsOf(claim),
    ...{ seasons: seasonsRef(groupId), totals: totalsRef(groupId, accountId) },
  });
  const shared = shownBy(claim, found);
  const { group, link, account } = shared;
  // A group that is no club any more has no season.
  seen(group.kind === 'CLUB' || undefined);
  const today = groupDay(now, group);
  const name = link.named ? account.nickname : null;
  const shown = boardAsked(seasons?.list ?? [], today, { week: 0 });
  const look = shown && (await lookAt(table, { groupId, accountId, shown, totals, today }));
  const rows = look ? [...look.top, ...look.around.filter((row) => row.accountId === accountId)] : [];
  const ranks = ranksIn(
    look?.board?.histogram ?? '',
    rows.map(({ points }) => points),
  );
  return climbsPicture({
    ...{ locale: lang, theme, title: titleIn(claim, shared), name, today, season: shown?.season.name ?? null },
    ...placeOf(look?.board, look?.score),
    ...{ members: look?.board?.members ?? 0, minutes: totals?.minutes ?? 0, solved: solvedIn(totals?.solved ?? {}) },
    weeks: (look?.weeks ?? []).map(({ from, points, average }) => ({
      ...{ from, points: shownPoints(points), average: average === null ? null : shownPoints(average) },
    })),
    ranking: rows.map((row, at) => {
      const isMe = row.accountId === accountId;
      return { rank: ranks[at]!, points: shownPoints(row.points), name: isMe ? name : null, isMe };
    }),
  });
}
