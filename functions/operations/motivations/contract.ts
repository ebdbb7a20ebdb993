import * as z from 'zod';
import { feature, id, route } from '../../../shared/core/contract.ts';
import { limits } from '../../../shared/product/limits.ts';
import { line } from '../../../shared/product/text-fields.ts';
import { variants } from './values.ts';

const words = line({ min: 1, max: limits.motivation.text });
const variant = z
  .enum(variants)
  .meta({ description: 'The day of the week it is for. Mondays and Sundays take texts of ANY_DAY if they have none' });
const given = z
  .strictObject({ ko: words, en: words, variant })
  .meta({ examples: [{ ko: '오늘도 응원하고 있어요.', en: 'We are cheering for you today.', variant: 'ANY_DAY' }] });
const motivation = z
  .object({
    id,
    ko: z.string(),
    en: z.string(),
    variant,
    shipped: z.boolean().meta({ description: 'Whether moim came with it, maybe in other words' }),
  })
  .meta({ id: 'Motivation' });

const path = '/v1/admin/motivations';

const listMotivations = route({
  method: 'GET',
  path,
  summary: 'List the texts that encourage in reminders',
  description: 'Administrators; others get 404. All of them. They begin as those that moim comes with.',
  auth: 'account',
  event: 'NONE',
  result: z.object({ items: z.array(motivation) }),
  problems: ['NOT_FOUND'],
});

const addMotivation = route({
  method: 'POST',
  path,
  summary: 'Add a text that encourages in reminders',
  description: 'Administrators; others get 404. Reminders use it ten minutes later at most. There are at most 200.',
  auth: 'account',
  event: 'NONE',
  body: given,
  status: 201,
  result: motivation,
  problems: ['NOT_FOUND', 'MOTIVATION_LIMIT'],
});

const editMotivation = route({
  method: 'PUT',
  path: `${path}/{motivationId}`,
  summary: 'Change a text that encourages in reminders',
  description: 'Administrators; others get 404. Replaces both languages. Idempotent.',
  auth: 'account',
  event: 'NONE',
  body: given,
  result: motivation,
});

const deleteMotivation = route({
  method: 'DELETE',
  path: `${path}/{motivationId}`,
  summary: 'Delete a text that encourages in reminders',
  description: 'Administrators; others get 404. Without any text, reminders have none. Idempotent.',
  auth: 'account',
  event: 'NONE',
});

export const contract = feature({
  name: 'motivations',
  summary: 'Texts that encourage people in reminders',
  routes: { listMotivations, addMotivation, editMotivation, deleteMotivation },
  rights: {
    http: {
      read: ['Motivations', 'Administrator', 'Session'],
      write: ['Motivations', 'Decision'],
      check: ['Administrator'],
    },
  },
});
