import { kind } from '../../../shared/data/kind.ts';
import type { PollState, ResultTime } from './values.ts';

export interface PollChoice {
  readonly id: string;
  readonly text: string;
}

/** How often each choice was chosen, in the order of the choices, and by how many people in all. */
export interface Tally {
  readonly counts: readonly number[];
  readonly voters: number;
}

export interface PollItem {
  readonly groupId: string;
  readonly pollId: string;
  readonly accountId: string;
  readonly question: string;
  readonly choices: readonly PollChoice[];
  readonly multiple: boolean;
  readonly anonymous: boolean;
  readonly results: ResultTime;
  /** As it is written. Beyond `closesAt` a poll is closed also before that is written. */
  readonly state: PollState;
  /** When it came into its state: when it was made, or closed. */
  readonly since: string;
  /** Where it is in the list, by both (`placeOf`). */
  readonly place: string;
  readonly createdAt: string;
  readonly closesAt?: string;
  /** Somebody has voted: the question and the choices stay as they are. */
  readonly begun?: true;
  /** Who has closed it before its time, and is not told that it is. */
  readonly closedBy?: string;
  /** The result, written once after the closing. */
  readonly tally?: Tally;
  /** Those who had not voted were reminded. */
  readonly remindedAt?: string;
  readonly hiddenAt?: string;
  readonly version: number;
}

export interface BallotItem {
  readonly groupId: string;
  readonly pollId: string;
  readonly accountId: string;
  readonly choiceIds: readonly string[];
  readonly votedAt: string;
  /** The poll is closed, and its result is without this ballot. */
  readonly uncounted?: true;
  /** Of an anonymous poll: its account is erased. Pages hear of nothing that becomes of it, or they would learn who had voted. */
  readonly erased?: true;
}

export interface PollPulseItem {
  readonly groupId: string;
  readonly pollId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly expiresAt: number;
}

export const items = {
  Poll: kind<PollItem>()({
    about: 'a poll of a group; the list has the open ones first',
    pk: 'POLLS#{groupId}',
    sk: 'POLL#{pollId}',
    gsi1: { pk: 'POLLS_BY_STATE#{groupId}', sk: '{place}#{pollId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'pollsOfGroup' } },
      account: { stays: 'without a name: others have voted in it' },
    },
    archive: { as: 'polls', by: 'pollsBy (talking/polls/own.ts)' },
    secret: ['closedBy', 'place'],
    patterns: {
      pollsOfGroup: { serves: 'every poll of a group' },
      pollsByState: { serves: 'the polls of a group: from the end, open ones and then closed ones', index: 'gsi1' },
    },
  }),
  Ballot: kind<BallotItem>()({
    about: 'what somebody has voted in a poll: one item, which the next vote replaces',
    pk: 'BALLOTS#{groupId}',
    sk: 'BALLOT#{pollId}#{accountId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'ballotsOfGroup' } },
      account: { goes: 'in every group that it is or was in', by: 'forgetBallots (talking/polls/own.ts)' },
    },
    archive: { as: 'ballots', by: 'ballotsBy (talking/polls/own.ts)' },
    patterns: {
      ballotsOfGroup: { serves: 'the ballots of the polls of a group; a range of them is one poll' },
    },
  }),
  PollPulse: kind<PollPulseItem>()({
    about: 'when open pages were last told that people vote in a poll',
    pk: 'POLLPULSES#{groupId}',
    sk: 'PULSE#{pollId}',
    life: '10 min',
    of: { group: 'groupId' },
    fate: { group: { expires: true } },
  }),
} as const;
