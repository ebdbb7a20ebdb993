/** What an excuse writes when it is asked for, wherever that is. */
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { ask } from '../../../shared/data/outbox.ts';
import { or, type Part, type Reference, ref } from '../../../shared/data/table.ts';
import { type ConditionOn, create, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import { type Excused, excusedIn } from '../../groups/core/excused-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { judgesOf } from '../../groups/core/managers.ts';
import type { MemberMonthItem } from '../missions/items.ts';
import { monthUsed } from '../missions/months.ts';
import type { ExcuseItem } from './items.ts';
import { excuseNews } from './news.ts';
import { daysByMonth, isFree } from './rules.ts';

interface Wanted {
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  /** How many days of a month are excused without a grant. */
  readonly used: (month: string) => number;
  /** Granted in any case, and no month counts it. */
  readonly always?: true;
}

/**
 * An excuse with its writes, except that of the membership, which the caller makes.
 *
 * @returns granted: what the membership is to keep, if the excuse needs no grant
 */
export function askedExcuse(
  group: GroupItem,
  member: MembershipItem,
  { from, until, reason, used, always }: Wanted,
  now: number,
): { readonly excuse: ExcuseItem; readonly granted: readonly Excused[] | undefined; readonly writes: Part } {
  const { groupId, accountId } = member;
  const free = !always && isFree({ from, until }, used, group.excusesNeedApproval ?? false);
  const excuseId = newId(now);
  const wanted = { groupId, excuseId, accountId, from, until, reason, version: 1, createdAt: iso(now) };
  if (always || free) {
    const excuse: ExcuseItem = { ...wanted, state: 'GRANTED', ...(free ? { free } : {}) };
    const granted = [...excusedIn(member), { excuseId, from, until }];
    return { excuse, granted, writes: [free && usedDays(excuse), create('Excuse', excuse)] };
  }
  const { asked, write } = ask(excuseNews.requested, now, {
    ...{ to: judgesOf(group), by: accountId, title: group.title, from, until, groupId },
  });
  const excuse: ExcuseItem = { ...wanted, state: 'PENDING', waitingIn: groupId, askedBy: asked };
  return { excuse, granted: undefined, writes: [create('Excuse', excuse), write] };
}

const usedDays = (excuse: ExcuseItem): Write[] =>
  [...daysByMonth(excuse)].flatMap(([month, days]) =>
    or(overtaken, monthUsed(excuse, month, 'excused', limits.excuse.freeDays, days)),
  );

type MonthRefs = { readonly [month: `month ${string}`]: Reference<MemberMonthItem> };

/** The months of a range; of one that is too long, those that a range may have. */
export function monthRefs(
  groupId: string,
  accountId: string,
  { from, until }: { readonly from: string; readonly until: string },
): MonthRefs {
  if (until < from) return {};
  const last = until.slice(0, 7);
  const months = [...daysByMonth({ from, until: last > from.slice(0, 7) ? capped(from, until) : until }).keys()];
  return Object.fromEntries(
    months.map((month) => [`month ${month}`, ref('MemberMonth', { groupId, accountId, month })] as const),
  );
}

/** What of each month is used, of months that were read. */
export const usedIn = (found: object) => (month: string) =>
  (found as { readonly [month: `month ${string}`]: MemberMonthItem | undefined })[`month ${month}`]?.excused ?? 0;

/** A later end is refused in any case. */
const capped = (from: string, until: string) => {
  const most = iso(Date.parse(`${from}T00:00:00Z`) + limits.excuse.mostDays * 86_400_000).slice(0, 10);
  return until < most ? until : most;
};

/** The condition that a membership has the excused days that were read. */
export const asExcused = ({ excused }: MembershipItem): ConditionOn<'Membership'> =>
  excused === undefined ? absent('excused') : is('excused', excused);

export const viewOf = (excuse: ExcuseItem) => ({
  ...excuse,
  id: excuse.excuseId,
  refusal: excuse.refusal ?? null,
});
