/** What somebody takes part in, as reminders see it: their groups, and the missions with what they have done. */

import { piecesOf } from '../../../shared/core/parallel.ts';
import { iso, isoWeek, localDay } from '../../../shared/core/time.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { GroupSummary, MembershipItem } from '../../groups/core/items.ts';
import { noEnd } from '../../groups/core/rules.ts';
import { statusOfSummary } from '../../groups/core/view.ts';
import type { MissionItem } from '../missions/items.ts';
import { agendaRef } from '../today/agenda.ts';
import { type AgendaMission, doneFor, missionsIn } from '../today/rules.ts';
import type { OwnRemindersItem } from './items.ts';
import type { Circle, OwnTimes, Part, Task } from './moments.ts';

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
  kind: 'REPEAT',
  weekdaysOn: () => mission.weekdays,
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
}

/**
 * Looks at what a reminder would say once more, strongly consistent: whether the person is still in the group, whether the
 * mission is still there, and whether it has been done meanwhile.
 */
export async function confirmed(
  table: Table,
  accountId: string,
  concerned: { readonly circles: readonly Circle[]; readonly tasks: readonly Task[] },
  now: number,
): Promise<Truth> {
  const days = new Map(concerned.circles.map((circle) => [circle.groupId, localDay(now, circle.days.timeZone)]));
  const weeks = [...new Set([...days.values()].map(isoWeek))];
  const references = {
    ...Object.fromEntries(weeks.map((week) => [`week ${week}`, ref('OwnWeek', { accountId, week })])),
    ...Object.fromEntries(
      concerned.circles.map(({ groupId }) => [`in ${groupId}`, ref('Membership', { groupId, accountId })]),
    ),
    ...Object.fromEntries(
      concerned.tasks.map(({ circle: { groupId }, missionId }) => [
        `mission ${missionId}`,
        ref('Mission', { groupId, missionId }),
      ]),
    ),
  };
  // biome-ignore lint/suspicious/noExplicitAny: for now
  const found: Record<string, any> = {};
  for (const names of piecesOf(100, Object.keys(references)))
    Object.assign(found, await table.getAll(Object.fromEntries(names.map((name) => [name, references[name]!]))));
  return {
    isOpen({ circle, missionId }) {
      const day = days.get(circle.groupId)!;
      const mission = found[`mission ${missionId}`] as MissionItem | undefined;
      if (!mission) return false;
      const done = doneFor(missionId, found[`week ${isoWeek(day)}`]);
      return !done.days.some((each) => each.day === day) && done.total < mission.timesPerWeek;
    },
    rests: ({ groupId }) => found[`in ${groupId}`]?.state !== 'ACTIVE',
  };
}

/** The last day on which somebody did anything in any of their groups, from a day on; undefined if they did nothing. */
export async function lastDeedOf(
  table: Table,
  accountId: string,
  since: string,
  now: number,
): Promise<string | undefined> {
  const weeks = [since, iso(now).slice(0, 10)].map(isoWeek);
  const found = await table.getAll(
    Object.fromEntries(weeks.map((week) => [week, ref('OwnWeek', { accountId, week })])),
  );
  const days = Object.values(found).flatMap((week) =>
    Object.entries(week ?? {}).flatMap(([name, count]) =>
      /^2\d{3}-/.test(name) && Number(count) > 0 ? [name.slice(0, 10)] : [],
    ),
  );
  return days.toSorted().at(-1);
}
