/** Refusals of groups with dates or seats that their kind cannot have. */
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { PeriodError } from '../core/rules.ts';

/** Refuses a period with the fields that are wrong, in the caller's language. */
export function refusePeriod(errors: readonly (PeriodError | undefined)[], locale: Locale): void {
  const { fields } = catalogOf(locale);
  const told = errors.flatMap((error) => (error ? [{ pointer: error.pointer, reason: fields[error.reason] }] : []));
  if (told.length > 0) throw new Problem('INVALID_PERIOD', { errors: told });
}

/** Refuses seats that a group of the kind cannot have (row 25). */
export function refuseSeats(locale: Locale): never {
  throw new Problem('INVALID_REQUEST', { errors: [{ pointer: '/capacity', reason: catalogOf(locale).fields.seats }] });
}

/** Refuses changes of what is fixed once the group has begun (row 49). */
export function refuseBegun(fixed: readonly string[], hasBegun: boolean, locale: Locale): void {
  if (fixed.length === 0 || !hasBegun) return;
  const reason = catalogOf(locale).fields.begun;
  throw new Problem('NOT_APPLICABLE', { errors: fixed.map((name) => ({ pointer: `/${name}`, reason })) });
}

/** Only challenges have a frequency (row 51). */
export function refuseFrequency(locale: Locale): never {
  const errors = [{ pointer: '/frequency', reason: catalogOf(locale).fields.frequency }];
  throw new Problem('INVALID_REQUEST', { errors });
}
