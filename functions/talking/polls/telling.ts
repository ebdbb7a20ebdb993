/** Who hears of a poll: in the inbox, and on open pages. */
import type { Sockets } from '../../../shared/adapters/sockets.ts';
import { piecesOf } from '../../../shared/core/parallel.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, atMost, is } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { or, type Part, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { patch, upsert } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { blockersOf } from '../../accounts/blocks/service.ts';
import type { ReportedItem } from '../../activity/written/items.ts';
import { hasReported, reportedRef, subjectOf } from '../../activity/written/reported.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { tellOpenPages } from '../connections/open-pages.ts';
import type { PollChanged } from './contract.ts';
import type { BallotItem, PollItem } from './items.ts';
import { pollNews } from './news.ts';
import { isOpenAt } from './rules.ts';
import { ballotsOf, keyOfSubject } from './store.ts';

const { toldAtOnce, pulseSeconds } = limits.poll;

/**
 * The members who hear how a poll goes on: they are present, have not blocked its author, and have not reported it. Nobody
 * hears of one that is hidden.
 */
export async function audienceOf(table: Table, poll: PollItem, members: readonly MembershipItem[]): Promise<string[]> {
  if (poll.hiddenAt !== undefined) return [];
  const { groupId, accountId } = poll;
  const subject = subjectOf('poll', poll);
  const [blockers, { known }] = await Promise.all([
    blockersOf(table, accountId),
    table.getAll({ known: ref('ReportCase', { groupId, subject }) }),
  ]);
  const present = members
    .filter((member) => member.state === 'ACTIVE' && !blockers.has(member.accountId))
    .map((member) => member.accountId);
  // Hardly any poll was ever reported: then nobody is asked.
  if (!known) return present;
  const pieces = piecesOf(100, present).map(async (some) => {
    const wanted: { [reporter: `by ${string}`]: Reference<ReportedItem> } = {};
    for (const each of some) wanted[`by ${each}`] = reportedRef(each, groupId);
    const reported = await table.getAll(wanted);
    return some.filter((each) => !hasReported(reported[`by ${each}`], subject));
  });
  return (await Promise.all(pieces)).flat();
}

/** The news of a poll for some people: a hundred with one event, because a delivery has two seconds. */
export async function toldOf(
  table: Table,
  news: typeof pollNews.closed | typeof pollNews.ending,
  { groupId, pollId, question }: PollItem,
  to: readonly string[],
  now: number,
): Promise<Part> {
  if (to.length === 0) return [];
  const group = await table.get('Group', { groupId });
  if (!group || group.deletedAt) return [];
  const telling = { by: byItself, title: group.title, question, groupId, pollId };
  return piecesOf(toldAtOnce, to).map((some) =>
    tell<typeof pollNews.closed>(news as never, now, { ...telling, to: some }),
  );
}

/** Row 353: a day before the end, members who have not voted are reminded, once. */
export async function remindOfPoll({ subject, now }: DueRun, { table }: Kernel): Promise<DueResult> {
  const poll = await table.get('Poll', keyOfSubject(subject));
  if (!poll || poll.remindedAt !== undefined || !isOpenAt(poll, now)) return 'done';
  const [ballots, members] = await Promise.all([
    ballotsOf(table, poll, { consistent: true }),
    presentMembers(table, poll.groupId),
  ]);
  const voters = new Set(ballots.map(({ accountId }) => accountId));
  const audience = (await audienceOf(table, poll, members)).filter((accountId) => !voters.has(accountId));
  const once = allOf<'state' | 'remindedAt'>(is('state', 'OPEN'), absent('remindedAt'));
  await table.commit([
    or(nothing, patch('Poll', poll, { set: { remindedAt: iso(now) } }, once)),
    await toldOf(table, pollNews.ending, poll, audience, now),
  ]);
  return 'done';
}

type Telling = Kernel & { readonly sockets: Sockets };
type Moment = Pick<Change, 'now' | 'signal'>;
type Kept<T extends PollItem | BallotItem> = Old<T, 'groupId' | 'pollId'>;

/** Members with an open page are told that a poll has changed, and for how long other votes in it are not told. */
async function tellPages(
  { table, sockets }: Telling,
  { groupId, pollId }: Kept<PollItem | BallotItem>,
  quietSeconds: number,
  moment: Moment,
): Promise<void> {
  const data: PollChanged = { groupId, pollId, quietSeconds };
  const members = await presentMembers(table, groupId);
  const told = members.map(({ accountId }) => ({ accountId, data }));
  await tellOpenPages({ table, sockets }, 'poll.changed', told, moment);
}

/**
 * Somebody has voted. One event in five seconds is enough, because who gets it asks again when they are over: a group of 500
 * that votes at once makes no storm.
 *
 * It never fails: a change that is parked carries its key, and that of a ballot names the voter. Who missed the event sees the
 * poll as it is when they open it.
 */
export async function tellOfVote(
  { item, old, now, signal }: Change<BallotItem, Kept<BallotItem>>,
  deps: Telling,
): Promise<void> {
  const ballot = item ?? old;
  if (!ballot || item?.uncounted || ballot.erased) return;
  const { groupId, pollId } = ballot;
  const isQuiet = anyOf(absent('at'), atMost('at', now - pulseSeconds * 1000));
  const pulse = upsert('PollPulse', { groupId, pollId }, { set: { at: now, expiresAt: ttl(now) + 600 } }, isQuiet);
  try {
    if (await deps.table.commit(or(nothing, pulse)))
      await tellPages(deps, { groupId, pollId }, pulseSeconds, { now, signal });
  } catch (error) {
    deps.log.warn({ error }, 'open pages were not told of a vote');
  }
}

/** A poll was made, edited, closed, hidden or deleted, or has its result. */
export async function tellOfPoll(
  { item, old, again, now, signal }: Change<PollItem, Kept<PollItem>>,
  deps: Telling,
): Promise<void> {
  const poll = item ?? old;
  if (!poll || (!again && item && old && asShown(item) === asShown(old))) return;
  await tellPages(deps, poll, 0, { now, signal });
}

const asShown = ({ version, state, hiddenAt, tally }: Partial<PollItem>) =>
  JSON.stringify([version, state, hiddenAt, tally]);
