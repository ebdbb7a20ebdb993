import { isActive } from '../../../shared/access/accounts.ts';
import { inParallel } from '../../../shared/core/parallel.ts';
import { fromIso, iso, minuteMs } from '../../../shared/core/time.ts';
import { due } from '../../../shared/data/due.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { drop, revised } from '../../../shared/data/writes.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { Motivations } from '../../operations/motivations/remembered.ts';
import { chosen } from '../../operations/motivations/rules.ts';
import type { NotificationSettingsItem } from '../../talking/notifications/items.ts';
import { isHeard, loudnessOf } from '../../talking/notifications/volume-rules.ts';
import { type Circle, momentsIn, type Part, type Task } from './moment-rules.ts';
import { confirmed, lastDeedOf, membershipsOf, ownRef, partOf, type Truth } from './part.ts';
import { decide, heardOf, type Past, type Person, type Said, variantOn } from './rules.ts';
import { remindDue, remindingRef } from './waking.ts';
import { encourages, telling, wordsOf } from './words.ts';

type Deps = Kernel & { readonly motivations: Motivations };

const { lateMinutes, mergeMinutes } = limits.reminders;

/**
 * Row 111: reminds somebody, if there is anything to remind of now, and makes the next look due. Both are one transaction, whose
 * version lets one run through: a run that comes twice, late, or after a crash finds that the instant is decided.
 */
export const remind = ({ subject: accountId, now }: DueRun, deps: Deps): Promise<DueResult> =>
  untilSettled(async (): Promise<DueResult> => {
    const { table } = deps;
    const [{ reminding, account, own, settings }, members] = await Promise.all([
      table.getAll({
        reminding: remindingRef(accountId),
        account: ref('Account', { accountId }),
        own: ownRef(accountId),
        settings: ref('NotificationSettings', { accountId }),
      }),
      membershipsOf(table, accountId),
    ]);
    if (!reminding?.dueAt || reminding.dueAt > iso(now)) return 'done';
    if (!account || account.status === 'WITHDRAWN') {
      await table.commit([drop('Reminding', { accountId })]);
      return 'done';
    }
    const part = await partOf(table, { timeZone: account.timeZone, own, members }, now);
    const past: Past = { covered: fromIso(reminding.covered), unanswered: reminding.unanswered ?? [] };
    // Nobody who is suspended, or waits to be approved, is reminded.
    const person = isActive(account) ? await personOf(table, accountId, part, past, now) : { ...part, ...silent };
    const { said, covered, unanswered, next } = decide(person, past, now);
    const dueAt = next === undefined ? undefined : iso(next);
    const { write } = revised('Reminding', reminding, {
      dueAt,
      covered: iso(covered),
      unanswered: unanswered.length > 0 ? unanswered : undefined,
      remindedAt: said ? iso(now) : reminding.remindedAt,
    });
    const entry = remindDue(accountId, dueAt);
    const tasks = said?.entries.flatMap(({ task }) => task ?? []) ?? [];
    await table.commit([
      or(overtaken, write),
      person.stillSo(tasks.slice(0, limits.reminders.named)),
      ...(await tellings(deps, accountId, said, settings, now)),
      entry && due(entry),
    ]);
    return 'done';
  });

/** Somebody as they are now. What is open and what was done is read only where there may be something to say. */
async function personOf(table: Table, accountId: string, part: Part, past: Past, now: number): Promise<Person & Truth> {
  const since = Math.max(past.covered, now - lateMinutes * minuteMs - 1);
  const isNow = momentsIn(part, since, now).length > 0;
  if (!isNow) return { ...part, ...silent };
  const moments = momentsIn(part, since, now + mergeMinutes * minuteMs);
  const circles = new Map<string, Circle>(moments.map(({ circle }) => [circle.groupId, circle]));
  const tasks = new Map<string, Task>(moments.flatMap(({ task }) => (task ? [[task.missionId, task] as const] : [])));
  const [first] = past.unanswered;
  const [truth, lastDeed] = await Promise.all([
    confirmed(table, accountId, { circles: [...circles.values()], tasks: [...tasks.values()] }, now),
    first === undefined ? undefined : lastDeedOf(table, accountId, first),
  ]);
  return { ...part, ...truth, lastDeed };
}

/** Of somebody to whom nothing is said. */
const silent: Truth & Pick<Person, 'lastDeed'> = {
  ...{ isOpen: () => false, rests: () => true, stillSo: () => [] },
  lastDeed: undefined,
};

/** The news of a reminder: of groups that are quiet for the person, in the inbox alone. */
async function tellings(
  deps: Deps,
  accountId: string,
  said: Said | undefined,
  settings: NotificationSettingsItem | undefined,
  now: number,
) {
  if (!said) return [];
  // A line for somebody who has been away is of no group.
  const isLoud = (groupId: string) => said.kind === 'LINE' || isHeard('you', loudnessOf(settings, groupId, now));
  return inParallel(2, heardOf(said, isLoud), async (each) =>
    telling(accountId, await wordsFor(deps, accountId, each.said), now, each.quiet),
  );
}

/** What a reminder says. Its text of encouragement follows from account and day, so a retry has the same. */
async function wordsFor({ table, motivations }: Deps, accountId: string, said: Said) {
  const texts = encourages(said) ? await motivations.current(table) : [];
  return wordsOf(said, chosen(texts, variantOn(said.day), accountId, said.day));
}
