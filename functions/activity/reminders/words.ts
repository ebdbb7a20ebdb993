/** What a reminder says, in both languages. Pure. */
import { type Locale, locales } from '../../../shared/messages/catalog.ts';
import type { Spoken } from '../../../shared/messages/news.ts';
import { fillIn } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { lines, reminderNews } from './news.ts';
import type { Entry, Said } from './rules.ts';

const { named } = limits.reminders;

/** The kind of news that a reminder is: by the weightiest of what it says. */
export function newsFor({ kind, entries }: Said) {
  const has = (...causes: Entry['cause'][]) => entries.some(({ cause }) => causes.includes(cause));
  if (kind === 'LINE') return reminderNews.back;
  if (has('DUE_DAY')) return reminderNews.dueDay;
  if (has('EVE')) return reminderNews.eve;
  return has('DAILY', 'OWN') ? reminderNews.daily : reminderNews.end;
}

/** Whether a reminder encourages (row 112): where something of today is open. */
export const encourages = ({ kind, entries }: Said) =>
  kind === 'ENTRIES' && entries.some(({ cause }) => cause === 'DAILY' || cause === 'OWN');

/**
 * The lines of a reminder in both languages.
 *
 * @param motivation the text that encourages, if there is one for it
 */
export function linesOf(said: Said, motivation: Spoken | undefined): Spoken {
  const inLanguage = (locale: Locale) =>
    said.kind === 'LINE' ? lines[locale].back : entryLines(said, locale, motivation);
  return Object.fromEntries(locales.map((locale) => [locale, inLanguage(locale)])) as unknown as Spoken;
}

function entryLines({ entries, last }: Said, locale: Locale, motivation: Spoken | undefined): string {
  const texts = lines[locale];
  const parts = [
    [texts.dueDay, ['DUE_DAY']],
    [texts.eve, ['EVE']],
    [texts.open, ['OWN', 'DAILY']],
    [texts.end, ['END']],
  ] as const;
  const about = parts.flatMap(([text, causes]) => {
    const those = entries.filter(({ cause }) => (causes as readonly string[]).includes(cause));
    return those.length === 0 ? [] : [fillIn(text, { what: namesOf(those, locale) })];
  });
  const sentences = entries.flatMap((entry) => {
    const sentence = entry.task?.own?.sentence;
    return sentence === undefined ? [] : [fillIn(texts.sentence, { what: entry.task!.title, sentence })];
  });
  return [
    ...about,
    ...sentences.slice(0, named),
    ...(motivation ? [motivation[locale]] : []),
    ...(last ? [texts.pause] : []),
  ].join('\n');
}

/** What the entries are called: five of them, and how many more there are. */
function namesOf(entries: readonly Entry[], locale: Locale): string {
  const names = entries.map(({ task, circle }) =>
    task === undefined || task.title === circle.title ? circle.title : `${task.title} (${circle.title})`,
  );
  const what = names.slice(0, named).join(', ');
  const more = names.length - named;
  return more > 0 ? fillIn(lines[locale].more, { what, count: String(more) }) : what;
}
