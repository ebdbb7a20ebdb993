/**
 * Fair use (row 130): how often something may be done in a window of time. The count is an item of its own that expires
 * with its window, and it moves in the transaction of what it limits, so that a limit costs no request and no number of
 * requests at once gets past it.
 */
import { limits } from '../product/limits.ts';
import { Problem } from '../product/problems.ts';
import { absent, anyOf, below } from './conditions.ts';
import type { QuotaItem } from './items.ts';
import type { KeyOf } from './keys.ts';
import { checkIfThere, upsert, type Write } from './writes.ts';

export type LimitName = keyof typeof limits.fairUse;

/** One use of what a limit is about, by whom it counts. */
export interface Use {
  readonly limit: LimitName;
  /** Whom it counts for: an account, an address, a place, or several of them as one text. Hash what is personal. */
  readonly subject: string;
}

const windowOf = (limit: LimitName, now: number) => Math.floor(now / 1000 / limits.fairUse[limit].seconds);

/** The key of the count that a use belongs to at an instant. */
export const quotaKey = ({ limit, subject }: Use, now: number): KeyOf<'Quota'> => ({
  limit,
  subject,
  window: String(windowOf(limit, now)),
});

/** Counts a use: part of the transaction of what is limited. Refused as TOO_MANY_REQUESTS where the window is used up. */
export function charged(use: Use, now: number): Write {
  const { times, seconds } = limits.fairUse[use.limit];
  const expiresAt = (windowOf(use.limit, now) + 1) * seconds;
  const room = anyOf(absent('used'), below('used', times));
  return {
    ...upsert('Quota', quotaKey(use, now), { add: { used: 1 }, set: { expiresAt } }, room),
    or: tooMany(use, now),
  };
}

/** Counts nothing, but is refused as TOO_MANY_REQUESTS where the window is used up. */
export const unspent = (use: Use, now: number): Write => ({
  ...checkIfThere('Quota', quotaKey(use, now), below('used', limits.fairUse[use.limit].times)),
  or: tooMany(use, now),
});

/** Whether a count that was read has reached its limit. */
export const isSpent = (use: Use, item: QuotaItem | undefined) => (item?.used ?? 0) >= limits.fairUse[use.limit].times;

/** The refusal of a use whose window is used up: `Retry-After` is the end of the window. */
export function tooMany(use: Use, now: number): Problem {
  const { seconds } = limits.fairUse[use.limit];
  const end = (windowOf(use.limit, now) + 1) * seconds;
  return new Problem('TOO_MANY_REQUESTS', { retryAfter: Math.max(1, Math.ceil(end - now / 1000)) });
}
