/** Row 147: how loud a group is for somebody, and until when it is quiet. Pure: a pause ends by reading the clock. */
import { addDays, fromIso, hourMs, instantOf, localDay, minuteMs, startOfDay } from '../../../shared/core/time.ts';
import type { Concern } from '../../../shared/messages/news.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { pauses, Volume } from './values.ts';

/** A pause: `through` is a day, with DAY alone. Days and times are those of the person's zone. */
export interface Snooze {
  readonly for: (typeof pauses)[number];
  readonly through?: string | undefined;
}

/**
 * What somebody has chosen for a group, as their settings keep it: the choice, and when the membership began that it was made
 * in. So the choices of a membership that has ended are known as such.
 */
export type Chosen = { readonly [choice: `${'volume' | 'quiet'} ${string}`]: string | undefined };

/** As an attribute: `NOTHING 2026-03-02T03:00:00.000Z`. */
export const chosenIn = (choice: string, joinedAt: string) => `${choice} ${joinedAt}`;
const choiceIn = (chosen: string | undefined) => chosen?.split(' ')[0];
/** Whether a choice was made in another membership than the one that began at an instant. */
export const isOfOther = (chosen: string, joinedAt: string) => chosen.split(' ')[1] !== joinedAt;

export interface Loudness {
  readonly volume: Volume;
  /** ISO 8601: the first instant that is loud again; null unless it is ahead. */
  readonly quietUntil: string | null;
}

export function loudnessOf(chosen: Chosen | undefined, groupId: string, now: number): Loudness {
  const volume = (choiceIn(chosen?.[`volume ${groupId}`]) ?? 'ALL') as Volume;
  const until = choiceIn(chosen?.[`quiet ${groupId}`]);
  return { volume, quietUntil: until !== undefined && now < fromIso(until) ? until : null };
}

/** Whether news of a group may wake a person's devices, as far as the group's volume decides. */
export function isHeard(concerns: Concern, { volume, quietUntil }: Loudness): boolean {
  if (concerns === 'account') return true;
  if (quietUntil !== null) return false;
  return volume === 'ALL' || (volume === 'MENTIONS' && concerns === 'you');
}

/**
 * When a pause ends: always at a whole minute, as clocks show it.
 *
 * @param zone the person's
 * @returns milliseconds since 1970; undefined if the day is over, or further away than a year
 */
export function endOf(snooze: Snooze, now: number, zone: string): number | undefined {
  const today = localDay(now, zone);
  if (snooze.for === 'HOUR') return Math.ceil((now + hourMs) / minuteMs) * minuteMs;
  if (snooze.for === 'MORNING') return instantOf(addDays(today, 1), limits.volume.morning, zone);
  const { through } = snooze;
  if (through === undefined || through < today || through > addDays(today, limits.volume.mostDays)) return undefined;
  return startOfDay(addDays(through, 1), zone);
}
