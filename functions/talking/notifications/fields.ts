import * as z from 'zod';
import { instant } from '../../../shared/core/contract.ts';
import { volumes } from './values.ts';

/** How loud a group is for somebody (row 147). */
export const loudness = z
  .object({
    volume: z.enum(volumes).meta({
      description:
        'ALL: everything is pushed. MENTIONS: what concerns you, such as a decision on a certification of yours, a request to you, or an answer to a message of yours. NOTHING: nothing but news about your account. The inbox keeps everything',
    }),
    quietUntil: instant.nullable().meta({ description: 'Until then nothing is pushed; null if it is not paused' }),
  })
  .meta({ id: 'Loudness' });
