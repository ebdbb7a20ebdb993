/**
 * The end of a poll. It is closed by one write, which every vote checks; so each ballot is before the closing or refused. The
 * result follows by the stream, once.
 */
import { inParallel } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import type { KeyOf } from '../../../shared/data/keys.ts';
import { nothing, overtaken } from '../../../shared/data/meaning.ts';
import { or, type Part, type Table } from '../../../shared/data/table.ts';
import { patch, type Write } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { PollItem } from './items.ts';
import { pollNews } from './news.ts';
import { countedIn, isOpenAt, placeOf, tallyOf, wasPresentAt } from './rules.ts';
import { ballotsOf, keyOfSubject, membershipsOf } from './store.ts';
import { audienceOf, toldOf } from './telling.ts';

const closing = (poll: KeyOf<'Poll'>, since: string, by?: string): Write =>
  patch(
    'Poll',
    poll,
    { set: { state: 'CLOSED', since, place: placeOf('CLOSED', since), ...(by === undefined ? {} : { closedBy: by }) } },
    is('state', 'OPEN'),
  );

const atOnce = 20;

interface Closing {
  readonly still: Part;
  readonly by: string;
  readonly now: number;
  readonly answer: unknown;
}

/** Closes a poll at the word of somebody. One whose time is over ends at its time. */
export async function closeNow(table: Table, poll: PollItem, { still, by, now, answer }: Closing): Promise<void> {
  const since = isOpenAt(poll, now) ? iso(now) : poll.closesAt!;
  await table.commit([still, poll.state === 'OPEN' && or(overtaken, closing(poll, since, by))], answer);
}

/** Closes a poll at its time. */
export async function endPoll({ subject, now }: DueRun, { table }: Kernel): Promise<DueResult> {
  const key = keyOfSubject(subject);
  const poll = await table.get('Poll', key);
  if (poll?.state === 'OPEN' && !isOpenAt(poll, now)) await table.commit(or(nothing, closing(key, poll.closesAt!)));
  return 'done';
}

/**
 * The result of a closed poll: the ballots that count at its closing. Written once, with the news of it, so it
 * stays as it is when people leave or withdraw. Ballots that do not count are marked before: a membership that begins anew no longer
 * tells. Until then whoever asks gets the ballots counted.
 */
export async function writeResult(
  { item, now }: Change<PollItem, Old<PollItem, 'groupId' | 'pollId'>>,
  { table }: Kernel,
): Promise<void> {
  if (item?.state !== 'CLOSED' || item.tally) return;
  const [ballots, members] = await Promise.all([
    ballotsOf(table, item, { consistent: true }),
    membershipsOf(table, item.groupId, { consistent: true }),
  ]);
  const present = new Set(members.filter((each) => wasPresentAt(each, item.since)).map(({ accountId }) => accountId));
  const counts = countedIn(item, (accountId) => present.has(accountId));
  const tally = tallyOf(item.choices, ballots, counts);
  const uncounted = ballots.filter(({ accountId }) => !counts(accountId));
  // Refused where the ballot was erased meanwhile.
  await inParallel(atOnce, uncounted, (ballot) =>
    table.commit(or(nothing, patch('Ballot', ballot, { set: { uncounted: true } }))),
  );
  const audience = await audienceOf(table, item, members);
  await table.commit([
    or(nothing, patch('Poll', item, { set: { tally } }, absent('tally'))),
    await toldOf(
      table,
      pollNews.closed,
      item,
      audience.filter((accountId) => accountId !== item.closedBy),
      now,
    ),
  ]);
}
