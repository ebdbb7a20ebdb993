import { limits } from '../../../shared/product/limits.ts';

/**
 * The minutes from a failed try to the next try: 1, 2, 4 ... 60. Undefined after the last try.
 *
 * @param tries the number of failures so far, 1 or more
 */
export const minutesUntilNext = (tries: number): number | undefined =>
  tries < limits.due.tries ? Math.min(limits.due.pauseMinutes, 2 ** (tries - 1)) : undefined;
