/**
 * Fair use (row 130): how often something may be done in a window of time. The count is an item of its own that expires
 * with its window. It is raised in the same transaction as the limited action, so a limit costs no extra request, and
 * simultaneous requests cannot exceed it.
 */
import { fairUse, type LimitName } from '../product/fair-use-limits.ts';
import { Problem } from '../product/problems.ts';
import { absent, anyOf, atMost, below } from './conditions.ts';
import type { QuotaItem } from './items.ts';
import type { KeyOf } from './keys.ts';
import { checkIfThere, upsert, type Write } from './writes.ts';

/** One use of a limited action, and the subject that it counts for. */
export interface Use {
  readonly limit: LimitName;
  /**
   * The subject that is limited: an account, an address, a place, or several of them as one text. Hash personal values.
   */
  readonly subject: string;
  /** How much of the limit it uses; 1 unless given. */
  readonly count?: number;
  /** When a window of its own ends, such as a day of a group; milliseconds since 1970. Without it, windows follow UTC. */
  readonly until?: number;
}

/** The number of the window that an instant is in. */
export const windowOf = (limit: LimitName, now: number) => Math.floor(now / 1000 / fairUse[limit].seconds);

/** The window that a use is in at an instant, and the second at which it ends. */
function spanOf({ limit, until }: Use, now: number): { readonly window: string; readonly end: number } {
  if (until !== undefined) return { window: `until ${until}`, end: Math.ceil(until / 1000) };
  const window = windowOf(limit, now);
  return { window: String(window), end: (window + 1) * fairUse[limit].seconds };
}

/**
 * The key of the count that a use belongs to at an instant.
 *
 * @param now milliseconds since 1970
 */
export const quotaKey = (use: Use, now: number): KeyOf<'Quota'> => ({
  limit: use.limit,
  subject: use.subject,
  window: spanOf(use, now).window,
});

/**
 * Counts a use. Put it into the transaction of the limited action. Refused as TOO_MANY_REQUESTS if the window is used
 * up.
 *
 * @param now milliseconds since 1970
 * @example await table.commit([charged({ limit: 'review', subject: accountId }, now), ...writes])
 */
export function charged(use: Use, now: number): Write {
  const { times } = fairUse[use.limit];
  const expiresAt = spanOf(use, now).end;
  const { count = 1 } = use;
  const room = anyOf(absent('used'), atMost('used', times - count));
  return {
    ...upsert('Quota', quotaKey(use, now), { add: { used: count }, set: { expiresAt } }, room),
    or: tooMany(use, now),
    // Alone it costs one unit instead of two. After a lost answer the count may be one too high, which harms nobody.
    mayRepeat: true,
  };
}

/**
 * Counts nothing, but is refused as TOO_MANY_REQUESTS if the window is used up. For actions where only failures count.
 *
 * @param now milliseconds since 1970
 */
export const unspent = (use: Use, now: number): Write => ({
  ...checkIfThere('Quota', quotaKey(use, now), below('used', fairUse[use.limit].times)),
  or: tooMany(use, now),
});

/** Whether a count that was read has reached its limit. */
export const isSpent = (use: Use, item: QuotaItem | undefined) => (item?.used ?? 0) >= fairUse[use.limit].times;

/**
 * The refusal of a use whose window is used up. `Retry-After` is the number of seconds until the window ends, at least
 * 1.
 *
 * @param now milliseconds since 1970
 */
export function tooMany(use: Use, now: number): Problem {
  const { end } = spanOf(use, now);
  return new Problem('TOO_MANY_REQUESTS', { retryAfter: Math.max(1, Math.ceil(end - now / 1000)) });
}
