/** What polls hold of a person, for their archive and their erasure; and the end of ballots with their poll. */
import { newSecretId } from '../../../shared/core/ids.ts';
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { everyItem, everyPage } from '../../../shared/data/every-item.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { create, drop, patch, remove } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { BallotItem, PollItem } from './items.ts';

const atOnce = 20;

/** The polls of every group that somebody is or was in, a group at a time. */
async function* pollsAround(table: Table, accountId: string): AsyncGenerator<readonly PollItem[]> {
  const groups = await everyItem((cursor) => table.query('groupsOfAccount', { accountId }, { limit: 50, cursor }));
  for (const { groupId } of groups)
    yield* everyPage((cursor) => table.query('pollsOfGroup', { groupId }, { limit: 100, cursor, consistent: true }));
}

/** The polls that somebody has made. */
export async function pollsBy(table: Table, accountId: string): Promise<PollItem[]> {
  const own: PollItem[] = [];
  for await (const page of pollsAround(table, accountId))
    own.push(...page.filter((each) => each.accountId === accountId));
  return own;
}

/** What somebody has voted, with what it means. Nobody else's archive has it. */
export async function ballotsBy(table: Table, accountId: string) {
  const own: { readonly ballot: BallotItem; readonly question: string; readonly chosen: readonly string[] }[] = [];
  for await (const page of pollsAround(table, accountId))
    for (const some of piecesOf(100, page)) {
      const wanted: { [ballot: `ballot ${string}`]: Reference<BallotItem> } = {};
      for (const { groupId, pollId } of some)
        wanted[`ballot ${pollId}`] = ref('Ballot', { groupId, pollId, accountId });
      const found = await table.getAll(wanted);
      for (const { pollId, question, choices } of some) {
        const ballot = found[`ballot ${pollId}`];
        if (!ballot) continue;
        const chosen = choices.filter(({ id }) => ballot.choiceIds.includes(id)).map(({ text }) => text);
        own.push({ ballot, question, chosen });
      }
    }
  return own;
}

/** The ballots of somebody whose account is erased. A result that is written stays as it is. */
export async function forgetBallots(table: Table, accountId: string): Promise<void> {
  for await (const page of pollsAround(table, accountId))
    await inParallel(atOnce, page, (poll) => forgetBallot(table, poll, accountId));
}

/**
 * The ballot of an anonymous poll that is not counted yet becomes nobody's, and goes on to count: if it went, the counts would tell
 * what was chosen.
 */
async function forgetBallot(table: Table, poll: PollItem, accountId: string): Promise<unknown> {
  const { groupId, pollId, anonymous, tally } = poll;
  const key = { groupId, pollId, accountId };
  const ballot = anonymous ? await table.get('Ballot', key) : undefined;
  if (ballot) await table.commit(or(nothing, patch('Ballot', key, { set: { erased: true } })));
  if (!ballot || tally) return table.commit([drop('Ballot', key)]);
  const { choiceIds, votedAt } = ballot;
  const nobodys = { groupId, pollId, accountId: newSecretId(), choiceIds, votedAt, erased: true } as const;
  return table.commit([or(nothing, remove('Ballot', key)), create('Ballot', nobodys)]);
}

/** Ballots go with their poll. A vote that comes later is refused, because it checks the poll. */
export async function dropBallots(
  { old }: Change<PollItem, Old<PollItem, 'groupId' | 'pollId'>>,
  { table }: Kernel,
): Promise<void> {
  if (!old) return;
  const { groupId, pollId } = old;
  const pages = everyPage((cursor) =>
    table.query('ballotsOfGroup', { groupId }, { limit: 100, cursor, between: [pollId, pollId], consistent: true }),
  );
  for await (const page of pages) await inParallel(atOnce, page, (ballot) => table.commit([drop('Ballot', ballot)]));
}
