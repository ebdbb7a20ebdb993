/** Row 101: when the night's run looks at a group next. */
import { addDays, iso, localDay } from '../../../shared/core/time.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { type Due, due } from '../../../shared/data/due.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, type Part } from '../../../shared/data/table.ts';
import { type ConditionOn, patch } from '../../../shared/data/writes.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import type { SeasonsItem } from '../seasons/items.ts';
import type { AttendancePlanItem } from './items.ts';
import { nextNight } from './night-rules.ts';
import { type Calendar, closingOf } from './rules.ts';

/** The entry of a run. */
export const runDue = (groupId: string, at: string): Due => ({ kind: 'closeAttendance', subject: groupId, at });

/** The instant of the next run after a day; undefined if none is needed. */
export function nextRun(calendar: Calendar, after: string): string | undefined {
  const day = nextNight(calendar, after);
  return day && iso(closingOf(day, calendar.group.timeZone));
}

/** The last day that has closed by an instant. */
export function lastClosed(timeZone: string, now: number): string {
  const today = localDay(now, timeZone);
  return closingOf(today, timeZone) <= now ? today : addDays(today, -1);
}

/**
 * Makes the run due again in a group where it had ended: one that was over, and goes on. Nothing is written while a run is due,
 * which is nearly always.
 */
export function armed(
  {
    group,
    plan,
    seasons,
  }: { group: GroupItem; plan: AttendancePlanItem | undefined; seasons: SeasonsItem | undefined },
  now: number,
): Part {
  if (!plan || plan.dueAt !== undefined) return undefined;
  const closedUntil = lastClosed(group.timeZone, now);
  const at = nextRun({ group, plan, seasons: seasons?.list ?? [] }, closedUntil);
  if (at === undefined) return undefined;
  const { groupId } = group;
  return [
    or(overtaken, patch('AttendancePlan', { groupId }, { set: { dueAt: at, closedUntil } }, absent('dueAt'))),
    due(runDue(groupId, at)),
  ];
}

/** The condition that a plan is as it was read: neither an edit nor a run has come in between. */
export const asRead = ({ version, closedUntil, dueAt }: AttendancePlanItem): ConditionOn<'AttendancePlan'> =>
  allOf<'version' | 'closedUntil' | 'dueAt'>(
    ...[is('version', version), is('closedUntil', closedUntil)],
    dueAt === undefined ? absent('dueAt') : is('dueAt', dueAt),
  );
