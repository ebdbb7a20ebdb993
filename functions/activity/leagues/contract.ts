import * as z from 'zod';
import { day, feature, instant, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { thumbnail } from '../../../shared/product/picture-fields.ts';
import { audiences, categories } from '../../groups/core/values.ts';
import { animals, waysToBeShown, weekStates } from './values.ts';

const { shown, page: mostOfPage } = limits.league;

/** The leagues of `rules.ts`, which a contract may not know. */
const league = z.enum(['ALL', ...categories, ...audiences]);
const shownAs = z.enum(waysToBeShown);
const animal = z.enum(animals);

const asked = {
  league: league.default('ALL').meta({
    description: 'Everybody; a category: bricks that were laid in groups of it; an audience: in groups for it',
  }),
  week: day.optional().meta({ description: 'The Monday of a week that has begun; without it, this week' }),
};

const points = z.int().meta({ description: 'Bricks that were first laid in the week' });
const rank = z.int().nullable();

const week = {
  league,
  week: day.meta({ description: 'The Monday on which it begins, at 05:00 of Asia/Seoul' }),
  endsAt: instant,
  state: z.enum(weekStates).meta({
    description:
      '`COUNTING`: it is over, and the bricks of its last moments are being counted. `FINAL`: it never changes again',
  }),
  members: z.int().meta({ description: 'People who take part and have laid a brick' }),
};

const own = {
  rank: rank.meta({ description: 'One more than the number of people with more bricks: 1, 1, 3. Null without bricks' }),
  points,
};

const row = z
  .object({
    rank: rank.meta({ description: `Null below the first ${shown}: only you see that rank of yours, in \`me\`` }),
    points,
    isMe: z.boolean(),
    name: z.string().nullable().meta({
      description:
        'A nickname, or what an animal is called this week. Null: of a past week, by somebody who has withdrawn',
    }),
    animal: animal.nullable().meta({ description: 'For a person who is shown without a name' }),
    picture: thumbnail.nullable().meta({ description: 'For a person who is shown by the nickname' }),
  })
  .meta({ id: 'LeagueRow' });

const membership = z
  .object({
    takesPart: z.boolean(),
    shownAs: shownAs.meta({
      description: 'How you are shown; while you do not take part, how you would be if you did not choose',
    }),
    nickname: z.string(),
    animal,
    animalName: z.string().meta({
      description: 'Your name as an animal this week; while you do not take part, an example',
    }),
  })
  .meta({ id: 'LeagueMembership' });

const getLeague = route({
  method: 'GET',
  path: '/v1/leagues',
  summary: 'Get the league of a week',
  description: `Most bricks first; only people who take part. A brick counts in the week in which it was first laid, also if it was taken away and laid again, if its certification was sent at most ${limits.league.sentDays} days before that week; ${limits.league.bricksADay} a day at most. Denied, deleted and hidden certifications do not count. A change is visible after the next whole minute. Nobody is named below the first ${shown}. People that you have blocked are animals to you. A week that is FINAL never changes; people who leave stay in it as animals, those who withdraw without a name.`,
  auth: 'account',
  query: z.strictObject({
    ...asked,
    page: z.coerce.number<number>().int().min(1).max(shown).default(1),
    limit: z.coerce.number<number>().int().min(1).max(mostOfPage).default(10),
  }),
  result: z
    .object({
      ...week,
      me: z.object({ takesPart: z.boolean(), ...own }),
      items: z.array(row),
      nextPage: z.int().nullable(),
      beside: z.array(row).meta({
        description:
          'You and the people around you, if this page does not show you. Below the first ranks they have no name',
      }),
    })
    .meta({ id: 'League' }),
  problems: ['NOT_FOUND'],
});

const getOwnLeagueRank = route({
  method: 'GET',
  path: '/v1/leagues/me',
  summary: 'Get your rank in a league',
  description: 'It is exact at every moment, however many take part.',
  auth: 'account',
  query: z.strictObject(asked),
  result: z.object({ ...week, ...own }).meta({ id: 'OwnLeagueRank' }),
  problems: ['NOT_FOUND'],
});

const one = '/v1/accounts/me/league';

const getLeagueMembership = route({
  method: 'GET',
  path: one,
  summary: 'Get whether you take part in leagues',
  auth: 'account',
  result: membership,
});

const joinLeagues = route({
  method: 'PUT',
  path: one,
  summary: 'Take part in leagues, or be shown otherwise',
  description: `You are counted from this week on, with all bricks of it. Without \`shownAs\` you are an animal, unless your birth date says that you are ${limits.league.adultFrom}. Weeks before a nickname was chosen keep the animal. Idempotent.`,
  auth: 'account',
  body: z.strictObject({ shownAs: shownAs.optional() }).meta({ examples: [{ shownAs: 'ANIMAL' }] }),
  result: membership,
});

const leaveLeagues = route({
  method: 'DELETE',
  path: one,
  summary: 'Leave the leagues',
  description:
    'You are off the open boards after the next whole minute. Weeks that are over keep your rows, as animals, also when you come back. Idempotent.',
  auth: 'account',
});

const following = {
  read: ['LeagueMember', 'Account', 'Certification', 'Board', 'Score'],
  query: ['scoreMarks', 'bricksOfAccount'],
  write: ['Board', 'Score', 'ScoreMark'],
} as const;

const marking = { read: ['LeagueMember'], write: ['ScoreMark', 'Due'] } as const;

export const contract = feature({
  name: 'leagues',
  summary: 'Weekly leagues of everybody who wants, for bricks',
  routes: { getLeague, getOwnLeagueRank, getLeagueMembership, joinLeagues, leaveLeagues },
  due: {
    publishLeague: { summary: 'Brings a part of the leagues to what bricks say', rights: following },
    closeLeague: {
      summary: 'Closes a week of leagues for ever',
      rights: { ...following, write: [...following.write, 'Due'] },
    },
  },
  consumers: {
    markLayer: {
      summary: 'Marks who laid a brick or lost one',
      entity: 'Brick',
      on: ['INSERT', 'REMOVE'],
      lane: 'background',
      rights: marking,
      keeps: ['accountId'],
    },
    markAuthor: {
      summary: 'Marks whose certification is hidden or shown again',
      entity: 'Certification',
      on: ['MODIFY'],
      lane: 'background',
      rights: marking,
      keeps: ['hiddenAt', 'accountId'],
    },
    markOwner: {
      summary: 'Marks whose account is suspended or may go on',
      entity: 'Account',
      on: ['MODIFY'],
      lane: 'background',
      rights: marking,
      keeps: ['status'],
    },
    markJoined: {
      summary: 'Marks who joins the leagues or leaves them',
      entity: 'LeagueMember',
      on: ['INSERT', 'MODIFY', 'REMOVE'],
      lane: 'background',
      rights: { write: ['ScoreMark', 'Due'] },
      keeps: ['accountId', 'leftAt'],
    },
  },
  rights: {
    http: {
      read: ['LeagueMember', 'Account', 'Board', 'Score'],
      query: ['ranking', 'blocksOfAccount'],
      write: ['LeagueMember'],
      readObjects: ['pictures/'],
    },
  },
});
