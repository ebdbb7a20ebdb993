import * as z from 'zod';
import { day, feature, id, instant, pageQuery, route } from '../../../shared/core/contract.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { season } from '../seasons/fields.ts';

const person = z.object({ id, nickname: z.string(), picture: thumbnail });

const week = z.coerce
  .number<number>()
  .int()
  .min(1)
  .max(53)
  .optional()
  .meta({ description: 'A week of the season; without it, the whole season' });

const points = z.number().meta({ description: 'Whole or half points' });

/** One's own place. */
const place = {
  rank: z
    .int()
    .nullable()
    .meta({ description: 'One more than the number of members with more points: 1, 1, 3. Null without points' }),
  points,
};

const board = {
  members: z.int().meta({ description: 'Members with points' }),
  closedAt: instant.nullable().meta({ description: 'From then on, the ranking never changes' }),
};

const ranked = z.object({ account: person, rank: z.int(), points, reachedAt: instant }).meta({ id: 'RankedMember' });

const getRankingPage = route({
  method: 'GET',
  path: '/v1/groups/{groupId}/ranking',
  summary: 'Get all that a ranking screen shows',
  description:
    'Members of the club; others get 404. The seasons, and one board: its first members, your place with those around it, and your points by week. Without a season: the one of today, else the last one that is over. Get the whole list with `GET /v1/groups/{groupId}/seasons/{seasonId}/ranking`.',
  auth: 'account',
  query: z.strictObject({
    seasonId: id.optional(),
    week: z.coerce
      .number<number>()
      .int()
      .min(0)
      .max(53)
      .optional()
      .meta({ description: '0: the whole season. Default: this week, and the whole season once it is over' }),
  }),
  result: z
    .object({
      day: day.meta({ description: 'Today in the group' }),
      seasons: z.array(season).meta({ description: 'By their first day' }),
      board: z
        .object({
          ...{ seasonId: id, week: z.int().nullable().meta({ description: 'Null for the whole season' }) },
          ...{ from: day, until: day, ...board },
          me: z.object({
            ...place,
            coming: points.meta({
              description: 'Points by your records. The board has them after the next whole minute',
            }),
          }),
          top: z.array(ranked).meta({ description: 'The first ten' }),
          around: z
            .array(ranked)
            .meta({ description: 'You, and two on each side; empty if you are among the first or have no points' }),
          weeks: z
            .array(
              z.object({
                ...{ week: z.int(), from: day, points },
                average: points
                  .nullable()
                  .meta({ description: 'The average of all members with points; null if nobody has points' }),
              }),
            )
            .meta({ description: 'Your points by week, oldest first; the last 13 that have begun' }),
        })
        .nullable()
        .meta({ description: 'Null while no season has begun' }),
    })
    .meta({ id: 'RankingPage' }),
  problems: ['NOT_APPLICABLE'],
});

const one = '/v1/groups/{groupId}/seasons/{seasonId}/ranking';

const getRanking = route({
  method: 'GET',
  path: one,
  summary: 'Get the ranking of a season or week',
  description:
    'Members of the club; others get 404. Most points first. Equal points have equal ranks, and the member who reached them first comes first. A record that counts is visible after the next whole minute. Everybody is shown, also people that you have blocked.',
  auth: 'account',
  query: z.strictObject({ week, ...pageQuery }),
  result: z.object({
    ...board,
    me: z.object(place),
    items: z.array(ranked),
    nextCursor: z.string().nullable(),
  }),
});

const getOwnRank = route({
  method: 'GET',
  path: `${one}/me`,
  summary: 'Get your rank in a season or week',
  description: 'Members of the club; others get 404. It is exact at every moment.',
  auth: 'account',
  query: z.strictObject({ week }),
  result: z.object({ ...board, ...place }).meta({ id: 'OwnRank' }),
});

const following = {
  read: ['Group', 'Seasons', 'Membership', 'RecordTotals', 'Board', 'Score'],
  query: ['scoreMarks'],
  write: ['Board', 'Score', 'ScoreMark'],
} as const;

export const contract = feature({
  name: 'rankings',
  summary: 'Rankings of club members by points, for each week and season',
  routes: { getRankingPage, getRanking, getOwnRank },
  due: {
    publishRanking: { summary: 'Brings the rankings of a club to what its records say', rights: following },
    closeBoards: {
      summary: 'Closes the ranking of a week or season for ever',
      rights: {
        ...following,
        query: [...following.query, 'scoresOnBoard'],
        write: [...following.write, 'Outbox'],
      },
    },
  },
  consumers: {
    publishSoon: {
      summary: 'Makes the rankings of a club due after a record',
      entity: 'ScoreMark',
      on: ['INSERT', 'MODIFY'],
      lane: 'background',
      rights: { write: ['Due'] },
      keeps: ['scopeId', 'markedAt'],
    },
    markMember: {
      summary: 'Takes a member who leaves off the open rankings, and back',
      entity: 'Membership',
      on: ['MODIFY'],
      lane: 'background',
      rights: { read: ['RecordTotals'], write: ['ScoreMark'] },
      keeps: ['groupId', 'accountId', 'state'],
    },
  },
  rights: {
    http: {
      read: ['Group', 'Membership', 'Seasons', 'RecordTotals', 'Board', 'Score', 'Account'],
      query: ['ranking', 'rosterOfGroup'],
      readObjects: ['pictures/'],
    },
  },
});
