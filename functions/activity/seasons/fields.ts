/** A season as it is answered. */
import * as z from 'zod';
import { day, id } from '../../../shared/core/contract.ts';
import { seasonStates } from './values.ts';

export const season = z
  .object({
    id,
    name: z.string(),
    startDate: day,
    endDate: day.meta({ description: 'Included' }),
    weeks: z.int().meta({ description: 'Weeks count from the first day of the season. The last one may be short' }),
    state: z.enum(seasonStates),
  })
  .meta({ id: 'Season' });
