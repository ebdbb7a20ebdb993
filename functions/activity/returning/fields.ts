import * as z from 'zod';
import { day, id } from '../../../shared/core/contract.ts';

const range = z.object({ from: day, until: day });

/** What the home screen offers in a group to somebody who has been away for a week. */
export const wayBack = z
  .object({
    gap: range.nullable().meta({ description: 'The days that `EXCUSE` excuses; null if all of them are excused' }),
    asksLeader: z.boolean().meta({
      description:
        'Leaders and managers decide on this excuse: on every one of this group, or as it has more than ten days of a month. False: it is granted at once, unless other days of that month are excused already',
    }),
    fewer: z
      .array(z.object({ missionId: id, most: z.int().min(1).meta({ description: 'The most that `FEWER` takes' }) }))
      .meta({ description: 'Repeated missions that you can do less often; empty if there are none' }),
    restUntil: day.meta({ description: 'The latest day that `REST` takes' }),
    mayLeave: z.boolean().meta({ description: 'False for leaders with other members: they hand over first' }),
  })
  .nullable()
  .meta({
    id: 'WayBack',
    description:
      'Your choices after seven days or more without doing anything here, while something was due. Null: you are not away, are excused today, or have chosen',
  });
