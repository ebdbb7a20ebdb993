/** What the parts of a picture share: measures, texts, panels. */
import type { PictureTexts } from '../messages/picture-texts.ts';
import type { Colours } from './colours.ts';
import type { Value } from './geometry.ts';
import { element, type Markup } from './svg.ts';

/** What every part of the picture needs to draw itself. */
export interface Pen {
  readonly colour: Colours;
  readonly say: PictureTexts;
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

export const panel = ({ colour }: Pen, y: number, height: number, heading?: string): Markup[] => [
  element('rect', { ...inner, y, height, rx: 22, fill: colour.card, stroke: colour.line }),
  ...(heading === undefined
    ? []
    : [words(heading, { x: inner.x + 24, y: y + 36, size: 17, fill: colour.ink, 'font-weight': 700 })]),
];
