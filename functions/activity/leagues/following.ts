/** Row 161: the boards of leagues follow the bricks, each minute that has changes, and close for ever. */
import { isActive } from '../../../shared/access/accounts.ts';
import { beginningOfIds } from '../../../shared/core/ids.ts';
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { type Due, due } from '../../../shared/data/due.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { closeBoard, followMarks, openAmong, type Source, type Standing, waitsSince } from '../boards/boards.ts';
import type { BrickItem, CertificationItem } from '../certifications/items.ts';
import {
  boardIdOf,
  boardIdsOf,
  closingOf,
  earliestSent,
  isCountedIn,
  nextWeek,
  partOfScope,
  scopeOfPart,
  standingOf,
  weekBefore,
  weekOf,
  weeksFrom,
} from './rules.ts';

/** Members whose place and account are read in one request. */
const membersAtOnce = 50;
const itemsAtOnce = 100;
const atOnce = 10;

export const leagueMemberRef = (accountId: string) => ref('LeagueMember', { accountId });

export const closingDue = (week: string, part: number): Due => ({
  kind: 'closeLeague',
  subject: `${week}:${part}`,
  at: iso(closingOf(week)),
});

/** What members have, from the ledger of their bricks: so it does not matter how often, when and in which order this runs. */
async function standingsOf(table: Table, weeks: readonly string[], part: number, accountIds: readonly string[]) {
  const standings = new Map<string, Standing>();
  for (const some of piecesOf(membersAtOnce, accountIds)) {
    const taking = await countedIn(table, weeks, some);
    const bricks = (
      await inParallel(atOnce, taking, ({ accountId, weeks: [first] }) => bricksSince(table, accountId, first))
    ).flat();
    const counted = await notHidden(table, bricks);
    for (const { accountId, weeks: counting } of taking) {
      const own = counted.filter((brick) => brick.accountId === accountId);
      standings.set(accountId, standingOf(own, counting, part));
    }
  }
  return standings;
}

/** Who of some people is counted, and in which of the weeks: who takes part, until something stops their account. */
async function countedIn(table: Table, weeks: readonly string[], accountIds: readonly string[]) {
  const [members, accounts] = await Promise.all([
    table.getAll(Object.fromEntries(accountIds.map((accountId) => [accountId, leagueMemberRef(accountId)]))),
    table.getAll(Object.fromEntries(accountIds.map((accountId) => [accountId, ref('Account', { accountId })]))),
  ]);
  return accountIds.flatMap((accountId) => {
    const member = members[accountId];
    const account = accounts[accountId];
    const suspendedAt = account?.status === 'SUSPENDED' ? account.suspendedAt : undefined;
    if (!member || !(isActive(account) || suspendedAt)) return [];
    const [first, ...others] = weeks.filter((week) => isCountedIn(member, suspendedAt, week));
    return first === undefined ? [] : [{ accountId, weeks: [first, ...others] as const }];
  });
}

/** Somebody's bricks that may count from a week on. */
async function bricksSince(table: Table, accountId: string, week: string): Promise<BrickItem[]> {
  // Ids are hexadecimal: all of them are before a `g`.
  const between = [beginningOfIds(earliestSent(week)), 'g'] as const;
  const options = { limit: limits.league.read, between, newestFirst: true, consistent: true };
  const { items } = await table.query('bricksOfAccount', { accountId }, options);
  return items.filter(({ earnedAt }) => weekOf(Date.parse(earnedAt)) >= week);
}

/** Bricks whose certification was not hidden by reports or a decision. Denials and deletions take the brick itself. */
async function notHidden(table: Table, bricks: readonly BrickItem[]): Promise<BrickItem[]> {
  const kept = await inParallel(atOnce, piecesOf(itemsAtOnce, bricks), async (some) => {
    const references: Record<string, Reference<CertificationItem>> = Object.fromEntries(
      some.map(({ groupId, certificationId }, i) => [i, ref('Certification', { groupId, certificationId })]),
    );
    const certifications = await table.getAll(references);
    return some.filter((_, i) => certifications[i]?.hiddenAt === undefined);
  });
  return kept.flat();
}

const sourceOf = (table: Table, weeks: readonly string[], part: number): Source => ({
  scopeId: scopeOfPart(part),
  boardIds: boardIdsOf(weeks, part),
  standings: (accountIds) => standingsOf(table, weeks, part, accountIds),
});

/** Weeks that may still change in a part: this one, and the last one until the last of its boards is closed. */
async function openWeeks(table: Table, part: number, now: number): Promise<string[]> {
  const week = weekOf(now);
  const before = weekBefore(week);
  const last = await table.get('Board', { scopeId: scopeOfPart(part), boardId: boardIdOf(before, 'ALL', part) });
  return last?.closedAt === undefined ? [before, week] : [week];
}

/** Follows all bricks of a part that have changed. Its work grows with them, not with the members. */
export async function publishLeague({ subject: scopeId, now }: DueRun, { table }: Kernel): Promise<DueResult> {
  const part = partOfScope(scopeId);
  await followMarks(table, scopeId, async () => sourceOf(table, await openWeeks(table, part, now), part));
  return 'done';
}

/** Closes a week in a part, after all that was marked. The last thing is the entry for the next week, so a run that dies is repeated. */
export async function closeLeague({ subject, now }: DueRun, { table }: Kernel): Promise<DueResult> {
  const [week = '', partText = ''] = subject.split(':');
  const part = Number(partText);
  const scopeId = scopeOfPart(part);
  const open = await openAmong(table, scopeId, boardIdsOf([week], part));
  if (open.length > 0) {
    const weeks = weeksFrom(week, weekOf(now));
    await followMarks(table, scopeId, async () => sourceOf(table, weeks, part));
    if (await waitsSince(table, scopeId, closingOf(week))) return 'more';
    for (const boardId of open) await closeBoard(table, { scopeId, boardId }, now);
  }
  await table.commit([due(closingDue(nextWeek(week), part))]);
  return 'done';
}
