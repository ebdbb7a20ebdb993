/** SVG as text: every value is escaped here, so that no name can become markup. */

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Markup that is made of escaped parts. Texts are none. */
export interface Markup {
  readonly markup: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A text as XML may hold it: without characters that no XML has, and without half of a pair. */
export const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (sign) => entities[sign]!);

/**
 * An element. Attributes that are undefined are left out.
 *
 * @example element('text', { x: 8, y: 20 }, name)
 */
export function element(name: string, attributes: Attributes, ...children: readonly (Markup | string)[]): Markup {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : child.markup)).join('');
  return { markup: inner === '' ? `<${name}${given}/>` : `<${name}${given}>${inner}</${name}>` };
}

/** Letters that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name within a text: one that is written from right to left moves nothing around it. */
export const isolated = (name: string): string => (rightToLeft.test(name) ? `\u2068${name}\u2069` : name);

/** About how wide a character is, in sizes of the font: no picture can measure. */
function widthOf(character: string): number {
  if (/[\u2066-\u2069]/.test(character)) return 0;
  if (/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\p{Emoji_Presentation}]/u.test(character))
    return 1;
  if (/[MW@%]/.test(character)) return 0.95;
  if (/[A-Z&mw]/.test(character)) return 0.76;
  return /[ .,:;'!|ijlt()]/.test(character) ? 0.34 : 0.6;
}

export const widthOfText = (text: string, size: number) =>
  [...text].reduce((sum, character) => sum + widthOf(character), 0) * size;

/** A text that fits into a width: what is too long ends with an ellipsis. Characters of several parts stay whole. */
export function fitted(text: string, width: number, size: number): string {
  if (widthOfText(text, size) <= width) return text;
  const parts = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  while (parts.length > 0 && widthOfText(`${parts.join('')}…`, size) > width) parts.pop();
  return `${parts.join('').trimEnd()}…`;
}
