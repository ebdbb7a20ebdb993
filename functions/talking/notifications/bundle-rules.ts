/** Row 147: which news is pushed together. Pure: what is held and the clock decide. */
import { fromIso, iso } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { HeldItem } from './items.ts';

const { bundleMs } = limits.volume;

/** The place of held news: its kind, then its event. Ids are in the order of time, so a range is what came lately. */
export const placeOfHeld = (notice: string, eventId: string) => `${notice}.${eventId}`;
export const eventIdOf = ({ place }: Pick<HeldItem, 'place'>) => place.slice(place.indexOf('.') + 1);

type Known = Pick<HeldItem, 'place' | 'to' | 'heldAt' | 'pushedAt'>;

/**
 * Of some people whom news concerns, those who are told at once: nothing of the kind was held for them, or pushed to them, in the
 * ten minutes before.
 *
 * @param place of the news itself, which may be among what is held already
 */
export function toldAtOnce(
  held: readonly Known[],
  place: string,
  accountIds: readonly string[],
  now: number,
): string[] {
  const since = iso(now - bundleMs);
  const lately = held.filter((each) => each.place !== place && (each.pushedAt ?? each.heldAt) > since);
  const waiting = new Set(lately.flatMap(({ to = [] }) => to));
  return accountIds.filter((accountId) => !waiting.has(accountId));
}

export interface Batch {
  /** When the first of it had waited for ten minutes; all that was held until then belongs to it, whenever it is pushed. */
  readonly until: string;
  readonly waiting: readonly HeldItem[];
  /** What was pushed at once and began the ten minutes: it counts, but is no reason to push. */
  readonly told: readonly HeldItem[];
}

/** What is pushed together now; undefined if nothing has waited for ten minutes. Another run at the same time finds the same. */
export function batchOf(held: readonly HeldItem[], now: number): Batch | undefined {
  const waiting = held.filter(({ waits, pushedAt }) => waits && pushedAt === undefined);
  const oldest = waiting.map(({ heldAt }) => heldAt).toSorted()[0];
  if (oldest === undefined || fromIso(oldest) + bundleMs > now) return undefined;
  const [from, until] = [iso(fromIso(oldest) - bundleMs), iso(fromIso(oldest) + bundleMs)];
  return {
    until,
    waiting: waiting.filter(({ heldAt }) => heldAt <= until),
    told: held.filter(({ waits, heldAt }) => !waits && heldAt > from && heldAt <= until),
  };
}
