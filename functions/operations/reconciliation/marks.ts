import type { Environment } from '../../../shared/core/platform.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { subjectText, touched } from '../../../shared/data/counters.ts';
import { upsert } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';

/** The day, in UTC, that a mark is for. */
export const dayOf = (now: number) => iso(now).slice(0, 10);

/** The subjects that a warm function has marked already, by day: one that moves a hundred times a day is marked once or twice. */
const marked = new WeakMap<Environment, { day: string; subjects: Set<string> }>();
const rememberAtMost = 50_000;

/** Marks the subjects whose counters a change concerns. Idempotent. */
export async function markTouched({ item, old, now }: Change<object>, { table, environment }: Kernel): Promise<void> {
  const day = dayOf(now);
  const known = marked.get(environment);
  const today =
    known?.day === day && known.subjects.size < rememberAtMost ? known : { day, subjects: new Set<string>() };
  marked.set(environment, today);
  for (const subject of touched(item && { ...item }, old && { ...old }).map(subjectText)) {
    if (today.subjects.has(subject)) continue;
    // Remembered first: two changes at once write one mark. Whoever fails to write it is delivered again.
    today.subjects.add(subject);
    const key = { shard: subject.slice(-1), day, subject };
    const expiresAt = ttl(now) + limits.markSeconds;
    await table.commit([upsert('Mark', key, { set: { expiresAt } })]).catch((error: unknown) => {
      today.subjects.delete(subject);
      throw error;
    });
  }
}
