import * as z from 'zod';

/**
 * A picture in a list of people. It stands alone, because the functions that show such lists would carry the whole contract
 * of profiles for it: 17 KB.
 */
export const thumbnail = z.object({
  avatar: z.int().nullable(),
  thumbnailUrl: z.url().nullable().meta({ description: 'Good for at least 10 minutes' }),
});
