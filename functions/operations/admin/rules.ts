import { dayMs, fromIso } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';

/**
 * Whether an end is none for a suspension: it has passed, or is further away than anybody would remember.
 *
 * @param until ISO 8601
 * @param now milliseconds since 1970
 */
export const isLastingTooLong = (until: string, now: number) =>
  fromIso(until) <= now || fromIso(until) > now + limits.suspension.mostDays * dayMs;
