import { limits } from '../../../shared/product/limits.ts';

/**
 * How many minutes after a failed try an entry is tried again: 1, 2, 4 ... 60; undefined where it was tried often enough.
 *
 * @param tries how often it has failed, 1 or more
 */
export const minutesUntilNext = (tries: number): number | undefined =>
  tries < limits.due.tries ? Math.min(limits.due.pauseMinutes, 2 ** (tries - 1)) : undefined;
