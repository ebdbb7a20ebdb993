/** Rows 98-101: items of attendance, and the writes that change one together with the counts of its member. */
import { absent, allOf, anyOf, below } from '../../../shared/data/conditions.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { type Found, or, type Part, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { type ConditionOn, create, upsert } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import type { People } from '../../groups/core/roster.ts';
import type { AttendanceItem } from './items.ts';
import { movedCounts } from './rules.ts';

export const planRef = (groupId: string) => ref('AttendancePlan', { groupId });
export const attendanceRef = (key: Pick<AttendanceItem, 'groupId' | 'weekId' | 'accountId'>) => ref('Attendance', key);
export const countRef = (groupId: string, seasonId: string, accountId: string) =>
  ref('AttendanceCount', { groupId, seasonId, accountId });

/** What decides about a day, beside the group: read it with the caller's membership. */
export const calendarRefs = (groupId: string) => ({ plan: planRef(groupId), seasons: ref('Seasons', { groupId }) });

const alternatesLeft: ConditionOn<'AttendanceCount'> = anyOf(
  absent('alternates'),
  below('alternates', limits.attendance.alternates),
);

/**
 * The counts of a member after an attendance has changed: commit it with the change. There is an item of counts for each member
 * who has an attendance in a season, also while all are 0: by it the attendances are found when the account is erased.
 *
 * @param limited refuses one more alternate than a season allows, as ALTERNATES_USED
 */
export function countsMoved(
  before: AttendanceItem | undefined,
  after: AttendanceItem,
  { limited }: { readonly limited: boolean } = { limited: false },
): Part {
  const { groupId, seasonId, accountId } = after;
  const moved = movedCounts(before, after);
  const add = Object.keys(moved).length > 0 ? { ...moved, moves: 1 } : {};
  const isOneMore = (moved.alternates ?? 0) > 0;
  const write = upsert(
    'AttendanceCount',
    { groupId, seasonId, accountId },
    // Named among the changes, so that a new item gets its place in the index.
    { add, set: { accountId } },
    limited && isOneMore ? allOf(alternatesLeft) : undefined,
  );
  return limited && isOneMore ? or('ALTERNATES_USED', write) : write;
}

/** A new attendance, and its write. */
export function made(values: Omit<AttendanceItem, 'version'>) {
  const given = Object.entries({ ...values, version: 1 }).filter(([, value]) => value !== undefined);
  const after = Object.fromEntries(given) as unknown as AttendanceItem;
  return { after, write: create('Attendance', after) };
}

type Memberships = { readonly [member: `member ${string}`]: Reference<MembershipItem> };

/**
 * The requests of members who are still there. Those of people who have left or were removed wait for the night alone, or for their
 * return. One request if the roster does not know somebody, none otherwise.
 */
export async function ofPresent(
  table: Table,
  groupId: string,
  roster: People,
  rows: readonly AttendanceItem[],
): Promise<readonly AttendanceItem[]> {
  const missing = rows.map(({ accountId }) => accountId).filter((accountId) => !roster.has(accountId));
  if (missing.length === 0) return rows;
  const references: Memberships = Object.fromEntries(
    missing.map((accountId) => [`member ${accountId}`, ref('Membership', { groupId, accountId })] as const),
  );
  const found: Found<Memberships> = await table.getAll(references, { eventual: true });
  return rows.filter(({ accountId }) => roster.has(accountId) || found[`member ${accountId}`]?.state === 'ACTIVE');
}

/** A whole club in one page. */
export const everybody = 500;

/** The attendances of a week of a season. They are only shown, so they may lag. */
export const attendancesIn = (table: Table, groupId: string, weekId: string): Promise<AttendanceItem[]> =>
  everyItem((cursor) =>
    table.query('attendancesOfGroup', { groupId }, { limit: everybody, cursor, between: [weekId, weekId] }),
  );
