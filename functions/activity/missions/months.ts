/** What a member may do so many times a month in a group: certify late, make up for missed days, be excused. */
import { dayMs, fromIso, ttl } from '../../../shared/core/time.ts';
import { absent, anyOf, atMost } from '../../../shared/data/conditions.ts';
import { type ConditionOn, type UpdateOf, upsert } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';

type Use = 'late' | 'madeUp' | 'excused';

const keyOf = ({ groupId, accountId }: { readonly groupId: string; readonly accountId: string }, month: string) => ({
  ...{ groupId, accountId, month },
});

const endOf = (month: string) => ttl(fromIso(`${month}-01`) + limits.memberMonthDays * dayMs);

/** The month of a day. */
export const monthOf = (day: string) => day.slice(0, 7);

/** Counts uses in a month. Refused where there would be more than `most`. */
export function monthUsed(
  member: { readonly groupId: string; readonly accountId: string },
  month: string,
  use: Use,
  most: number,
  count = 1,
): UpdateOf<'MemberMonth'> {
  const room: ConditionOn<'MemberMonth'> = anyOf(absent(use), atMost(use, most - count));
  return upsert('MemberMonth', keyOf(member, month), { add: { [use]: count }, set: { expiresAt: endOf(month) } }, room);
}

/** Gives uses back. It is never refused. */
export const monthFreed = (
  member: { readonly groupId: string; readonly accountId: string },
  month: string,
  use: Use,
  count = 1,
): UpdateOf<'MemberMonth'> =>
  upsert('MemberMonth', keyOf(member, month), { add: { [use]: -count }, set: { expiresAt: endOf(month) } });
