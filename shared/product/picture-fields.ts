/** A picture in answers. It is apart from the profiles, so that functions that show people do not carry their contract. */
import * as z from 'zod';

/** A picture in a list of people. */
export const thumbnail = z.object({
  avatar: z.int().nullable(),
  thumbnailUrl: z.url().nullable().meta({ description: 'Good for at least 10 minutes' }),
});
