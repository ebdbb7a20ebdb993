/** Parts of answers that the home screen has, too. Its function does not carry the whole contract for them. */
import * as z from 'zod';

export const count = z.int().min(0);
const unit = z.enum(['DAY', 'WEEK']);
const best = count.meta({ description: 'The longest so far, in the same unit' });
const former = z
  .object({ unit, best: count })
  .nullable()
  .meta({ description: 'The longest one while it was counted in the other unit' });
export const streak = {
  unit,
  current: count,
  best,
  former,
  pending: count.meta({ description: '`current`, once all that waits is approved' }),
};
