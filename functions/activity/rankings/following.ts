/** Row 95: the boards of a club follow its records, each minute that has changes, and close for ever. */
import { isId } from '../../../shared/core/ids.ts';
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { minuteMs } from '../../../shared/core/time.ts';
import { due } from '../../../shared/data/due.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { type Part, ref, type Table } from '../../../shared/data/table.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import {
  closeBoard,
  followMarks,
  marked,
  openAmong,
  type Source,
  type Standing,
  scoresOn,
  waitsSince,
} from '../boards/boards.ts';
import type { ScoreMarkItem } from '../boards/items.ts';
import { totalsRef } from '../records/service.ts';
import { standingsIn } from '../records/standing-rules.ts';
import type { Season } from '../seasons/items.ts';
import { closesAt, nextClosing, weeksIn, wholeSeason } from '../seasons/rules.ts';
import { closingDue, seasonsRef } from '../seasons/service.ts';
import { rankingNews } from './news.ts';
import { boardIdOf, openBoards } from './rules.ts';

/** A record counts otherwise: the boards are due at the next whole minute. One entry a minute and group, however many records. */
export async function publishSoon(
  { item, old }: Change<ScoreMarkItem, Old<ScoreMarkItem, 'scopeId' | 'markedAt'>>,
  { table }: Pick<Kernel, 'table'>,
): Promise<void> {
  const mark = item ?? old;
  // Leagues make their own boards due.
  if (mark && isId(mark.scopeId))
    await table.commit([due({ kind: 'publishRanking', subject: mark.scopeId, at: mark.markedAt })]);
}

/**
 * Who has left is on no open board; who comes back is there again with what they had. The totals of a withdrawn account may be
 * erased by now, so only who comes is asked for them.
 */
export async function markMember(
  { item, old, again, now }: Change<MembershipItem, Old<MembershipItem, 'groupId' | 'accountId' | 'state'>>,
  { table }: Pick<Kernel, 'table'>,
): Promise<void> {
  if (item?.group.kind !== 'CLUB' || (!again && item.state === old?.state)) return;
  const { groupId, accountId } = item;
  if (item.state === 'ACTIVE' && !(await table.get('RecordTotals', { groupId, accountId }))) return;
  await table.commit([marked(groupId, accountId, now)]);
}

async function clubOf(table: Table, groupId: string) {
  const { group, seasons } = await table.getAll({ group: ref('Group', { groupId }), seasons: seasonsRef(groupId) });
  return group && !group.deletedAt ? { group, seasons: seasons?.list ?? [] } : undefined;
}

/** Members whose totals and membership are read in one request. */
const membersAtOnce = 50;
const atOnce = 10;

/** What the members of a club have on the boards of its seasons: what their totals say, while they are in the club. */
async function standingsOf(table: Table, groupId: string, accountIds: readonly string[]) {
  const standings = new Map<string, Standing>();
  await inParallel(atOnce, piecesOf(membersAtOnce, accountIds), async (some) => {
    const [totals, members] = await Promise.all([
      table.getAll(Object.fromEntries(some.map((accountId) => [accountId, totalsRef(groupId, accountId)]))),
      table.getAll(Object.fromEntries(some.map((accountId) => [accountId, ref('Membership', { groupId, accountId })]))),
    ]);
    for (const accountId of some) {
      const kept = members[accountId]?.state === 'ACTIVE' ? Object.entries(totals[accountId]?.standings ?? {}) : [];
      const boards = kept.flatMap(([seasonId, packed]) =>
        [...standingsIn(packed)].map(([week, standing]) => [boardIdOf(seasonId, week), standing] as const),
      );
      standings.set(accountId, new Map(boards));
    }
  });
  return standings;
}

const sourceOf = (table: Table, { groupId }: GroupItem, seasons: readonly Season[], today: string): Source => ({
  scopeId: groupId,
  boardIds: openBoards(seasons, today),
  standings: (accountIds) => standingsOf(table, groupId, accountIds),
});

/** Follows all records that have changed. Its work grows with them, not with the members. */
export async function publishRanking({ subject: groupId, now }: DueRun, { table }: Kernel): Promise<DueResult> {
  await followMarks(table, groupId, async () => {
    const club = await clubOf(table, groupId);
    if (!club) return { scopeId: groupId, boardIds: [], standings: async () => new Map() };
    return sourceOf(table, club.group, club.seasons, groupDay(now, club.group));
  });
  return 'done';
}

/** The members are notified that a season has its final ranking, with the first three. A season that nobody climbed in ends silently. */
async function toldOfEnd(table: Table, { groupId, title }: GroupItem, season: Season, now: number): Promise<Part> {
  const first = (await scoresOn(table, boardIdOf(season.seasonId, wholeSeason))).slice(0, firstPlaces);
  const people = first.map(({ accountId }) => accountId);
  const telling = { toMembersOf: groupId, by: byItself, title, season: season.name, people };
  return people.length > 0 && tell(rankingNews.closed, now, { ...telling, groupId, seasonId: season.seasonId });
}
const firstPlaces = 3;

/**
 * Closes the boards of a season whose days can count no more. All that was written before is followed first. The last thing is
 * the entry for the next closing, so a run that dies is repeated.
 */
export async function closeBoards({ subject, now }: DueRun, { table, ...deps }: Kernel): Promise<DueResult> {
  const [groupId = '', seasonId = ''] = subject.split(':');
  const club = await clubOf(table, groupId);
  const season = club?.seasons.find((each) => each.seasonId === seasonId);
  if (!club || !season) return 'done';
  const closed = now - limits.board.closeMinutes * minuteMs;
  // The season comes last: with it, members are notified.
  const boards = [...Array.from({ length: weeksIn(season) }, (_, i) => i + 1), wholeSeason]
    .filter((week) => closesAt(season, week, club.group) <= closed)
    .map((week) => boardIdOf(seasonId, week));
  const open = await openAmong(table, groupId, boards);
  if (open.length > 0) {
    await publishRanking({ subject: groupId, now }, { table, ...deps });
    if (await waitsSince(table, groupId, closed)) return 'more';
    for (const boardId of open) {
      const isLast = boardId === boardIdOf(seasonId, wholeSeason);
      const more = isLast ? () => toldOfEnd(table, club.group, season, now) : undefined;
      await closeBoard(table, { scopeId: groupId, boardId }, now, more);
    }
  }
  const next = nextClosing(season, club.group, closed);
  if (next !== undefined) await table.commit([closingDue(groupId, seasonId, next)]);
  return 'done';
}
