/** Row 133: the pictures that links show to everybody who has them. */
import { seen } from '../../../shared/access/access.ts';
import { type Picture, progressPicture } from '../../../shared/charts/picture.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import type { MissionItem } from '../missions/items.ts';
import { isLive } from '../missions/rules.ts';
import {
  countsByMission,
  memberFrom,
  memberOfRow,
  missionOf,
  missionsOf,
  type Present,
  rankedOf,
  rowsOf,
  scoreRef,
  settingOf,
  shownWeeks,
} from './board.ts';
import { refsOf, shownBy, titleIn } from './claims.ts';
import { climbsOf } from './climbs-picture.ts';
import type { contract } from './contract.ts';
import type { ProgressItem, ProgressPictureItem } from './items.ts';
import { pictureHash } from './links.ts';
import { rankingOf } from './rank-rules.ts';
import {
  type Member,
  type Mission,
  rateOf,
  type Setting,
  seriesOf,
  teamRate,
  type Week,
  weeksBetween,
} from './rules.ts';
import { groupDays, heatOf, longestOf, streakOf } from './streak-rules.ts';
import { levelOf } from './team-rules.ts';

type Routes = typeof contract.routes;

/** Five requests in two round trips for somebody's own picture, four for that of a group. */
export async function getProgressPicture(
  { params: { linkId }, query: { lang, theme }, locale, now }: RouteRequest<Routes['getProgressPicture']>,
  { table }: Kernel,
): Promise<Answer<Routes['getProgressPicture']>> {
  const hash = pictureHash(linkId);
  const claim = seen(await table.get('ProgressPicture', { hash }));
  const { groupId } = claim;
  if (claim.of === 'CLIMBS') return { body: await climbsOf(table, claim, { lang: lang ?? locale, theme, now }) };
  const [found, kept, rows, own] = await Promise.all([
    table.getAll({ ...refsOf(claim), score: scoreRef(groupId) }),
    missionsOf(table, groupId),
    rowsOf(table, groupId),
    claim.of === 'ME' ? ownWeeks(table, claim) : [],
  ]);
  const shared = shownBy(claim, found);
  const { group } = shared;
  const setting = settingOf(group, now);
  const present = rows.filter((row: ProgressItem): row is Present => row.joinedAt !== undefined);
  const scene: Scene = {
    ...{ group, kept, setting, present, weeks: shownWeeks(group, setting) },
    missions: kept.map((mission) => missionOf(mission, group)),
    members: present.map((row) => memberOfRow(row, group)),
  };
  const look = { locale: lang ?? locale, theme, title: titleIn(claim, shared), today: setting.today };
  const member = memberFrom(shared.member, countsByMission(own), group);
  const name = shared.link.named ? shared.account.nickname : null;
  const parts = claim.of === 'ME' ? mine(scene, { ...member, name }) : ofGroup(scene, found.score?.points ?? 0);
  return { body: progressPicture({ ...look, ...parts }) };
}

const ownWeeks = async (table: Table, { groupId, accountId }: ProgressPictureItem) => {
  const options = { limit: limits.progress.memberWeeks, newestFirst: true };
  return (await table.query('weeksOfMember', { groupId, accountId }, options)).items;
};

interface Scene {
  readonly group: GroupItem;
  readonly kept: readonly MissionItem[];
  readonly missions: readonly Mission[];
  readonly present: readonly Present[];
  readonly members: readonly Member[];
  readonly weeks: readonly Week[];
  readonly setting: Setting;
}
type Parts = Omit<Picture, 'locale' | 'theme' | 'title' | 'today'>;

/** Rates of all, and who is where. Nobody is named who has not asked for it. */
function ratesOf(
  { missions, weeks, members, present, setting }: Scene,
  own?: { accountId: string; name: string | null },
) {
  const all = seriesOf(missions, weeks, members, setting);
  const ranked = members.map((each, at) => ({
    ...rankedOf(present[at]!, each, missions),
    ...all.get(each.accountId)!.total,
  }));
  const ranking = rankingOf(ranked).map(({ accountId, rank, ...share }) => {
    const isMe = accountId === own?.accountId;
    return { accountId, rank, rate: rateOf(share), name: isMe ? (own?.name ?? null) : null, isMe };
  });
  return { all, ranking, team: teamRate([...all.values()].map(({ total }) => total)) };
}

function mine(scene: Scene, own: Member & { readonly name: string | null }): Parts {
  const { group, kept, missions, weeks, members, setting } = scene;
  // The row of somebody who has just come in may still be missing.
  const isThere = members.some(({ accountId }) => accountId === own.accountId);
  const { all, ranking, team } = ratesOf(scene, own);
  const { total, series } = (isThere ? all : seriesOf(missions, weeks, [own], setting)).get(own.accountId)!;
  const since = weeksBetween(own.since, setting.today);
  const streaks = kept.flatMap((mission) => {
    const repeated = missionOf(mission, group);
    return isLive(mission) && repeated.kind === 'REPEAT' ? [streakOf(repeated, since, own, setting)] : [];
  });
  const days = heatOf(missions, weeks, own, setting).map((each) => ({
    ...each,
    // Row 55: what waits is no matter of those who have the link.
    state: each.state !== 'WAITING' ? each.state : each.day === setting.today ? ('OPEN' as const) : ('NONE' as const),
  }));
  return {
    ...{ name: own.name, rate: rateOf(total), team, members: members.length, days, ranking },
    rank: ranking.find(({ isMe }) => isMe)?.rank ?? null,
    streak: longestOf(streaks) ?? { unit: 'DAY', current: 0, best: 0 },
    weeks: series.map(({ rate, team: average }, at) => ({ from: weeks[at]!.days[0]!, rate, team: average })),
  };
}

function ofGroup(scene: Scene, points: number): Parts {
  const { missions, weeks, members, setting } = scene;
  const { all, ranking, team } = ratesOf(scene);
  const [first] = all.values();
  return {
    ...{ name: null, rate: team, team: null, rank: null, members: members.length, ranking, level: levelOf(points) },
    days: groupDays(missions, weeks, members, setting),
    weeks: weeks.map(({ days }, at) => ({ from: days[0]!, rate: first?.series[at]?.team ?? null, team: null })),
  };
}
