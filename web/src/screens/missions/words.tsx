/** How a mission is said in words, in all screens of missions. */
import type { Mission, OwnState } from '../../app/data/missions.ts';
import { shortDay, today } from '../../app/days.ts';
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
  return dueAt ? say.due(dueIn(dueAt, timeZone, language)) : say.kinds.ONCE;
}

/** `3월 8일 오후 9:00`, where the group is. */
export const dueIn = (dueAt: string, timeZone: string, language: string) =>
  new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).format(new Date(dueAt));

/** The day and the time of an instant as two fields of a form have them, where the group is. */
export const inFields = (instant: string, timeZone: string) => ({
  day: today(timeZone, new Date(instant)),
  time: new Intl.DateTimeFormat('sv-SE', { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(instant)),
});

/** The instant at which clocks of a zone show a day and a time: the guess is moved until they do. */
export function instantOf(day: string, time: string, timeZone: string): string {
  const wanted = Date.parse(`${day}T${time}Z`);
  let guess = wanted;
  for (let n = 0; n < 2; n++) {
    const shown = inFields(new Date(guess).toISOString(), timeZone);
    guess += wanted - Date.parse(`${shown.day}T${shown.time}Z`);
  }
  return new Date(guess).toISOString();
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
