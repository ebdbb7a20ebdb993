/** The chain of an account: one entry among what is due, at the next instant at which there may be something to say. */
import { fromIso, hourMs, iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { rescheduled } from '../../../shared/data/due.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { create, remove, revised, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { RemindingItem } from './items.ts';

export const remindingRef = (accountId: string) => ref('Reminding', { accountId });

/** The entry of an account among what is due. */
export const remindDue = (accountId: string, at: string | undefined) =>
  at === undefined ? undefined : { kind: 'remind', subject: accountId, at };

/** When to look at somebody's reminders again, at the latest. */
export interface Wake {
  readonly accountId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When the person has done something themselves, in milliseconds since 1970: reminders before that are answered. */
  readonly answered?: number;
}

/** An entry that is hours late has been put aside, so nothing comes of it. */
const isBroken = (dueAt: string, now: number) => fromIso(dueAt) < now - limits.reminders.brokenHours * hourMs;

/**
 * The days of reminders that somebody has not answered with what they did at an instant. It may be told late, or again: what
 * came after it stays.
 */
export function unansweredSince(
  { unanswered = [], remindedAt = '' }: Pick<RemindingItem, 'unanswered' | 'remindedAt'>,
  answered: number | undefined,
): readonly string[] {
  if (answered === undefined) return unanswered;
  if (iso(answered) >= remindedAt) return [];
  const before = iso(answered - 14 * hourMs).slice(0, 10);
  return unanswered.filter((day) => day >= before);
}

/**
 * The writes by which somebody is looked at no later than at an instant; none if they are anyway. An earlier look only costs
 * something: it decides by what it finds.
 *
 * @param reminding as it was read
 */
export function woken(reminding: RemindingItem | undefined, { accountId, at, answered }: Wake, now: number): Write[] {
  const dueAt = iso(at);
  if (!reminding)
    return [
      ...or(overtaken, create('Reminding', { accountId, dueAt, covered: iso(now), version: 1 })),
      ...rescheduled(undefined, remindDue(accountId, dueAt)),
    ];
  const unanswered = unansweredSince(reminding, answered);
  const clears = unanswered.length < (reminding.unanswered?.length ?? 0);
  const known = reminding.dueAt;
  const comes = known !== undefined && known <= dueAt && !isBroken(known, now);
  if (comes && !clears) return [];
  const { after, write } = revised('Reminding', reminding, {
    dueAt: comes ? known : dueAt,
    ...(clears ? { unanswered: unanswered.length > 0 ? unanswered : undefined } : {}),
  });
  return [...or(overtaken, write), ...rescheduled(remindDue(accountId, known), remindDue(accountId, after.dueAt))];
}

/** Has somebody looked at no later than at an instant. */
export const wake = (table: Table, who: Wake, now: number, known?: RemindingItem): Promise<void> => {
  let reading: Promise<RemindingItem | undefined> | undefined = known && Promise.resolve(known);
  return untilSettled(async () => {
    const reminding = await (reading ?? table.get('Reminding', { accountId: who.accountId }));
    reading = undefined;
    const writes = woken(reminding, who, now);
    if (writes.length > 0) await table.commit(writes);
  });
};

/** Nobody is reminded any more: what is kept of an account goes, with its entry among what is due. Idempotent. */
export const endReminders = (table: Table, accountId: string): Promise<void> =>
  untilSettled(async () => {
    const reminding = await table.get('Reminding', { accountId });
    if (!reminding) return;
    await table.commit([
      or(overtaken, remove('Reminding', { accountId }, is('version', reminding.version))),
      rescheduled(remindDue(accountId, reminding.dueAt), undefined),
    ]);
  });
