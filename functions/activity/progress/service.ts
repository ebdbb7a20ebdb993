/** Rows 60-62, 68, 119: what the members of a group have done. */
import { memberOf, seen } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { fromIso } from '../../../shared/core/time.ts';
import { ref } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { excusedOn } from '../../groups/core/excused-rules.ts';
import { quotaOn } from '../../groups/core/quota-rules.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { isLive } from '../missions/rules.ts';
import { authorsOf } from '../written/authors.ts';
import { mayJudge } from '../written/seen.ts';
import {
  countsByMission,
  memberFrom,
  memberOfRow,
  missionOf,
  missionsOf,
  type Present,
  presentOf,
  rankedOf,
  rowsOf,
  scoreRef,
  settingOf,
  shownWeeks,
} from './board.ts';
import type { contract } from './contract.ts';
import { rankingOf } from './rank-rules.ts';
import { type RepeatMission, rateOf, seriesOf, teamRate, weeksBetween } from './rules.ts';
import { heatOf, streakOf } from './streak-rules.ts';
import { levelOf } from './team-rules.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };

/** Four requests at once, whatever the size of the group: nothing is computed when somebody certifies. */
export async function getProgress(
  { params: { groupId }, account: { accountId }, locale, now }: RouteRequest<Routes['getProgress']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['getProgress']>> {
  const [found, kept, rows, roster] = await Promise.all([
    memberOf(table, groupId, accountId, { score: scoreRef(groupId) }),
    missionsOf(table, groupId),
    rowsOf(table, groupId),
    rosterOf(table, groupId),
  ]);
  const { group, member, score } = found;
  const setting = settingOf(group, now);
  const missions = kept.map((each) => missionOf(each, group));
  const present = presentOf(rows, member);
  const members = present.map((row) => memberOfRow(row, group));
  const all = seriesOf(missions, shownWeeks(group, setting), members, setting);
  const shares = new Map(members.map((each) => [each.accountId, all.get(each.accountId)!.total]));
  const ranking = rankingOf(
    members.map((each, i) => ({ ...rankedOf(present[i]!, each, missions), ...shares.get(each.accountId)! })),
  );
  const nameOf = await authorsOf(table, roster, ranking, locale);
  const excused = new Map(present.map((row) => [row.accountId, excusedOn(row, setting.today)]));
  const live = kept.filter(isLive);
  const isFewer = (row: Present) => live.some(({ missionId }) => quotaOn(row, missionId, setting.today) !== null);
  const fewer = new Set(present.filter(isFewer).map((row) => row.accountId));
  const mine = ranking.find((each) => each.accountId === accountId)!;
  const items = ranking.map(async ({ accountId: id, rank, done, due }) => {
    const { nickname, picture } = nameOf({ accountId: id });
    const account = { id, nickname, picture: await thumbnailOf(bucket, picture) };
    const own = { excused: excused.get(id) !== null, fewer: fewer.has(id) };
    return { account, rank, done, due, rate: rateOf({ done, due }), ...own };
  });
  return {
    body: {
      day: setting.today,
      me: {
        ...{ rank: mine.rank, done: mine.done, due: mine.due, rate: rateOf(mine) },
        ...{ excused: excused.get(accountId)!, series: [...all.get(accountId)!.series] },
      },
      team: { rate: teamRate([...shares.values()]), ...levelOf(score?.points ?? 0), total: score?.points ?? 0 },
      members: await Promise.all(items),
    },
  };
}

/** One member: their weeks are read as they are, as far back as they were kept. */
export async function getMemberProgress(
  { params, account, locale, now }: RouteRequest<Routes['getMemberProgress']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['getMemberProgress']>> {
  const { groupId, accountId } = params;
  const [found, kept, own, roster] = await Promise.all([
    memberOf(table, groupId, account.accountId, { target: ref('Membership', params) }),
    missionsOf(table, groupId),
    table.query('weeksOfMember', params, { limit: limits.progress.memberWeeks, newestFirst: true }),
    rosterOf(table, groupId),
  ]);
  const { group } = found;
  const target = seen(found.target, ({ state }) => state === 'ACTIVE');
  const setting = settingOf(group, now);
  const missions = kept.map((each) => missionOf(each, group));
  const member = memberFrom(target, countsByMission(own.items), group);
  const weeks = shownWeeks(group, setting);
  const { total, series } = seriesOf(missions, weeks, [member], setting).get(accountId)!;
  const seesWaiting = accountId === account.accountId || mayJudge('certification', found.member);
  const all = weeksBetween(member.since, setting.today);
  const live = kept.filter((each) => each.kind === 'REPEAT' && isLive(each));
  const streaks = live.map((each) => {
    const streak = streakOf(missionOf(each, group) as RepeatMission, all, member, setting);
    const pending = seesWaiting ? streak.pending : streak.current;
    const quota = quotaOn(target, each.missionId, setting.today);
    return { missionId: each.missionId, title: each.title, quota, ...streak, pending };
  });
  const heat = heatOf(missions, weeks, member, setting).map((each) => ({
    ...each,
    // Row 55: what waits is a matter of its author and of those who decide.
    state: each.state === 'WAITING' && !seesWaiting ? ('OPEN' as const) : each.state,
  }));
  const { nickname, picture } = (await authorsOf(table, roster, [target], locale))(target);
  return {
    body: {
      day: setting.today,
      account: { id: accountId, nickname, picture: await thumbnailOf(bucket, picture) },
      since: groupDay(fromIso(target.joinedAt), group),
      excused: excusedOn(target, setting.today),
      ...{ ...total, rate: rateOf(total), streaks, heat },
      series: series.map(({ team: _, ...week }) => week),
    },
  };
}
