/** How a mission is said in words, in all screens of missions. */
import type { Mission, OwnState } from '../../app/data/missions.ts';
import { dayAndTime, shortDay } from '../../app/days.ts';
import type { Texts } from '../../messages/index.ts';
import type { IconName } from '../../ui/icon.tsx';
import { Tag } from '../../ui/rows.tsx';

type Words = Texts<'missions'>;

export const wayIcons = { TEXT: 'edit', LINK: 'link', PHOTO: 'camera', CHECKLIST: 'check' } as const satisfies Record<
  Mission['way'],
  IconName
>;

/** Its days: `매일`, `월·수·금`, `월·수·금 중 주 2번`. */
export function oftenOf({ weekdays, timesPerWeek }: Pick<Mission, 'weekdays' | 'timesPerWeek'>, say: Words): string {
  if (timesPerWeek === 7) return say.everyDay;
  if (weekdays.length === 7) return say.times(timesPerWeek);
  const days = say.days(weekdays);
  return timesPerWeek === weekdays.length ? days : say.on(days, timesPerWeek);
}

/** When it is to be done, in the time of the group. */
export function whenOf(mission: Mission, timeZone: string, say: Words, language: string): string {
  const { kind, status, startDate, dueAt } = mission;
  if (status === 'WAIT' && startDate) return say.begins(shortDay(startDate, language));
  if (kind === 'REPEAT') return oftenOf(mission, say);
  return dueAt ? say.due(dayAndTime(dueAt, timeZone, language)) : say.kinds.ONCE;
}

const looks = {
  TODO: ['clock', undefined],
  WAITING: ['clock', 'wait'],
  DONE: ['check', 'good'],
  SKIPPED: ['moon', undefined],
} as const satisfies Record<OwnState, readonly [IconName, 'good' | 'wait' | undefined]>;

/** What somebody has done of a mission: a word with its sign. */
export function State({ of, say }: { readonly of: OwnState; readonly say: Words }) {
  const [icon, tone] = looks[of];
  return (
    <Tag icon={icon} {...(tone ? { tone } : {})}>
      {say.state[of]}
    </Tag>
  );
}

export const isLive = ({ status }: Pick<Mission, 'status'>) => status === 'WAIT' || status === 'ONGOING';
