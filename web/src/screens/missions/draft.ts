/** What a form says of a mission, and the requests that it becomes. */
import type { Mission } from '../../app/data/missions.ts';
import { inFields, instantOf } from '../../app/days.ts';
import type { api } from '../../app/session.ts';
import type { Values } from '../../ui/form.tsx';

type Created = NonNullable<Parameters<typeof api.missions.createMission>[0]['body']>;
export type Change = NonNullable<Parameters<typeof api.missions.editMission>[0]['body']>;
export type Kind = Mission['kind'];
export type Way = Mission['way'];
export interface Item {
  /** For the list on the screen, which moves. */
  readonly key: number;
  readonly text: string;
  readonly photo: boolean;
}

/** What is chosen beside the fields. */
export interface Chosen {
  readonly kind: Kind;
  readonly way: Way;
  readonly approval: Mission['approval'];
  readonly items: readonly Item[];
  /** `1` is Monday. */
  readonly weekdays: readonly string[];
  /** Days of a week; `all` of the weekdays. */
  readonly times: string;
}

/** Whether the days of a mission that repeats are not chosen yet. */
export const hasNoDay = ({ kind, weekdays }: Chosen): boolean => kind === 'REPEAT' && weekdays.length === 0;

/** A mission in the shape in which the form has it: two of them can be compared name by name. */
export interface Draft {
  readonly kind: Kind;
  readonly way: Way;
  readonly approval: Mission['approval'];
  readonly title: string;
  readonly content: string;
  readonly rule: string;
  readonly checklist: readonly { readonly text: string; readonly photo: boolean }[];
  readonly weekdays: readonly number[];
  readonly timesPerWeek: number;
  readonly perDayLimit: number | null;
  readonly startDate: string | null;
  readonly dueAt: string | null;
}
export type Name = keyof Draft;

export function draftOf(mission: Mission): Draft {
  const { kind, way, approval, title, content, rule, checklist, startDate, dueAt } = mission;
  // What is to count from Monday on is what the form goes on with.
  const { weekdays, timesPerWeek, perDayLimit } = mission.next ?? mission;
  return {
    ...{ kind, way, approval, title, content, rule, checklist, startDate, weekdays, timesPerWeek, perDayLimit },
    // As exactly as the fields show it: to the minute.
    dueAt: dueAt && `${dueAt.slice(0, 16)}:00.000Z`,
  };
}

export const chosenOf = ({ kind, way, approval, checklist, weekdays, timesPerWeek }: Draft): Chosen => ({
  ...{ kind, way, approval },
  items: checklist.map((each, key) => ({ key, ...each })),
  weekdays: weekdays.map(String),
  times: timesPerWeek === weekdays.length ? 'all' : String(timesPerWeek),
});

/** What the form holds now. What it does not show is as it was. */
export function draftIn(began: Draft, chosen: Chosen, values: Values, timeZone: string): Draft {
  const { kind, way, approval, items } = chosen;
  const repeats = kind === 'REPEAT';
  const weekdays = repeats ? chosen.weekdays.map(Number).toSorted((a, b) => a - b) : began.weekdays;
  const wanted = chosen.times === 'all' ? weekdays.length : Math.min(Number(chosen.times), weekdays.length);
  const { dueDay = '', dueTime = '', perDayLimit } = values;
  return {
    ...{ kind, way, approval },
    title: values.title ?? began.title,
    content: values.content ?? began.content,
    rule: values.rule ?? began.rule,
    checklist:
      way === 'CHECKLIST'
        ? items.map(({ key, photo }) => ({ text: values[`item-${key}`] ?? '', photo })).filter(({ text }) => text)
        : [],
    weekdays,
    timesPerWeek: repeats ? wanted : began.timesPerWeek,
    perDayLimit: perDayLimit === undefined ? began.perDayLimit : perDayLimit === 'any' ? null : Number(perDayLimit),
    startDate: values.startDate === undefined ? began.startDate : values.startDate || null,
    dueAt: repeats ? null : dueDay ? instantOf(dueDay, dueTime || '23:59', timeZone) : null,
  };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
export const differences = (one: Draft, other: Draft): Name[] =>
  (Object.keys(one) as Name[]).filter((name) => !same(one[name], other[name]));

/** The request that makes it. */
export function created(draft: Draft, leads: boolean): Created {
  const { kind, way, title, content, rule, checklist, approval, startDate, dueAt } = draft;
  return {
    ...{ kind, way, title, content, rule },
    ...(way === 'CHECKLIST' ? { checklist: [...checklist] } : {}),
    ...(leads ? { approval } : {}),
    ...(startDate ? { startDate } : {}),
    ...(kind === 'ONCE' && dueAt ? { dueAt } : {}),
    ...(kind === 'REPEAT'
      ? { weekdays: [...draft.weekdays], timesPerWeek: draft.timesPerWeek, perDayLimit: draft.perDayLimit }
      : {}),
  };
}

const ofDays = ['weekdays', 'timesPerWeek', 'perDayLimit'] as const;

/** The request that brings a mission to a draft. Only what differs is sent: some fields take no change any more. */
export function changeOf(draft: Draft, names: readonly Name[]): Change {
  const change: Record<string, unknown> = {};
  for (const name of names) change[name] = draft[name];
  if (draft.kind === 'ONCE') for (const name of ofDays) delete change[name];
  else {
    delete change.dueAt;
    // Days and times go together: one without the other may contradict what is there.
    if ('weekdays' in change || 'timesPerWeek' in change || 'kind' in change)
      Object.assign(change, { weekdays: draft.weekdays, timesPerWeek: draft.timesPerWeek });
  }
  if ('way' in change && draft.way === 'CHECKLIST') change.checklist = draft.checklist;
  else if ('way' in change) delete change.checklist;
  if (change.startDate === null) delete change.startDate;
  return change as Change;
}

export const dueFields = (dueAt: string | null, timeZone: string) =>
  dueAt ? inFields(dueAt, timeZone) : { day: '', time: '' };
