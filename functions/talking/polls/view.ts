import type { Person } from '../../accounts/accounts/people.ts';
import type { PollView, SummaryView } from './contract.ts';
import type { BallotItem, PollItem, Tally } from './items.ts';
import { closedAtOf, showsResults } from './rules.ts';

function commonOf(poll: PollItem, { nickname }: Person, now: number) {
  const { pollId, accountId, question, multiple, anonymous, results, createdAt, closesAt, hiddenAt } = poll;
  const closedAt = closedAtOf(poll, now) ?? null;
  return {
    ...{ id: pollId, question, author: { id: accountId, nickname }, multiple, anonymous, results },
    state: closedAt === null ? ('OPEN' as const) : ('CLOSED' as const),
    ...{ createdAt, closesAt: closesAt ?? null, closedAt, hiddenAt: hiddenAt ?? null },
  };
}

/** A poll as a list shows it. Its result is that which was written, so no ballot is counted for a list. */
export function summaryOf(
  poll: PollItem,
  person: Person,
  { voted, comments }: Pick<SummaryView, 'voted' | 'comments'>,
  now: number,
): SummaryView {
  const { tally, choices } = poll;
  const most = Math.max(1, ...(tally?.counts ?? []));
  return {
    ...commonOf(poll, person, now),
    voted,
    voters: tally?.voters ?? null,
    leading: tally ? choices.filter((_, n) => tally.counts[n] === most).map(({ text }) => text) : null,
    comments,
  };
}

/** A poll with its result, as somebody sees it. */
export function pollView(
  poll: PollItem,
  person: Person,
  { tally, mine }: { readonly tally: Tally; readonly mine: BallotItem | undefined },
  now: number,
): PollView {
  const common = commonOf(poll, person, now);
  const shown = showsResults(poll, { isOpen: common.state === 'OPEN', hasVoted: mine !== undefined });
  return {
    ...common,
    choices: poll.choices.map(({ id, text }, n) => ({ id, text, count: shown ? tally.counts[n]! : null })),
    ...{ shown, voters: tally.voters, mine: mine ? [...mine.choiceIds] : null },
    ...{ begun: poll.begun ?? false, version: poll.version },
  };
}
