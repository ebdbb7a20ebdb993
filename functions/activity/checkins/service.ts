/** Row 156: a code shown by those who lead is taken as attendance. It is a signal, not a proof: a code can be read out over a call. */
import { memberOf, memberWho } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { fingerprint } from '../../../shared/core/ids.ts';
import { addDays, daySeconds, iso, startOfDay, ttl } from '../../../shared/core/time.ts';
import { anyOf, below, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { charged, isSpent, quotaKey, tooMany, type Use, unspent } from '../../../shared/data/quota.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { type Arriving, arrivalRefs, arrive, requested } from '../attendance/arriving.ts';
import type { Meeting } from '../attendance/items.ts';
import { dayAt } from '../attendance/rules.ts';
import { seasonsRef } from '../seasons/service.ts';
import type { contract } from './contract.ts';
import { codesFrom, isAt, isOpen, isTaken, type Position, windowOf } from './rules.ts';

type Routes = typeof contract.routes;

/** One read. The secret is made with the plan, so that showing writes nothing. */
export async function showCodes(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['showCodes']>,
  { table }: Kernel,
): Promise<Answer<Routes['showCodes']>> {
  const { group, plan, seasons } = await memberWho(table, 'judgeAttendance', groupId, accountId, {
    plan: ref('AttendancePlan', { groupId }),
    seasons: seasonsRef(groupId),
  });
  const { state, day, meeting, times } = dayAt({ group, plan, seasons: seasons?.list ?? [] }, now);
  if (state !== 'OPEN' || !meeting || !times || !plan?.codeSecret)
    return { body: { now: iso(now), meeting: null, codes: [] } };
  const window = windowOf(times, day, group.timeZone);
  return {
    body: {
      now: iso(now),
      meeting: {
        ...{ day, place: meeting.place ?? null, startsAt: iso(times.startsAt) },
        ...{ opensAt: iso(window.opensAt), closesAt: iso(window.closesAt) },
      },
      codes: codesFrom(plan.codeSecret, window, now),
    },
  };
}

/**
 * A wrong code is counted by the write that refuses it, and a right one is taken only while the count has room: simultaneous
 * guesses cannot exceed the limit. What shows that the member is there, and the attendance, are one transaction.
 */
export async function checkIn(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['checkIn']>,
  { table }: Kernel,
): Promise<Answer<Routes['checkIn']>> {
  const hash = fingerprint('check-in device', groupId, body.device.toLowerCase());
  const found = await memberOf(table, groupId, accountId, {
    ...arrivalRefs(groupId, accountId),
    claim: ref('CheckInDevice', { hash }),
  });
  const { group, plan, seasons, claim } = found;
  const { state, day, meeting, times } = dayAt({ group, plan, seasons: seasons?.list ?? [] }, now);
  if (state !== 'OPEN' || !meeting || !times || !plan?.codeSecret) throw new Problem('CHECK_IN_CLOSED');
  const window = windowOf(times, day, group.timeZone);
  if (!isOpen(window, now)) throw new Problem('CHECK_IN_CLOSED');
  const use = triesOf(groupId, accountId, day, group.timeZone);
  if (!isTaken(plan.codeSecret, body.code, window, now)) {
    await table.commit([{ ...charged(use, now), or: triesUsed(use, now) }]);
    throw new Problem('CHECK_IN_CODE_WRONG');
  }
  const isShared = claim?.day === day && claim.accountId !== accountId;
  const entering = entered(table, found, now, { isShared, meeting, position: body.position });
  const { view, writes } = await entering.catch(async (refusal: unknown) => {
    // Whoever has used up the tries does not learn that a code is right.
    throw isSpent(use, await table.get('Quota', quotaKey(use, now))) ? triesUsed(use, now) : refusal;
  });
  const answer = { body: view };
  const claimed = create(
    'CheckInDevice',
    { hash, groupId, day, accountId },
    {
      expiresAt: ttl(now) + limits.checkIn.keptDays * daySeconds,
      orWhen: anyOf(below('day', day), is('accountId', accountId)),
    },
  );
  // Of two members at once on one device the second one finds the claim of the first one when it decides again.
  await table.commit(
    [{ ...unspent(use, now), or: triesUsed(use, now) }, !isShared && or(overtaken, claimed), ...writes],
    answer,
  );
  return answer;
}

interface Entry {
  readonly isShared: boolean;
  readonly meeting: Meeting;
  readonly position: Position | undefined;
}

/**
 * What a right code comes to. A manager can read the code without being there, and nobody decides on themselves (row 125): theirs is a
 * request that waits for somebody else. A leader needs nobody, as when they ask.
 */
async function entered(table: Kernel['table'], found: Arriving, now: number, { isShared, meeting, position }: Entry) {
  requirePlace(meeting, position);
  const { role } = found.member;
  if (isShared) return requested(table, found, now, { sharedDevice: true });
  return role !== 'LEADER' && may(role, 'judgeAttendance') ? requested(table, found, now) : arrive(table, found, now);
}

/** Row 156: five tries a day of the group: midnight there, and not that of UTC, gives new ones. */
const triesOf = (groupId: string, accountId: string, day: string, timeZone: string): Use => ({
  ...{ limit: 'checkIn', subject: `${groupId}:${accountId}` },
  until: startOfDay(addDays(day, 1), timeZone),
});

/** Whoever has used them up does not wait for the next day, but asks for attendance. */
const triesUsed = (use: Use, now: number) =>
  new Problem('CHECK_IN_TRIES_USED', { retryAfter: tooMany(use, now).retryAfter ?? 1 });

/** A position is compared and forgotten. */
function requirePlace({ position: place }: Meeting, position: Position | undefined): void {
  if (place && !(position && isAt(position, place))) throw new Problem('CHECK_IN_ELSEWHERE');
}
