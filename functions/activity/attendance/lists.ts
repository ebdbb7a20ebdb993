/** Rows 100, 102: lists of attendances, and rates. */
import { memberOf, memberWho, seen } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { localDay } from '../../../shared/core/time.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { ref } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import type { SeasonsItem } from '../seasons/items.ts';
import { seasonOn, weekIn } from '../seasons/rules.ts';
import { seasonsRef } from '../seasons/service.ts';
import { authorsOf } from '../written/authors.ts';
import type { contract } from './contract.ts';
import { type AnySeason, countsIn, latestSeason, periodOf, seasonsIn, weekIdOf } from './rules.ts';
import { attendancesIn, countRef, everybody, ofPresent } from './store.ts';
import { rateView, seasonView, viewOf } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly bucket: Bucket };

/**
 * All seasons of a group, and the one that is asked for. A club may have met before its first season: what is from then is in its
 * period, under the group's id.
 *
 * @throws Problem NOT_FOUND for another id
 */
function seasonsFor(group: GroupItem, item: SeasonsItem | undefined, seasonId: string | undefined, now: number) {
  const seasons = seasonsIn({ group, seasons: item?.list ?? [] });
  const known = seasonId === group.groupId ? periodOf(group) : seasons.find((each) => each.seasonId === seasonId);
  const season = seasonId === undefined ? latestSeason(seasons, localDay(now, group.timeZone)) : seen(known);
  return { season, all: { seasons, timeZone: group.timeZone } };
}

export async function listAttendances(
  { params: { groupId }, query, account, now }: RouteRequest<Routes['listAttendances']>,
  { table }: Kernel,
): Promise<Answer<Routes['listAttendances']>> {
  const { accountId = account.accountId, seasonId, limit, cursor } = query;
  const { group, member, seasons, target } = await memberOf(table, groupId, account.accountId, {
    seasons: seasonsRef(groupId),
    target: ref('Membership', { groupId, accountId }),
  });
  const isOwn = accountId === account.accountId;
  const whose = isOwn
    ? member
    : seen(target, ({ state }) => may(member.role, 'judgeAttendance') && state !== 'PENDING');
  const { season, all } = seasonsFor(group, seasons, seasonId, now);
  if (!season) return { body: { season: null, own: null, items: [], nextCursor: null } };
  const partition = { groupId, seasonId: season.seasonId, accountId };
  const [page, { count }] = await Promise.all([
    table.query('attendancesOfMember', partition, { limit, cursor, newestFirst: true }),
    table.getAll({ count: countRef(groupId, season.seasonId, accountId) }, { eventual: true }),
  ]);
  return {
    body: {
      season: seasonView(season),
      own: rateView(countsIn(count), season, whose, all),
      items: page.items.map(viewOf),
      nextCursor: page.nextCursor,
    },
  };
}

/** Requests grow with pages of members, not with members: counts and weeks come as ranges. */
export async function listAttendanceRates(
  { params: { groupId }, query, account: { accountId }, locale, now }: RouteRequest<Routes['listAttendanceRates']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['listAttendanceRates']>> {
  const [{ group, seasons: item }, members, roster] = await Promise.all([
    memberWho(table, 'judgeAttendance', groupId, accountId, { seasons: seasonsRef(groupId) }),
    everyItem((cursor) => table.query('presentMembers', { presentIn: groupId }, { limit: everybody, cursor })),
    rosterOf(table, groupId),
  ]);
  const { season, all } = seasonsFor(group, item, query.seasonId, now);
  if (!season) return { body: { season: null, week: null, items: [] } };
  const today = localDay(now, group.timeZone);
  const week = seasonOn([season], today) ? weekIn(season, today) : null;
  const [counts, ofWeek, nameOf] = await Promise.all([
    countsOf(table, groupId, season),
    week === null ? [] : attendancesIn(table, groupId, weekIdOf(season.seasonId, week)),
    authorsOf(table, roster, members, locale),
  ]);
  const countOf = new Map(counts.map((count) => [count.accountId, count]));
  const stateOf = new Map(ofWeek.map(({ accountId: whose, state }) => [whose, state]));
  const items = members.map(async (member) => {
    const { nickname, picture } = nameOf(member);
    return {
      account: { id: member.accountId, nickname, picture: await thumbnailOf(bucket, picture) },
      ...rateView(countsIn(countOf.get(member.accountId)), season, member, all),
      thisWeek: stateOf.get(member.accountId) ?? null,
    };
  });
  return { body: { season: seasonView(season), week, items: await Promise.all(items) } };
}

const countsOf = (table: Kernel['table'], groupId: string, { seasonId }: AnySeason) =>
  everyItem((cursor) =>
    table.query('attendanceCountsOfGroup', { groupId }, { limit: everybody, cursor, between: [seasonId, seasonId] }),
  );

export async function listWaitingAttendances(
  { params: { groupId }, query, account: { accountId }, locale }: RouteRequest<Routes['listWaitingAttendances']>,
  { table, bucket }: Deps,
): Promise<Answer<Routes['listWaitingAttendances']>> {
  const [page, , roster] = await Promise.all([
    table.query('attendancesWaiting', { waitingIn: groupId }, query),
    memberWho(table, 'judgeAttendance', groupId, accountId),
    rosterOf(table, groupId),
  ]);
  const rows = await ofPresent(table, groupId, roster, page.items);
  const nameOf = await authorsOf(table, roster, rows, locale);
  const items = rows.map(async (item) => {
    const { nickname, picture } = nameOf(item);
    return {
      ...viewOf(item),
      account: { id: item.accountId, nickname, picture: await thumbnailOf(bucket, picture) },
      homeGym: item.homeGym ?? null,
    };
  });
  return { body: { items: await Promise.all(items), nextCursor: page.nextCursor } };
}
