/** Days as people say them, in each language. */
import { localDay, localTime } from '../core/time.ts';
import type { Locale } from './catalog.ts';

/**
 * A day in words: `3월 5일`, `March 5`. The year is said where it is not the one that its reader thinks of.
 *
 * @param day `YYYY-MM-DD`
 * @param year four digits: the year in which it is said, or a longer text that begins with them
 */
export function dayText(day: string, locale: Locale, year: string): string {
  const isOther = day.slice(0, 4) !== year.slice(0, 4);
  const format = {
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
    ...(isOther && { year: 'numeric' as const }),
  } as const;
  return new Intl.DateTimeFormat(locale === 'ko' ? 'ko-KR' : 'en-US', format).format(new Date(`${day}T00:00:00Z`));
}

/**
 * An instant in words, by the wall clock of its reader: `3월 5일 09:30`, `March 5, 09:30`.
 *
 * @param instant and `now` in milliseconds since 1970
 */
export function timeText(
  instant: number,
  { locale, timeZone }: { readonly locale: Locale; readonly timeZone: string },
  now: number,
): string {
  const day = dayText(localDay(instant, timeZone), locale, localDay(now, timeZone));
  return `${day}${locale === 'en' ? ',' : ''} ${localTime(instant, timeZone)}`;
}
