import type { Environment } from '../../../shared/core/platform.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { upsert } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { type Subject, subjectText, touched } from './rules.ts';

/** The day, in UTC, that a mark is for. */
export const dayOf = (now: number) => iso(now).slice(0, 10);

/** Everything that a warm function has marked already, by day: a counter that moves a hundred times a day is marked once or twice. */
const marked = new WeakMap<Environment, { day: string; subjects: Set<string> }>();
const rememberAtMost = 50_000;

/** Marks everything whose counters a change concerns. Marking again is fine. */
async function mark(subjects: readonly Subject[], now: number, { table, environment }: Kernel): Promise<void> {
  const day = dayOf(now);
  const known = marked.get(environment);
  const today =
    known?.day === day && known.subjects.size < rememberAtMost ? known : { day, subjects: new Set<string>() };
  marked.set(environment, today);
  for (const subject of subjects.map(subjectText)) {
    if (today.subjects.has(subject)) continue;
    const key = { shard: subject.slice(-1), day, subject };
    const expiresAt = ttl(now) + limits.markSeconds;
    await table.commit([upsert('Mark', key, { set: { expiresAt } })]);
    today.subjects.add(subject);
  }
}

type Marking<E extends keyof typeof touched> = (
  change: Change<ItemOf<E>, NonNullable<Parameters<(typeof touched)[E]>[1]>>,
  deps: Kernel,
) => Promise<void>;

export const markGroup: Marking<'Group'> = ({ item, old, now }, deps) => mark(touched.Group(item, old), now, deps);
export const markLike: Marking<'Like'> = ({ item, old, now }, deps) => mark(touched.Like(item, old), now, deps);
export const markMembership: Marking<'Membership'> = ({ item, old, now }, deps) =>
  mark(touched.Membership(item, old), now, deps);
export const markAccount: Marking<'Account'> = ({ item, old, now }, deps) =>
  mark(touched.Account(item, old), now, deps);
export const markBrick: Marking<'Brick'> = ({ item, old, now }, deps) => mark(touched.Brick(item, old), now, deps);
export const markReviews: Marking<'ReviewScore'> = ({ item, old, now }, deps) =>
  mark(touched.ReviewScore(item, old), now, deps);
