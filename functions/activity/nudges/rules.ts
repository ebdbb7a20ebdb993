/** Row 64: who can be nudged, and how often. */
import { fromIso } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { OwnState } from '../missions/values.ts';

/** Whether there is something to nudge somebody for: they have not done it, it does not wait, and they neither skip it nor rest. */
export const isNudgeable = (state: OwnState, isExcused: boolean): boolean => state === 'TODO' && !isExcused;

/**
 * Seconds until somebody may nudge the same person again, at least 1.
 *
 * @param last when they did so before
 * @param now milliseconds since 1970
 */
export const coolDown = (last: string, now: number): number =>
  Math.max(1, Math.ceil((fromIso(last) - now) / 1000) + limits.nudge.everySeconds);
