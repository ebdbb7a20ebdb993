import { daysAfter, fromIso } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { BallotItem, PollChoice, PollItem, Tally } from './items.ts';
import type { PollState } from './values.ts';

const limit = limits.poll;

/** Whether people may vote. At the very millisecond of its end, a poll is closed. */
export const isOpenAt = ({ state, closesAt }: Pick<PollItem, 'state' | 'closesAt'>, now: number): boolean =>
  state === 'OPEN' && (closesAt === undefined || now < fromIso(closesAt));

/** When a poll was closed, also if that is not written yet; undefined while it is open. */
export const closedAtOf = (poll: Pick<PollItem, 'state' | 'closesAt' | 'since'>, now: number): string | undefined => {
  if (poll.state === 'CLOSED') return poll.since;
  return isOpenAt(poll, now) ? undefined : poll.closesAt;
};

/** The place of a poll among those of its group: read from the end, the open ones come first, and then those closed last. */
export const placeOf = (state: PollState, since: string): string => `${state}.${since}`;

/** Row 353: whether somebody sees the results. Nobody sees them earlier than others, whatever their role. */
export const showsResults = (
  { results }: Pick<PollItem, 'results'>,
  { isOpen, hasVoted }: { readonly isOpen: boolean; readonly hasVoted: boolean },
): boolean => !isOpen || results === 'ALWAYS' || (results === 'AFTER_VOTE' && hasVoted);

/**
 * Whose ballots count: those of members. In an anonymous poll all that were cast, whoever has left since: the counts before and
 * after somebody leaves would tell what they chose.
 */
export const countedIn =
  ({ anonymous }: Pick<PollItem, 'anonymous'>, isMember: (accountId: string) => boolean) =>
  (accountId: string): boolean =>
    anonymous || isMember(accountId);

/**
 * Counts ballots.
 *
 * @param counts whether the ballot of an account counts
 */
export function tallyOf(
  choices: readonly PollChoice[],
  ballots: readonly Pick<BallotItem, 'accountId' | 'choiceIds'>[],
  counts: (accountId: string) => boolean,
): Tally {
  const byChoice = new Map(choices.map(({ id }) => [id, 0]));
  let voters = 0;
  for (const { accountId, choiceIds } of ballots) {
    if (!counts(accountId)) continue;
    voters++;
    for (const id of choiceIds) byChoice.set(id, (byChoice.get(id) ?? 0) + 1);
  }
  return { counts: choices.map(({ id }) => byChoice.get(id)!), voters };
}

interface Part {
  readonly state: string;
  readonly joinedAt: string;
  readonly leftAt?: string;
}

/** Whether somebody was in the group at an instant, as far as their membership tells. */
export const wasPresentAt = ({ state, joinedAt, leftAt }: Part, instant: string): boolean =>
  joinedAt <= instant && (state === 'ACTIVE' || (leftAt !== undefined && leftAt > instant));

/** Whether a poll may end at an instant: later than now, within a year. */
export const mayEndAt = (closesAt: string, now: number): boolean =>
  fromIso(closesAt) > now && fromIso(closesAt) <= now + limit.longestMs;

/** When those are reminded who have not voted: a day before the end, if the poll takes longer than that. */
export function remindsAt({ createdAt, closesAt }: Pick<PollItem, 'createdAt' | 'closesAt'>): string | undefined {
  if (closesAt === undefined) return undefined;
  const at = daysAfter(closesAt, -1);
  return at > createdAt ? at : undefined;
}

/** Why the choices of a vote are refused; undefined if they are fine. */
export function voteError(
  { choices, multiple }: Pick<PollItem, 'choices' | 'multiple'>,
  choiceIds: readonly string[],
): 'pollChoice' | 'pollOneChoice' | undefined {
  const known = new Set(choices.map(({ id }) => id));
  if (!choiceIds.every((id) => known.has(id))) return 'pollChoice';
  return !multiple && choiceIds.length > 1 ? 'pollOneChoice' : undefined;
}

/** The choices after an edit: one whose text stays keeps its id. */
export const choicesOf = (texts: readonly string[], before: readonly PollChoice[], newId: () => string): PollChoice[] =>
  texts.map((text) => ({ id: before.find((choice) => choice.text === text)?.id ?? newId(), text }));

/** The place of the first choice that says what one before it says, as people read them; -1 if each is different. */
export function twinAt(texts: readonly string[]): number {
  const read = texts.map((text) => text.toLowerCase());
  return read.findIndex((text, at) => read.indexOf(text) < at);
}
