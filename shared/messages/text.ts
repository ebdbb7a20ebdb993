import type { Catalog, Locale } from './catalog.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

const catalogs: Readonly<Record<Locale, Catalog>> = { ko, en };

/** All texts of a language. */
export const catalogOf = (locale: Locale) => catalogs[locale];

/** Fills the braces of a text; a value that is missing leaves nothing. */
export const fillIn = (template: string, values: Readonly<Record<string, string>>) =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

/**
 * The language of an `Accept-Language` header (RFC 9110): the best weighted of ko and en, Korean if neither is named.
 *
 * @example localeOf('en-US,en;q=0.9,ko;q=0.8') // 'en'
 */
export function localeOf(header: string | undefined): Locale | undefined {
  if (!header) return undefined;
  let best: { locale: Locale; weight: number } | undefined;
  for (const part of header.slice(0, 200).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = range.split('-')[0];
    if (language !== 'ko' && language !== 'en') continue;
    const q = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const weight = q ? Number(q.trim().slice(2)) : 1;
    if (weight > 0 && (!best || weight > best.weight)) best = { locale: language, weight };
  }
  return best?.locale;
}
