import * as z from 'zod';
import { edit, feature, id, instant, pageOf, pageQuery, route, serverEvent } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { line } from '../../../shared/product/text-fields.ts';
import { pollStates, resultTimes } from './values.ts';

const limit = limits.poll;
const question = line({ min: 1, max: limit.question });
const choiceTexts = z
  .array(line({ min: 1, max: limit.choice }))
  .min(limit.fewest)
  .max(limit.most)
  .meta({ description: 'Each says something else', examples: [['Library', 'Café']] });
const results = z.enum(resultTimes).meta({
  description:
    'When results are shown: always, to those who have voted, or after the closing. After it everybody sees them',
});
const author = z.object({ id, nickname: z.string() });

/** What a list and a poll by itself both say. */
const common = {
  id,
  question: z.string(),
  author,
  multiple: z.boolean().meta({ description: 'Whether one may choose several' }),
  anonymous: z.boolean().meta({ description: 'Whether nobody ever learns who voted' }),
  results,
  state: z.enum(pollStates),
  createdAt: instant,
  closesAt: instant.nullable().meta({ description: 'Null for a poll that somebody has to close' }),
  closedAt: instant.nullable(),
  hiddenAt: instant.nullable().meta({ description: 'Hidden by reports; its author and the leader still see it' }),
};

const summary = z
  .object({
    ...common,
    voted: z.boolean().meta({ description: 'Whether you have voted' }),
    voters: z.int().nullable().meta({ description: 'People who voted; null while it is open' }),
    leading: z
      .array(z.string())
      .nullable()
      .meta({ description: 'The choices with the most votes, several if they are equal; null while it is open' }),
    comments: z.int().min(0).meta({ description: 'How many there are. It may lag by a moment' }),
  })
  .meta({ id: 'PollSummary' });
export type SummaryView = z.infer<typeof summary>;

const poll = z
  .object({
    ...common,
    choices: z.array(
      z.object({
        id,
        text: z.string(),
        count: z.int().nullable().meta({ description: 'People who chose it; null while the results are not shown' }),
      }),
    ),
    shown: z.boolean().meta({ description: 'Whether you see the results now' }),
    voters: z.int().meta({ description: 'People who have voted; with several choices not the sum of the counts' }),
    mine: z.array(id).nullable().meta({ description: 'The choices you voted for; null if you have not voted' }),
    begun: z.boolean().meta({ description: 'Whether somebody has voted, so that the poll can no longer be edited' }),
    version: z.int(),
  })
  .meta({ id: 'Poll' });
export type PollView = z.infer<typeof poll>;

const polls = '/v1/groups/{groupId}/polls';
const one = `${polls}/{pollId}` as const;

const makePoll = route({
  method: 'POST',
  path: polls,
  summary: 'Make a poll',
  description:
    'Members; others get 404. All members are notified. With a closing time more than a day ahead, members who have not voted are reminded one day before it.',
  auth: 'account',
  body: z.strictObject({
    question,
    choices: choiceTexts,
    multiple: z.boolean().default(false),
    anonymous: z.boolean().default(false),
    results: results.default('ALWAYS'),
    closesAt: instant.nullable().default(null).meta({ description: 'Within a year' }),
  }),
  status: 201,
  result: poll,
  problems: ['TOO_MANY_REQUESTS'],
});

const listPolls = route({
  method: 'GET',
  path: polls,
  summary: 'List the polls of a group',
  description:
    'Members; others get 404. Open polls first, newest first; then closed ones, last closed first. Polls of people you blocked are left out, so a page may be short.',
  auth: 'account',
  query: z.strictObject(pageQuery),
  result: pageOf(summary),
});

const getPoll = route({
  method: 'GET',
  path: one,
  summary: 'Get a poll with its result',
  description:
    'Members; others get 404. While the poll is open, only ballots of present members count; in an anonymous poll also those of people who have left since, because the counts would tell what they chose. The result after the closing never changes.',
  auth: 'account',
  result: poll,
});

const editPoll = route({
  method: 'PATCH',
  path: one,
  summary: 'Edit a poll before the first vote',
  description: 'Its author; others get 404. Choices are replaced as a whole; one whose text stays keeps its id.',
  auth: 'account',
  body: edit({ question: question.optional(), choices: choiceTexts.optional() }),
  result: poll,
  problems: ['PRECONDITION_FAILED', 'POLL_CLOSED', 'POLL_HAS_BALLOTS'],
});

const deletePoll = route({
  method: 'DELETE',
  path: one,
  summary: 'Delete a poll with its ballots',
  description: 'Its author and the leader; others get 404. Its comments are deleted with it.',
  auth: 'account',
});

const closePoll = route({
  method: 'POST',
  path: `${one}/close`,
  summary: 'Close a poll',
  description:
    'Its author and the leader; others get 404. Members are notified of the result. Idempotent: closing again changes nothing.',
  auth: 'account',
});

const vote = route({
  method: 'PUT',
  path: `${one}/ballot`,
  summary: 'Vote in a poll',
  description:
    'Members; others get 404. Voting again replaces what you chose before. In an anonymous poll, nobody else ever learns that you voted or what you chose.',
  auth: 'account',
  body: z.strictObject({
    choiceIds: z
      .array(id)
      .min(1)
      .max(limit.most)
      .meta({ description: 'One, or several if the poll lets people choose several. The same id twice counts once' }),
  }),
  problems: ['POLL_CLOSED'],
});

const takeBackVote = route({
  method: 'DELETE',
  path: `${one}/ballot`,
  summary: 'Take back your vote',
  description: 'Members; others get 404. Idempotent.',
  auth: 'account',
  problems: ['POLL_CLOSED'],
});

const listVoters = route({
  method: 'GET',
  path: `${one}/voters`,
  summary: 'List who chose a choice',
  description:
    'Members; others get 404. Only for polls that are not anonymous, and once you see the results. People you blocked are left out.',
  auth: 'account',
  query: z.strictObject({ choiceId: id }),
  result: z.object({
    items: z
      .array(z.object({ id, nickname: z.string(), picture: thumbnail }).meta({ id: 'Voter' }))
      .meta({ description: 'The last hundred who voted so, last first' }),
    count: z.int().meta({ description: 'All who chose it' }),
  }),
  problems: ['NOT_APPLICABLE'],
});

const pollChanged = serverEvent({
  name: 'poll.changed',
  summary: 'A poll of a group of yours has changed',
  data: z
    .object({
      groupId: id,
      pollId: id,
      quietSeconds: z.int().min(0).meta({
        description:
          'Other votes of the next seconds are not told: who shows the poll asks again now and after so many seconds',
      }),
    })
    .meta({ id: 'PollChanged', description: 'Somebody has voted, or the poll itself has changed. It never says who' }),
});
export type PollChanged = z.infer<typeof pollChanged.data>;

const keeps = ['groupId', 'pollId'] as const;
const told = {
  read: ['Presence'],
  query: ['membersOfGroup', 'connectionsOfAccount'],
  write: ['Connection', 'Presence'],
  postToSockets: true,
} as const;
/** To count ballots, and to tell of it those who may hear of the poll. */
const counting = {
  read: ['Group', 'ReportCase', 'Reported'],
  query: ['ballotsOfGroup', 'membersOfGroup', 'blockersOf'],
  write: ['Poll', 'Outbox'],
} as const;

export const contract = feature({
  name: 'polls',
  summary: 'Polls of groups',
  routes: { makePoll, listPolls, getPoll, editPoll, deletePoll, closePoll, vote, takeBackVote, listVoters },
  events: { pollChanged },
  consumers: {
    writeResult: {
      summary: 'Writes the result of a closed poll, and tells members',
      entity: 'Poll',
      on: ['MODIFY'],
      lane: 'live',
      rights: { ...counting, write: [...counting.write, 'Ballot'] },
      keeps,
    },
    tellOfVote: {
      summary: 'Tells open pages that people vote in a poll',
      entity: 'Ballot',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'live',
      rights: { ...told, write: [...told.write, 'PollPulse'] },
      keeps: [...keeps, 'erased'],
    },
    tellOfPoll: {
      summary: 'Tells open pages that a poll has changed',
      entity: 'Poll',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'live',
      rights: told,
      keeps,
    },
    dropBallots: {
      summary: 'Deletes the ballots of a poll that was deleted',
      entity: 'Poll',
      on: ['REMOVE'],
      lane: 'live',
      rights: { query: ['ballotsOfGroup'], remove: ['Ballot'] },
      keeps,
    },
  },
  due: {
    endPoll: { summary: 'Closes a poll at its time', rights: { read: ['Poll'], write: ['Poll'] } },
    remindOfPoll: {
      summary: 'Reminds members who have not voted a day before the end',
      rights: { ...counting, read: [...counting.read, 'Poll'] },
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Poll', 'Ballot', 'Reported', 'Account', 'CommentCount'],
      query: [
        'pollsByState',
        'ballotsOfGroup',
        'membersOfGroup',
        'rosterOfGroup',
        'blocksOfAccount',
        'commentCountsOfGroup',
      ],
      write: ['Poll', 'Ballot', 'Due', 'Outbox', 'Quota'],
      check: ['Membership', 'Poll'],
      readObjects: ['pictures/'],
    },
  },
});
