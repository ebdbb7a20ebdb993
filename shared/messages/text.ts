import type { Catalog, Locale } from './catalog.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { particle } from './particle.ts';

const catalogs: Readonly<Record<Locale, Catalog>> = { ko, en };

/** All texts of a language. */
export const catalogOf = (locale: Locale) => catalogs[locale];

/**
 * Fills the braces of a text. `{이/가}` becomes the particle that fits the text before it. A missing value leaves
 * nothing.
 *
 * @example fillIn('{title}{이/가} 끝났어요.', { title: '독서' }) // '독서가 끝났어요.'
 */
export const fillIn = (template: string, values: Readonly<Record<string, string>>): string =>
  template.split(/(\{(?:\w+|[가-힣]+\/[가-힣]+)\})/).reduce((text, part, i) => {
    // Every second part was in braces.
    if (i % 2 === 0) return text + part;
    const name = part.slice(1, -1);
    return text + (name.includes('/') ? particle(text, name) : (values[name] ?? ''));
  }, '');

/**
 * The language of an `Accept-Language` header (RFC 9110): ko or en, whichever has the higher weight; Korean if neither
 * is named.
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
