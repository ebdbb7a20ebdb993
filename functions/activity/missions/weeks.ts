/** Reading and moving what members have done of missions. */
import { isoWeek } from '../../../shared/core/time.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { type ConditionOn, type UpdateOf, upsert } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import type { MissionItem, MissionWeekItem } from './items.ts';
import {
  type Counted,
  type LaidName,
  type Place,
  untilOf,
  type Weeks,
  weekKeyOf,
  weekMove,
  weekOf,
  weeksAround,
  weeksBy,
} from './week-rules.ts';

/** What changes of a week besides a certification. */
interface Also {
  readonly moves?: Readonly<Record<string, number>>;
  readonly set?: { readonly [laid: LaidName]: string };
  readonly remove?: readonly LaidName[];
}

/**
 * The write that moves the week of a certification. Commit it with the change of the certification, whose version keeps it from
 * counting twice. None if nothing moves.
 *
 */
export function movedWeek(
  place: Place,
  from: Counted | undefined,
  to: Counted | undefined,
  when?: ConditionOn<'MissionWeek'>,
  { moves = {}, set = {}, remove = [] }: Also = {},
): UpdateOf<'MissionWeek'>[] {
  const add = summed(weekMove(place, from, to), moves);
  if (Object.keys({ ...add, ...set }).length === 0) return [];
  const changes = { add: { ...add, n: 1 } as never, set: { until: untilOf(place), ...set }, remove };
  return [upsert('MissionWeek', weekKeyOf(place), changes, when)];
}

const summed = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]),
  );

/** The condition that a week is as it was read. */
export const weekAsRead = (week: MissionWeekItem | undefined): ConditionOn<'MissionWeek'> =>
  week ? is('n', week.n) : absent('n');

/** The member's own weeks of a group that may be now, and those of missions that are done once, in one read. */
export async function ownWeeksIn(table: Table, groupId: string, accountId: string, now: number): Promise<Weeks> {
  // `ONCE` comes after all weeks.
  const between = [weeksAround(now)[0]!, 'ONCE'] as const;
  const options = { limit: limits.ownWeeks, consistent: true, between };
  return weeksBy((await table.query('weeksOfMember', { groupId, accountId }, options)).items);
}

/** The weeks of one mission that may be now, and that of a day, to be read along with its group; `weekAmong` finds the one that it is. */
export const weekRefs = (groupId: string, accountId: string, missionId: string, now: number, day?: string) =>
  Object.fromEntries(
    [...weeksAround(now), ...(day === undefined ? [] : [isoWeek(day)]), 'ONCE'].map((week) => [
      `week ${week}`,
      ref('MissionWeek', { groupId, accountId, week, missionId }),
    ]),
  ) as WeekRefs;

export type WeekRefs = { readonly [week: `week ${string}`]: Reference<MissionWeekItem> };

/** The week that counts a day, of those that were read. */
export const weekAmong = (
  found: { readonly [week: `week ${string}`]: MissionWeekItem | undefined },
  kind: MissionItem['kind'],
  day: string,
): MissionWeekItem | undefined => found[`week ${weekOf(kind === 'ONCE', day)}`];

/** What members have done of a mission by a day, a hundred in a request. They are only shown, so they may lag. */
export async function weeksOf(
  table: Table,
  { groupId, missionId, kind }: Pick<MissionItem, 'groupId' | 'missionId' | 'kind'>,
  members: readonly Pick<MembershipItem, 'accountId'>[],
  day: string,
  eventual = true,
): Promise<ReadonlyMap<string, MissionWeekItem>> {
  const week = weekOf(kind === 'ONCE', day);
  const parts = Array.from({ length: Math.ceil(members.length / limits.weeksAtOnce) }, (_, i) =>
    members.slice(i * limits.weeksAtOnce, (i + 1) * limits.weeksAtOnce),
  );
  const found = await Promise.all(
    parts.map((part) => {
      const references: Record<string, Reference<MissionWeekItem>> = Object.fromEntries(
        part.map(({ accountId }) => [accountId, ref('MissionWeek', { groupId, accountId, missionId, week })]),
      );
      return table.getAll(references, { eventual });
    }),
  );
  return new Map(found.flatMap((part) => Object.entries(part).flatMap(([id, item]) => (item ? [[id, item]] : []))));
}
