import type { FoundGroup } from '../../app/data/finding.ts';
import { daysBetween, shortDay, today } from '../../app/days.ts';
import type { Texts } from '../../messages/index.ts';
import { rhythmOf as inWords } from '../../ui/group-fields.tsx';

type Say = Texts<'find'>;
type Words = Texts<'common'>['groups'];

/** How often a group meets its mission; undefined where it has none yet. */
export const rhythmOf = ({ frequency }: Pick<FoundGroup, 'frequency'>, words: Words): string | undefined =>
  frequency ? inWords(frequency, words) : undefined;

/** From its first day to its last, on one line. */
export const periodOf = (
  { startDate, endDate }: Pick<FoundGroup, 'startDate' | 'endDate'>,
  say: Say,
  locale: string,
): string =>
  (endDate ? say.period(shortDay(startDate, locale), shortDay(endDate, locale)) : say.open(shortDay(startDate, locale)))
    .replaceAll(' ', '\u00a0')
    .replace('–', '–\u2060');

/** Days until the last day on which one may join, if it is near enough to matter. */
export function closingIn({
  recruitUntil,
  endDate,
  timeZone,
}: Pick<FoundGroup, 'recruitUntil' | 'endDate' | 'timeZone'>) {
  const last = recruitUntil ?? endDate;
  const days = last ? daysBetween(today(timeZone), last) : undefined;
  return days !== undefined && days >= 0 && days <= 14 ? days : undefined;
}

/** A category by its word, or by that of the group. */
export const categoryOf = (
  { category, customCategory }: Pick<FoundGroup, 'category' | 'customCategory'>,
  words: Words,
): string => customCategory ?? words.categories[category];
