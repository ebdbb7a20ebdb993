/** What is the same in every picture: its ground, its head with the name of the product, and three figures in cards. */
import { fonts } from './colours.ts';
import { inner, type Pen, typed, width, words } from './picture-parts.ts';
import { element, fitted, type Markup } from './svg.ts';

interface Framed {
  readonly height: number;
  /** The title of the group. */
  readonly title: string;
  /** What it shows, and of whom. */
  readonly who: string;
  readonly today: string;
  /** The same in words, for those who do not see it. */
  readonly says: string;
}

/** The picture as the text of an SVG file. */
export function framed(pen: Pen, { height, title, who, today, says }: Framed, parts: readonly Markup[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    ...{ viewBox: `0 0 ${width} ${height}`, width, height },
    ...{ role: 'img', 'aria-labelledby': 'title desc', 'xml:lang': pen.locale, 'font-family': fonts },
  };
  return element(
    'svg',
    attributes,
    element('title', { id: 'title' }, `${who} – ${title}`),
    element('desc', { id: 'desc' }, says),
    element('rect', { width, height, fill: pen.colour.paper }),
    ...header(pen, { title, today }, who),
    ...parts,
  ).markup;
}

function header({ colour, say }: Pen, { title, today }: { title: string; today: string }, who: string): Markup[] {
  const brick = (x: number, y: number, fill: string) => element('rect', { x, y, width: 22, height: 12, rx: 4, fill });
  const right = inner.x + inner.width;
  const room = inner.width - 120;
  return [
    typed(title, room, { x: inner.x, y: 58, size: 28, fill: colour.ink, 'font-weight': 800 }),
    typed(`${who} · ${say.until(today)}`, room, { x: inner.x, y: 88, size: 16, fill: colour.soft }),
    brick(right - 110, 50, colour.h0),
    brick(right - 85, 50, colour.h1),
    brick(right - 97, 35, colour.h2),
    words('moim', { x: right, y: 61, size: 22, fill: colour.main, 'font-weight': 800, 'text-anchor': 'end' }),
  ];
}

/** A name, a value, and what goes with it. */
export type Figure = readonly [label: string, value: string, more: string];

const gap = 14;
/** How wide one of three cards is. */
export const cardWidth = (inner.width - 2 * gap) / 3;

export const cards = ({ colour }: Pen, figures: readonly Figure[], y: number): Markup[] =>
  figures.flatMap(([label, value, more], at) => {
    const x = inner.x + at * (cardWidth + gap);
    return [
      element('rect', { x, y, width: cardWidth, height: 126, rx: 22, fill: colour.card, stroke: colour.line }),
      words(label, { x: x + 20, y: y + 34, size: 14, fill: colour.soft }),
      words(value, { x: x + 20, y: y + 76, size: 34, fill: colour.ink, 'font-weight': 800 }),
      words(fitted(more, cardWidth - 32, 14), { x: x + 20, y: y + 106, size: 14, fill: colour.soft }),
    ];
  });
