import type { GroupItem } from '../../groups/core/items.ts';
import type { OwnWeekItem } from '../certifications/items.ts';
import { closedOn, type hoursOf } from '../certifications/rules.ts';
import type { MissionItem } from '../missions/items.ts';
import type { AgendaItem } from './items.ts';

/** A mission as the agenda of its group keeps it. */
export type AgendaMission = Pick<
  MissionItem,
  'missionId' | 'title' | 'way' | 'timesPerWeek' | 'weekdays' | 'perDayLimit'
>;

/** A mission as one text, which a condition can compare. */
export const packed = ({ missionId, title, way, timesPerWeek, weekdays, perDayLimit }: AgendaMission): string =>
  JSON.stringify({ missionId, title, way, timesPerWeek, weekdays, perDayLimit });

/** The missions of a group, oldest first: ids sort by the time at which they were made. */
export const missionsIn = (agenda: AgendaItem | undefined): AgendaMission[] =>
  Object.entries(agenda ?? {})
    .filter(([name]) => name.startsWith('mission '))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]): AgendaMission => JSON.parse(String(text)));

/** What a card of a group shows that changes with the group alone. */
export interface Card {
  readonly notice: string | null;
  readonly memberCount: number;
  readonly capacity: number;
}

export const cardOf = ({
  notice,
  memberCount,
  capacity,
}: Pick<GroupItem, 'notice' | 'memberCount' | 'capacity'>): Card => ({ notice: notice ?? null, memberCount, capacity });

/** The card of a group, if the agenda has it already and the group has not ended. */
export const cardIn = (agenda: AgendaItem | undefined): Card | undefined =>
  agenda?.card === undefined ? undefined : JSON.parse(agenda.card);

/** What a member has certified for a mission in one week: in all, and on each day. */
export function doneFor(missionId: string, week: OwnWeekItem | undefined) {
  const days = Object.entries(week ?? {})
    .filter(([name, count]) => name.startsWith('2') && name.endsWith(` ${missionId}`) && Number(count) > 0)
    .map(([name, count]) => ({ day: name.slice(0, 10), certifications: Number(count) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
  return { days, total: Number(week?.[`total ${missionId}`] ?? 0) };
}

/** How often a member may still certify a mission today (rows 42, 51, 53): 0 if the day or the week is full, or if it is closed. */
export function leftToday(
  { perDayLimit, timesPerWeek }: Pick<AgendaMission, 'perDayLimit' | 'timesPerWeek'>,
  done: ReturnType<typeof doneFor>,
  today: string,
  closed: ReturnType<typeof closedOn>,
): number {
  if (closed) return 0;
  const ofToday = done.days.find(({ day }) => day === today)?.certifications ?? 0;
  return Math.max(0, Math.min(perDayLimit - ofToday, timesPerWeek - done.total));
}

/** What a member has done of a mission this week, and what is left of it today. */
export function progressOf(
  mission: Pick<AgendaMission, 'missionId' | 'perDayLimit' | 'timesPerWeek' | 'weekdays'>,
  week: OwnWeekItem | undefined,
  today: string,
  hours: ReturnType<typeof hoursOf>,
) {
  const done = doneFor(mission.missionId, week);
  const closed = closedOn(today, hours, mission);
  return { days: done.days, left: leftToday(mission, done, today, closed), closed: closed ?? null };
}

/** A certification that waits: since when, which, and whose. */
export interface Waiting {
  readonly since: string;
  readonly certificationId: string;
  readonly accountId: string;
}

/** Certifications that wait as one text, the oldest first; undefined if there are none. Times sort as texts. */
export const packedQueue = (waiting: readonly Waiting[], most: number): string | undefined =>
  waiting
    .map((one) => `${placeOf(one)} ${one.accountId}`)
    .toSorted()
    .slice(0, most)
    .join('\n') || undefined;

export const queueIn = (agenda: Pick<AgendaItem, 'certifications'> | undefined): Waiting[] =>
  (agenda?.certifications?.split('\n') ?? []).map((line) => {
    const [since = '', certificationId = '', accountId = ''] = line.split(' ');
    return { since, certificationId, accountId };
  });

/** The place of a certification in a queue over all groups. */
export const placeOf = ({ since, certificationId }: Omit<Waiting, 'accountId'>) => `${since} ${certificationId}`;
