/** Rows 94, 97. A record, its totals and what it counts for boards change in one transaction. */
import { changedSince, memberOf, requireVersion, seen, stillMember } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { newId, timeOfId } from '../../../shared/core/ids.ts';
import { fromIso, iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { create, patch, remove, revised } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { pointsOf, shownPoints } from '../../../shared/product/climbing-points.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { marked } from '../boards/boards.ts';
import type { SeasonsItem } from '../seasons/items.ts';
import { requireClub, seasonsRef } from '../seasons/service.ts';
import { authorsOf } from '../written/authors.ts';
import type { contract } from './contract.ts';
import type { RecordItem, RecordTotalsItem } from './items.ts';
import { countedNow, countingOf, minutesOf, movedTotals, mustStay, solvedIn, tidySolved, timesError } from './rules.ts';
import { type Counted, movedStandings } from './standing-rules.ts';

type Routes = typeof contract.routes;

export const totalsRef = (groupId: string, accountId: string) => ref('RecordTotals', { groupId, accountId });

export const viewOf = (record: RecordItem) => ({
  id: record.recordId,
  day: record.day,
  ...{ startedAt: record.startedAt, endedAt: record.endedAt, minutes: record.minutes, gym: record.gym },
  problems: [...record.solved],
  ...{ ownLevel: record.ownLevel, points: shownPoints(record.points) },
  counted: countingOf(record).counted === undefined ? null : shownPoints(record.counted!),
  ...{ seasonId: record.seasonId ?? null, week: record.week ?? null },
  ...{ struckAt: record.struckAt ?? null, version: record.version },
});

/** The day that the id of a record is of. */
export const dayOfId = (recordId: string) => iso(timeOfId(recordId)).slice(0, 10);

export async function createRecord(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['createRecord']>,
  { table }: Kernel,
): Promise<Answer<Routes['createRecord']>> {
  const { group, profile, seasons, totals } = await memberOf(table, groupId, accountId, {
    profile: ref('ClubProfile', { groupId, accountId }),
    seasons: seasonsRef(groupId),
    totals: totalsRef(groupId, accountId),
  });
  requireClub(group);
  refuseTimes(body, group, locale, now);
  if (profile?.level === undefined) throw new Problem('LEVEL_NEEDED');
  const day = groupDay(fromIso(body.startedAt), group);
  const solved = tidySolved(body.problems);
  const points = pointsOf(solved, profile.level);
  const counted = countedNow({}, { day, points }, seasons?.list ?? [], groupDay(now, group));
  const record: RecordItem = {
    ...{ groupId, accountId, day, recordId: newId(Date.parse(day)) },
    ...{ gym: body.gym, startedAt: body.startedAt, endedAt: body.endedAt, minutes: minutesOf(body) },
    ...{ solved, ownLevel: profile.level, points, ...counted, version: 1, createdAt: iso(now) },
  };
  const answer = { body: viewOf(record), version: 1 };
  await table.commit(
    [
      stillMember(groupId, accountId),
      or('RECORD_EXISTS', create('Record', record)),
      summedUp(totals, undefined, record, record, now),
    ],
    answer,
  );
  return answer;
}

function refuseTimes(times: { startedAt: string; endedAt: string }, group: GroupItem, locale: Locale, now: number) {
  const error = timesError(times, group, now);
  if (!error) return;
  const reason = catalogOf(locale).fields[error.reason];
  throw new Problem('INVALID_REQUEST', { errors: [{ pointer: error.pointer, reason }] });
}

function refuseOtherDay(isOther: boolean, locale: Locale): void {
  if (!isOther) return;
  const reason = catalogOf(locale).fields.recordSameDay;
  throw new Problem('INVALID_REQUEST', { errors: [{ pointer: '/startedAt', reason }] });
}

/**
 * The totals after a change of a record, if they are as they were read, and the mark by which boards follow. There is no mark
 * if the boards have nothing to change.
 */
function summedUp(
  before: RecordTotalsItem | undefined,
  from: RecordItem | undefined,
  to: RecordItem | undefined,
  { groupId, accountId }: Pick<RecordItem, 'groupId' | 'accountId'>,
  now: number,
  countedAfter: Counted = countingOf(to),
): Part {
  const totals = before ?? { minutes: 0, records: 0, solved: {}, standings: {}, version: 0 };
  const moved = movedStandings(totals.standings, countingOf(from), countedAfter, now);
  const after = {
    ...movedTotals(totals, from, to),
    standings: moved ?? totals.standings,
    version: totals.version + 1,
  };
  const key = { groupId, accountId };
  const write = before
    ? patch('RecordTotals', key, { set: after }, is('version', before.version))
    : create('RecordTotals', { ...key, ...after });
  return [or(overtaken, write), moved && marked(groupId, accountId, now)];
}

interface Own {
  readonly group: GroupItem;
  readonly record: RecordItem;
  readonly seasons: SeasonsItem | undefined;
  readonly totals: RecordTotalsItem | undefined;
}

/** A member's own record, with all that a change of it needs. */
async function ownRecord(
  { table }: Kernel,
  { groupId, recordId }: { readonly groupId: string; readonly recordId: string },
  accountId: string,
): Promise<Own> {
  const found = await memberOf(table, groupId, accountId, {
    record: ref('Record', { groupId, accountId, day: dayOfId(recordId) }),
    seasons: seasonsRef(groupId),
    totals: totalsRef(groupId, accountId),
  });
  return { ...found, record: seen(found.record, (each) => each.recordId === recordId) };
}

export async function editRecord(
  { params, body, account: { accountId }, locale, now, ifMatch }: RouteRequest<Routes['editRecord']>,
  deps: Kernel,
): Promise<Answer<Routes['editRecord']>> {
  const { group, record: before, seasons, totals } = await ownRecord(deps, params, accountId);
  requireVersion(before, ifMatch);
  const { startedAt = before.startedAt, endedAt = before.endedAt, gym = before.gym } = body;
  // Times that stay are not judged again: the days of the group may begin at another time by now.
  if (body.startedAt ?? body.endedAt) {
    refuseTimes({ startedAt, endedAt }, group, locale, now);
    refuseOtherDay(groupDay(fromIso(startedAt), group) !== before.day, locale);
  }
  const solved = body.problems ? tidySolved(body.problems) : before.solved;
  const points = pointsOf(solved, before.ownLevel);
  const today = groupDay(now, group);
  const { counted, seasonId, week } = countedNow(before, { day: before.day, points }, seasons?.list ?? [], today);
  const { after, write } = revised('Record', before, {
    ...{ startedAt, endedAt, minutes: minutesOf({ startedAt, endedAt }), gym },
    ...{ solved, points, counted, seasonId, week },
  });
  await deps.table.commit([
    stillMember(params.groupId, accountId),
    or(changedSince(ifMatch), write),
    summedUp(totals, before, after, before, now),
  ]);
  return { body: viewOf(after), version: after.version };
}

/** What a record of an older day counted stays counted: closed weeks have it too. */
export async function deleteRecord(
  { params, account: { accountId }, now }: RouteRequest<Routes['deleteRecord']>,
  deps: Kernel,
): Promise<Answer<Routes['deleteRecord']>> {
  const { group, record, seasons, totals } = await ownRecord(deps, params, accountId);
  const today = groupDay(now, group);
  if (mustStay(record, today)) throw new Problem('RECORD_STRUCK');
  const gone = { day: record.day, points: undefined };
  const counted = countedNow(countingOf(record), gone, seasons?.list ?? [], today);
  await deps.table.commit([
    stillMember(params.groupId, accountId),
    or(overtaken, remove('Record', record, is('version', record.version))),
    summedUp(totals, record, undefined, record, now, counted),
  ]);
  return noContent;
}

/** A month with all that a screen of it shows, in three requests. */
export async function listRecords(
  { params: { groupId }, query, account, locale, now }: RouteRequest<Routes['listRecords']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['listRecords']>> {
  const { accountId = account.accountId } = query;
  const key = { groupId, accountId };
  const [{ group, target, profile, totals }, roster] = await Promise.all([
    memberOf(table, groupId, account.accountId, {
      target: ref('Membership', key),
      profile: ref('ClubProfile', key),
      totals: totalsRef(groupId, accountId),
    }),
    rosterOf(table, groupId),
  ]);
  seen(target, ({ state }) => state === 'ACTIVE');
  requireClub(group);
  const today = groupDay(now, group);
  const { month = today.slice(0, 7) } = query;
  const between = [`${month}-01`, `${month}-31`] as const;
  const options = { limit: limits.record.day, between };
  const { items } = await table.query('recordsOfMember', key, options);
  const { nickname, picture } = (await authorsOf(table, roster, [key], locale))(key);
  return {
    body: {
      ...{ day: today, month, level: profile?.level ?? null, totals: shownTotals(totals ? [totals] : []) },
      account: { id: accountId, nickname, picture: await thumbnailOf(bucket, picture) },
      items: items.map(viewOf),
    },
  };
}

export async function getRecordTotals(
  { params, account }: RouteRequest<Routes['getRecordTotals']>,
  { table }: Kernel,
): Promise<Answer<Routes['getRecordTotals']>> {
  const { groupId, accountId } = params;
  const { group, target, totals } = await memberOf(table, groupId, account.accountId, {
    target: ref('Membership', params),
    totals: totalsRef(groupId, accountId),
  });
  seen(target, ({ state }) => state === 'ACTIVE');
  requireClub(group);
  return { body: shownTotals(totals ? [totals] : []) };
}

export async function getOwnRecordTotals(
  { account: { accountId } }: RouteRequest<Routes['getOwnRecordTotals']>,
  { table }: Kernel,
): Promise<Answer<Routes['getOwnRecordTotals']>> {
  const all = await everyItem((cursor) =>
    table.query('recordTotalsOf', { accountId }, { limit: limits.membersAtOnce, cursor }),
  );
  return { body: shownTotals(all) };
}

function shownTotals(all: readonly RecordTotalsItem[]) {
  const none = { minutes: 0, records: 0, solved: {} };
  const { minutes, records, solved } = all.reduce(
    (sum, each) => {
      const added = movedTotals(sum, undefined, { minutes: each.minutes, solved: solvedIn(each.solved) });
      return { ...added, records: sum.records + each.records };
    },
    none as Pick<RecordTotalsItem, 'minutes' | 'records' | 'solved'>,
  );
  return { records, minutes, solved: solvedIn(solved) };
}
