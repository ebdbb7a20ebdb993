import * as z from 'zod';
import { because, day, edit, feature, id, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { decisionReason, line } from '../../../shared/product/text-fields.ts';

const { level, count, gym, day: mostOfMonth } = limits.record;

const solved = z.object({ level: z.int(), count: z.int() }).meta({ id: 'SolvedProblems' });

/** Each level once, and at least one problem. */
const isClimbed = (problems: readonly { readonly level: number; readonly count: number }[]) =>
  new Set(problems.map((each) => each.level)).size === problems.length && problems.some((each) => each.count > 0);

const problems = z
  .array(z.strictObject({ level: z.int().min(level.min).max(level.max), count: z.int().min(0).max(count) }))
  .min(1)
  .max(level.max)
  .refine(isClimbed, because('recordLevels'))
  .meta({ examples: [[{ level: 4, count: 3 }]] });

const given = {
  startedAt: instant,
  endedAt: instant.meta({ description: 'On the same day of the group, and not ahead' }),
  gym: line({ min: 1, max: gym }),
  problems,
};

const points = z.number().meta({ description: 'Whole or half points' });

const record = z
  .object({
    id,
    day,
    startedAt: instant,
    endedAt: instant,
    minutes: z.int(),
    gym: z.string(),
    problems: z.array(solved),
    ownLevel: z.int().meta({ description: 'The level when the record was first written' }),
    points,
    counted: points.nullable().meta({
      description: 'The points of it that count in rankings; null if it does not count, also while it is struck',
    }),
    seasonId: id.nullable(),
    week: z.int().nullable(),
    struckAt: instant.nullable().meta({
      description: 'When the leader struck it: it no longer counts. Rankings that had closed by then keep its points',
    }),
    version: z.int().meta({ description: 'It is also the ETag' }),
  })
  .meta({ id: 'ClimbingRecord' });

const totals = {
  records: z.int(),
  minutes: z.int(),
  solved: z.array(solved).meta({ description: 'By level, lowest first' }),
};

const of = id.meta({ description: 'The member whose record it is' });

const all = '/v1/groups/{groupId}/records';
const one = `${all}/{recordId}` as const;

const createRecord = route({
  method: 'POST',
  path: all,
  summary: 'Record a day of climbing',
  description:
    'Members of a club; others get 404. One a day. A problem below your level counts half a point, one of your level a point, one above it two points. A record of this ISO week or the last one counts in rankings, if the club has a season then.',
  auth: 'account',
  body: z.strictObject(given).meta({
    examples: [
      {
        startedAt: '2026-03-02T01:00:00.000Z',
        endedAt: '2026-03-02T02:30:00.000Z',
        gym: 'Rock Valley',
        problems: [{ level: 4, count: 3 }],
      },
    ],
  }),
  status: 201,
  result: record,
  problems: ['NOT_APPLICABLE', 'LEVEL_NEEDED', 'RECORD_EXISTS'],
});

const listRecords = route({
  method: 'GET',
  path: all,
  summary: 'List the records of a month',
  description:
    'Members of the club; others get 404. Your own, or those of the member that `accountId` names. By day, with the totals of that member.',
  auth: 'account',
  query: z.strictObject({
    month: z
      .string()
      .regex(/^2\d{3}-(?:0[1-9]|1[0-2])$/, because('month'))
      .optional()
      .meta({ description: 'Default: this month in the time zone of the group', examples: ['2026-11'] }),
    accountId: id.optional(),
  }),
  result: z.object({
    day: day.meta({ description: 'Today in the group' }),
    month: z.string(),
    account: z.object({ id, nickname: z.string(), picture: thumbnail }),
    level: z.int().nullable().meta({ description: 'The present level, by which a new record gets its points' }),
    totals: z.object(totals).meta({ description: 'All records together, not only those of the month' }),
    items: z.array(record).max(mostOfMonth),
  }),
  problems: ['NOT_APPLICABLE'],
});

const editRecord = route({
  method: 'PATCH',
  path: one,
  summary: 'Edit your record',
  description:
    'Members for their own; others get 404. Its day stays. Points follow the level when the record was first written. Rankings follow if its day is in this ISO week or the last one, and not while it is struck.',
  auth: 'account',
  body: edit({
    startedAt: instant.optional(),
    endedAt: instant.optional(),
    gym: given.gym.optional(),
    problems: problems.optional(),
  }).meta({ examples: [{ problems: [{ level: 5, count: 2 }] }] }),
  result: record,
  problems: ['PRECONDITION_FAILED'],
});

const deleteRecord = route({
  method: 'DELETE',
  path: one,
  summary: 'Delete your record',
  description:
    'Members for their own; others get 404. Totals follow. Rankings follow if its day is in this ISO week or the last one. Until then, a struck record stays.',
  auth: 'account',
  problems: ['RECORD_STRUCK'],
});

const strikeRecord = route({
  method: 'POST',
  path: `${one}/strike`,
  summary: 'Strike a record from the rankings',
  description:
    'Leaders, but not for their own; others get 404. For a record of a present member. Rankings that are open lose its points, closed ones stay. The record and totals stay. The member is notified, with the reason.',
  auth: 'account',
  body: z.strictObject({ accountId: of, reason: decisionReason }),
  result: record,
  problems: ['OWN_DECISION', 'ALREADY_DECIDED', 'PRECONDITION_FAILED'],
});

const restoreRecord = route({
  method: 'POST',
  path: `${one}/restore`,
  summary: 'Let a struck record count again',
  description:
    'Leaders, but not for their own; others get 404. Rankings that are still open get its points back, as the member has edited it since; without any change, the place in a tie stays. Refused once they have all closed. The member is notified.',
  auth: 'account',
  body: z.strictObject({ accountId: of }),
  result: record,
  problems: ['OWN_DECISION', 'ALREADY_DECIDED', 'NOT_APPLICABLE', 'PRECONDITION_FAILED'],
});

const getRecordTotals = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/members/{accountId}/record-totals',
  summary: 'Get what a member has climbed',
  description: 'Members of the club, for every present member; others get 404. All records together.',
  auth: 'account',
  result: z.object(totals).meta({ id: 'RecordTotals' }),
  problems: ['NOT_APPLICABLE'],
});

const getOwnRecordTotals = route({
  method: 'GET',
  path: '/v1/accounts/me/record-totals',
  summary: 'Get what you have climbed',
  description: 'All your records in all clubs together, also in those that you have left.',
  auth: 'account',
  result: z.object(totals).meta({ id: 'OwnRecordTotals' }),
});

export const contract = feature({
  name: 'records',
  summary: 'Climbing records of club members, and their totals',
  routes: {
    ...{ createRecord, listRecords, editRecord, deleteRecord, strikeRecord, restoreRecord },
    ...{ getRecordTotals, getOwnRecordTotals },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'ClubProfile', 'Seasons', 'Record', 'RecordTotals', 'Account'],
      query: ['recordsOfMember', 'recordTotalsOf', 'rosterOfGroup'],
      write: ['Record', 'RecordTotals', 'ScoreMark', 'Decision', 'Outbox'],
      check: ['Membership'],
      readObjects: ['pictures/'],
    },
  },
});
