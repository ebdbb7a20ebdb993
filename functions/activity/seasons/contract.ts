import * as z from 'zod';
import { day, edit, feature, id, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { line } from '../../../shared/product/text-fields.ts';
import { season } from './fields.ts';

const name = line({ min: 1, max: limits.season.name });

const all = '/v1/groups/{groupId}/seasons';

const listSeasons = route({
  method: 'GET',
  path: all,
  summary: 'List the seasons of a club',
  description:
    'Members; others get 404. By their first day. `current` is the season and week of today, by the day of the group.',
  auth: 'account',
  result: z.object({
    day: day.meta({ description: 'Today in the group' }),
    current: z.object({ seasonId: id, week: z.int() }).nullable(),
    items: z.array(season),
  }),
  problems: ['NOT_APPLICABLE'],
});

const createSeason = route({
  method: 'POST',
  path: all,
  summary: 'Make a season',
  description:
    'Leaders and managers; others get 404. Only clubs have seasons. A season begins today or later, has 53 weeks at most, and shares no day with another one.',
  auth: 'account',
  body: z
    .strictObject({ name, startDate: day, endDate: day })
    .meta({ examples: [{ name: 'Spring', startDate: '2027-03-01', endDate: '2027-06-27' }] }),
  status: 201,
  result: season,
  problems: ['NOT_APPLICABLE', 'SEASON_OVERLAP', 'SEASON_LIMIT'],
});

const editSeason = route({
  method: 'PATCH',
  path: `${all}/{seasonId}`,
  summary: 'Edit a season',
  description:
    'Leaders and managers; others get 404. The first day is fixed from the day before it on. The last day may move to tomorrow or later, until the season is over.',
  auth: 'account',
  body: edit({ name: name.optional(), startDate: day.optional(), endDate: day.optional() }).meta({
    examples: [{ endDate: '2027-07-04' }],
  }),
  result: season,
  problems: ['SEASON_OVERLAP'],
});

export const contract = feature({
  name: 'seasons',
  summary: 'Seasons of a club, in weeks',
  routes: { listSeasons, createSeason, editSeason },
  rights: {
    http: { read: ['Group', 'Membership', 'Seasons'], write: ['Seasons', 'Due'], check: ['Membership'] },
  },
});
