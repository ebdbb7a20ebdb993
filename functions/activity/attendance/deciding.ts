/** Rows 99, 115, 124: decisions on attendances, several at once, and corrections. */
import { memberWho, seen, stillMay, stillMember } from '../../../shared/access/access.ts';
import { localDay } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { answered, tell } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import { type Found, or, type Part, type Reference, ref } from '../../../shared/data/table.ts';
import { revised } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { daysOfWeek, weeksIn } from '../seasons/rules.ts';
import { seasonsRef } from '../seasons/service.ts';
import type { contract } from './contract.ts';
import type { AttendanceItem } from './items.ts';
import { attendanceNews } from './news.ts';
import { keyOfId, periodOf, seasonsIn, weekIdOf } from './rules.ts';
import { attendanceRef, countsMoved, made } from './store.ts';
import type { AttendanceDecision, AttendanceState } from './values.ts';
import { viewOf } from './view.ts';
import { results } from './words.ts';

type Routes = typeof contract.routes;
type Results = Answer<Routes['decideAttendances']>['body']['results'];
type Rows = { readonly [attendance: `attendance ${string}`]: Reference<AttendanceItem> };

interface Decision {
  readonly group: GroupItem;
  readonly by: string;
  readonly reason: string | undefined;
  readonly override: boolean;
  readonly now: number;
}

/** Each in a transaction of its own, one after another: they share the membership of whoever decides. */
export async function decideAttendances(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['decideAttendances']>,
  { table }: Kernel,
): Promise<Answer<Routes['decideAttendances']>> {
  const { ids, decision, reason, override } = body;
  const rows: Rows = Object.fromEntries(
    ids.map((id) => [`attendance ${id}`, attendanceRef({ groupId, ...keyOfId(id) })]),
  );
  const found = await memberWho(table, 'judgeAttendance', groupId, accountId, rows);
  const how: Decision = { group: found.group, by: accountId, reason, override, now };
  const done: Results = [];
  for (const id of ids) {
    let read = (found as Found<Rows>)[`attendance ${id}`];
    try {
      const state = await untilSettled(async () => {
        const before = seen(read);
        if (before.accountId === accountId) throw new Problem('OWN_DECISION');
        if (before.decidedBy === accountId && isResult(decision, before.state)) return before.state;
        if (before.state !== 'PENDING') throw new Problem('ALREADY_DECIDED');
        const { after, writes } = decision === 'ACCEPTED' ? acceptance(before, how) : rejection(before, how);
        try {
          await table.commit(writes);
        } catch (error) {
          read = await table.get('Attendance', before);
          throw error;
        }
        return after.state;
      });
      done.push({ id, state, problem: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const title = catalogOf(locale).problems[error.code];
      done.push({ id, state: null, problem: { code: error.code, title } });
    }
  }
  const answer = { body: { results: done } };
  // Keeps the answer for a repetition; one without a key finds them decided.
  await table.commit([], answer);
  return answer;
}

/** Whether a state is what a decision leads to. A repetition finds its own decisions, and goes on with the others. */
const isResult = (decision: AttendanceDecision, state: AttendanceState) =>
  decision === 'REJECTED' ? state === 'REJECTED' : state === 'PRESENT' || state === 'LATE';

function acceptance(before: AttendanceItem, how: Decision) {
  const state = before.late ? 'LATE' : 'PRESENT';
  const alternate = before.alternate && 'COUNTED';
  const { after, write } = settled(before, { state, alternate, decidedBy: how.by });
  const { groupId } = before;
  const telling = { to: [before.accountId], by: how.by, title: how.group.title, result: results[state], groupId };
  return {
    after,
    writes: [
      ...common(before, after, write, how),
      countsMoved(before, after, { limited: !how.override }),
      tell(attendanceNews.accepted, how.now, telling),
    ],
  };
}

function rejection(before: AttendanceItem, how: Decision) {
  const { reason = '' } = how;
  const { after, write } = settled(before, { state: 'REJECTED', reason, decidedBy: how.by });
  const { groupId } = before;
  const telling = { to: [before.accountId], by: how.by, title: how.group.title, reason, groupId };
  return {
    after,
    writes: [...common(before, after, write, how), tell(attendanceNews.rejected, how.now, telling)],
  };
}

/**
 * An attendance that waits no longer, if it is the request that was read: a rejected one may have been asked for anew in between,
 * and that one nobody has seen.
 */
export function settled(
  before: AttendanceItem,
  changes: Partial<Pick<AttendanceItem, 'state' | 'alternate' | 'reason' | 'decidedBy'>>,
) {
  const { requestedAt = '' } = before;
  return revised(
    'Attendance',
    before,
    { ...changes, waitingIn: undefined, askedBy: undefined },
    ...[is('state', 'PENDING'), is('requestedAt', requestedAt)],
  );
}

function common(
  before: AttendanceItem,
  after: AttendanceItem,
  write: ReturnType<typeof settled>['write'],
  { by, reason, now }: Decision,
): Part[] {
  return [
    stillMay('judgeAttendance', before.groupId, by),
    // A request of somebody who has left is not there, as in the list of what waits.
    stillMember(before.groupId, before.accountId),
    or(overtaken, write),
    recorded(before, after, by, reason, now),
    answered(before.askedBy, now),
  ];
}

const recorded = (
  before: AttendanceItem | undefined,
  after: AttendanceItem,
  by: string,
  reason: string | undefined,
  now: number,
) =>
  decided(now, {
    scopeId: after.groupId,
    by,
    subject: `attendance:${after.accountId}:${after.weekId}`,
    before: before?.state ?? 'NONE',
    after: after.state,
    reason,
  });

/** Alternates beyond those of a season are not refused here: whoever corrects has looked at it. */
export async function correctAttendance(
  { params: { groupId }, body, account, now }: RouteRequest<Routes['correctAttendance']>,
  { table }: Kernel,
): Promise<Answer<Routes['correctAttendance']>> {
  const { accountId, seasonId, week, state, reason } = body;
  const weekId = weekIdOf(seasonId, week);
  const { group, seasons, target, before } = await memberWho(table, 'judgeAttendance', groupId, account.accountId, {
    seasons: seasonsRef(groupId),
    target: ref('Membership', { groupId, accountId }),
    before: attendanceRef({ groupId, weekId, accountId }),
  });
  seen(target, (member) => member.state === 'ACTIVE');
  if (accountId === account.accountId) throw new Problem('OWN_DECISION');
  const all = [...seasonsIn({ group, seasons: seasons?.list ?? [] }), periodOf(group)];
  const season = seen(
    all.find((each) => each.seasonId === seasonId),
    (each) => week <= weeksIn(each),
  );
  const { from } = daysOfWeek(season, week);
  if (from > localDay(now, group.timeZone) || before?.state === 'PENDING') throw new Problem('NOT_APPLICABLE');
  if (before?.state === state) {
    const answer = { body: viewOf(before) };
    await table.commit([], answer);
    return answer;
  }
  const alternate = before?.alternate && (state === 'PRESENT' || state === 'LATE' ? 'COUNTED' : 'ASKED');
  const fresh = { groupId, accountId, seasonId, week, weekId, state, day: from };
  const { after, write } = before
    ? revised(
        'Attendance',
        before,
        { state, alternate, reason: undefined, decidedBy: account.accountId },
        is('state', before.state),
      )
    : made({ ...fresh, decidedBy: account.accountId });
  const telling = { to: [accountId], by: account.accountId, title: group.title, day: after.day, groupId };
  const answer = { body: viewOf(after) };
  await table.commit(
    [
      stillMay('judgeAttendance', groupId, account.accountId),
      stillMember(groupId, accountId),
      charged({ limit: 'correction', subject: account.accountId }, now),
      or(overtaken, write),
      countsMoved(before, after),
      recorded(before, after, account.accountId, reason, now),
      tell(attendanceNews.corrected, now, { ...telling, result: results[state] }),
    ],
    answer,
  );
  return answer;
}
