/** What the parts of a picture share: measures, texts, panels. */
import type { Locale } from '../messages/catalog.ts';
import type { PictureTexts } from '../messages/picture-texts.ts';
import type { Colours } from './colours.ts';
import type { Value } from './geometry.ts';
import { element, fitted, type Markup } from './svg.ts';

/** What every part of the picture needs to draw itself. */
export interface Pen {
  readonly colour: Colours;
  readonly say: PictureTexts;
  readonly locale: Locale;
}

export const width = 720;
export const margin = 40;
export const inner = { x: margin, width: width - 2 * margin } as const;
/** Weeks that a picture shows: half a year. */
export const most = 26;

export const percent = (share: Value) => (share === null ? '–' : `${Math.round(share * 100)}%`);

/** A text whose first line is at y. */
export const words = (
  text: string,
  {
    x,
    y,
    size,
    fill,
    ...rest
  }: { x: number; y: number; size: number; fill: string } & Readonly<Record<string, string | number>>,
): Markup => element('text', { x, y, 'font-size': size, fill, ...rest }, text);

/**
 * What people have typed, in a place of its own. Some characters are many times as wide or as high as fonts usually have
 * them; no picture can measure that, so what does not fit is cut off.
 *
 * @param room the width up to what stands beside it
 */
export function typed(text: string, room: number, at: Parameters<typeof words>[1]): Markup {
  const box = { x: at.x, y: Math.round(at.y - 1.3 * at.size), width: room, height: Math.round(1.8 * at.size) };
  const viewBox = `${box.x} ${box.y} ${box.width} ${box.height}`;
  return element('svg', { ...box, viewBox, overflow: 'hidden' }, words(fitted(text, room * 0.95, at.size), at));
}

export const panel = ({ colour }: Pen, y: number, height: number, heading?: string): Markup[] => [
  element('rect', { ...inner, y, height, rx: 22, fill: colour.card, stroke: colour.line }),
  ...(heading === undefined
    ? []
    : [words(heading, { x: inner.x + 24, y: y + 36, size: 17, fill: colour.ink, 'font-weight': 700 })]),
];
