/** What a reminder says, in both languages. Pure. */
import { byItself, tell } from '../../../shared/data/outbox.ts';
import type { Write } from '../../../shared/data/writes.ts';
import { type Locale, locales } from '../../../shared/messages/catalog.ts';
import type { Spoken } from '../../../shared/messages/news.ts';
import { fillIn } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { reminderLines, reminderNews } from './news.ts';
import type { Entry, Said } from './rules.ts';

const { named } = limits.reminders;

/** What entries are said by, the most urgent first. */
const parts = [
  { news: reminderNews.dueDay, causes: ['DUE_DAY'] },
  { news: reminderNews.eve, causes: ['EVE'] },
  { news: reminderNews.daily, causes: ['OWN', 'DAILY'] },
  { news: reminderNews.end, causes: ['END'] },
] as const;

const isOf =
  (causes: readonly string[]) =>
  ({ cause }: Entry) =>
    causes.includes(cause);

/** Whether a reminder encourages (row 112): where something of today is open. */
export const encourages = ({ kind, entries }: Said) => kind === 'ENTRIES' && entries.some(isOf(['DAILY', 'OWN']));

/**
 * The news of a reminder: the most urgent that it says is its kind and its first line, all else follows.
 *
 * @param motivation the text that encourages, if there is one for it
 */
export function wordsOf(said: Said, motivation: Spoken | undefined) {
  const spoken = parts.filter(({ causes }) => said.entries.some(isOf(causes)));
  const [first, ...others] = spoken;
  if (said.kind === 'LINE' || !first) return { news: reminderNews.back, values: undefined };
  const namesIn = (locale: Locale, causes: readonly string[]) => namesOf(said.entries.filter(isOf(causes)), locale);
  const more = (locale: Locale) => [
    ...others.map(({ news, causes }) => fillIn(news.texts[locale], { what: namesIn(locale, causes), more: '' })),
    ...sentencesOf(said, locale),
    ...(motivation ? [motivation[locale]] : []),
    ...(said.last ? [reminderLines[locale].pause] : []),
  ];
  const what = inEach((locale) => namesIn(locale, first.causes));
  return {
    news: first.news,
    values: {
      what,
      more: inEach((locale) =>
        more(locale)
          .map((line) => `\n${line}`)
          .join(''),
      ),
    },
  };
}

/** The write that tells somebody. `quiet`: in the inbox alone. */
export function telling(
  accountId: string,
  { news, values }: ReturnType<typeof wordsOf>,
  now: number,
  quiet?: true,
): Write {
  const to = { to: [accountId], by: byItself, quiet };
  return values ? tell(news as typeof reminderNews.daily, now, { ...to, ...values }) : tell(reminderNews.back, now, to);
}

const inEach = (text: (locale: Locale) => string) =>
  Object.fromEntries(locales.map((locale) => [locale, text(locale)])) as Record<Locale, string>;

/** The sentences of one's own that go with what is named. */
const sentencesOf = ({ entries }: Said, locale: Locale): string[] =>
  entries.slice(0, named).flatMap(({ task }) => {
    const sentence = task?.own?.sentence;
    return sentence === undefined ? [] : [fillIn(reminderLines[locale].sentence, { what: task!.title, sentence })];
  });

/** What the entries are called: five of them, and how many more there are. */
function namesOf(entries: readonly Entry[], locale: Locale): string {
  const names = entries.map(({ task, circle }) =>
    task === undefined || task.title === circle.title ? circle.title : `${task.title} (${circle.title})`,
  );
  const what = names.slice(0, named).join(', ');
  const more = names.length - named;
  return more > 0 ? fillIn(reminderLines[locale].others, { what, count: String(more) }) : what;
}
