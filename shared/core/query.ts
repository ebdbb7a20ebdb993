import * as z from 'zod';

/**
 * A whole number in a query. A parameter without a value is no number: `?after=` is refused, and not 0.
 *
 * @example query: z.strictObject({ after: numberInQuery(0).optional() })
 */
export const numberInQuery = (least: number, most: number = Number.MAX_SAFE_INTEGER): z.ZodType<number, number> => {
  const number = z.coerce.number<number>().int().min(least).max(most);
  return z.preprocess((value) => (value === '' ? undefined : value), number) as never;
};
