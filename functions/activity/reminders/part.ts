/** What somebody takes part in, as reminders see it: their groups, and the missions with what they have done. */

import { piecesOf } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { type Found, or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { check, checkIfThere, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { excusedOn } from '../../groups/core/excused-rules.ts';
import type { GroupSummary, MembershipItem } from '../../groups/core/items.ts';
import { quotaOn } from '../../groups/core/quota-rules.ts';
import { noEnd } from '../../groups/core/rules.ts';
import { statusOfSummary } from '../../groups/core/view.ts';
import { hoursOf, missionClosed } from '../certifications/rules.ts';
import type { MissionItem, MissionWeekItem } from '../missions/items.ts';
import { repetitionOn } from '../missions/rules.ts';
import { daysIn, ownStateOf, weekOf } from '../missions/week-rules.ts';
import { weekAsRead } from '../missions/weeks.ts';
import { agendaRef } from '../today/agenda.ts';
import { type AgendaMission, missionsIn } from '../today/rules.ts';
import type { OwnRemindersItem } from './items.ts';
import type { Circle, OwnTimes, Part, Task } from './moment-rules.ts';

/** What a task is made of: the mission itself, or as the agenda of its group keeps it. */
export type Asking = AgendaMission | MissionItem;

/** A group as reminders see it; undefined if it is over or not approved. */
export function circleOf(groupId: string, group: GroupSummary, now: number): Circle | undefined {
  const { title, startDate: from, endDate: until, approvalStatus = 'APPROVED', disbandsAt } = group;
  const status = statusOfSummary(group, now);
  const over = status === 'FINISHED' || status === 'COMPLETED' || (disbandsAt !== undefined && disbandsAt <= iso(now));
  if (over || approvalStatus !== 'APPROVED') return undefined;
  return { groupId, title, days: group, from, until, ends: until !== noEnd };
}

/** A mission as reminders see it, for whoever has chosen `own`. */
export const taskOf = (circle: Circle, mission: Asking, own?: OwnTimes): Task => ({
  circle,
  missionId: mission.missionId,
  title: mission.title,
  kind: mission.kind,
  weekdaysOn: (day) => repetitionOn(mission, day).weekdays,
  from: mission.startDate,
  dueAt: mission.dueAt,
  own,
});

export const ownName = (missionId: string) => `mission ${missionId}` as const;
export const ownRef = (accountId: string) => ref('OwnReminders', { accountId });

/** The groups of an account that ask for something, with their missions. Lists may lag by a moment: `confirmed` looks again. */
export async function partOf(
  table: Table,
  reading: {
    readonly timeZone: string;
    readonly own: OwnRemindersItem | undefined;
    readonly members: readonly MembershipItem[];
  },
  now: number,
): Promise<Part> {
  const circles = reading.members.flatMap(({ groupId, group, state }) => {
    const circle = state === 'ACTIVE' ? circleOf(groupId, group, now) : undefined;
    return circle ? [circle] : [];
  });
  const tasks: Task[] = [];
  for (const piece of piecesOf(limits.reminders.groupsAtOnce, circles)) {
    const agendas = await table.getAll(Object.fromEntries(piece.map(({ groupId }) => [groupId, agendaRef(groupId)])), {
      eventual: true,
    });
    for (const circle of piece)
      for (const mission of missionsIn(agendas[circle.groupId]))
        tasks.push(taskOf(circle, mission, reading.own?.[ownName(mission.missionId)]));
  }
  return { timeZone: reading.timeZone, circles, tasks };
}

/** Every membership of an account, present and past. */
export const membershipsOf = (table: Table, accountId: string): Promise<MembershipItem[]> =>
  everyItem((cursor) =>
    table.query('groupsOfAccount', { accountId }, { limit: limits.reminders.groupsAtOnce, cursor, newestFirst: true }),
  );

/** What is so at this moment, of what a reminder would say. */
export interface Truth {
  readonly isOpen: (task: Task) => boolean;
  readonly rests: (circle: Circle, day: string) => boolean;
  /** The checks that nothing has been done of some missions since they were looked at. */
  readonly stillSo: (tasks: readonly Task[]) => Write[];
}

/**
 * Looks at what a reminder would say once more, strongly consistent: whether the person is still in the group, whether the
 * mission is still there, and whether it has been done or skipped meanwhile.
 */
export async function confirmed(
  table: Table,
  accountId: string,
  { circles, tasks }: Pick<Part, 'circles' | 'tasks'>,
  now: number,
): Promise<Truth> {
  const weekKey = ({ circle: { groupId, days }, missionId, kind }: Task) => ({
    ...{ groupId, accountId, missionId },
    week: weekOf(kind === 'ONCE', groupDay(now, days)),
  });
  const references = Object.fromEntries([
    ...circles.map(({ groupId }) => [`member ${groupId}`, ref('Membership', { groupId, accountId })] as const),
    ...tasks.flatMap((task) => {
      const { circle, missionId } = task;
      return [
        [`mission ${missionId}`, ref('Mission', { groupId: circle.groupId, missionId })] as const,
        [`week ${missionId}`, ref('MissionWeek', weekKey(task))] as const,
      ];
    }),
  ]) as References;
  const pieces = piecesOf(readAtOnce, Object.entries(references));
  const found: Found<References> = Object.assign(
    {},
    ...(await Promise.all(pieces.map((piece) => table.getAll(Object.fromEntries(piece))))),
  );
  return {
    isOpen({ circle, missionId }) {
      const [mission, member] = [found[`mission ${missionId}`], found[`member ${circle.groupId}`]];
      if (!mission || !member) return false;
      const day = groupDay(now, circle.days);
      const closed = missionClosed(mission, day, hoursOf(member.group, iso(now)), iso(now));
      const quota = quotaOn(member, missionId, day);
      return closed === undefined && ownStateOf(mission, found[`week ${missionId}`], day, quota) === 'TODO';
    },
    rests({ groupId }, day) {
      const member = found[`member ${groupId}`];
      return member?.state !== 'ACTIVE' || excusedOn(member, day) !== null;
    },
    stillSo: (those) =>
      those.flatMap((task) => {
        const week = found[`week ${task.missionId}`];
        const asRead = weekAsRead(week);
        return or(overtaken, (week ? check : checkIfThere)('MissionWeek', weekKey(task), asRead));
      }),
  };
}

/** Items of one request. */
const readAtOnce = 100;
type References = {
  readonly [member: `member ${string}`]: Reference<MembershipItem>;
  readonly [mission: `mission ${string}`]: Reference<MissionItem>;
  readonly [week: `week ${string}`]: Reference<MissionWeekItem>;
};

/** The last day on which somebody did anything in any of their groups, from a day on; undefined if they did nothing. */
export async function lastDeedOf(table: Table, accountId: string, since: string): Promise<string | undefined> {
  const options = { limit: limits.ownWeeks, between: [since, '~'] as const };
  const { items } = await table.query('ownWeeks', { accountId }, options);
  const days = items.flatMap((week) => [...daysIn(week), ...daysIn(week, 'skip ')].map(({ day }) => day));
  return days.toSorted().at(-1);
}
