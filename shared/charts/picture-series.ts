/** The weeks of a picture: somebody against the average. */
import { meAgainstAverage, monthsOf, pathOf, type Value } from './geometry.ts';
import { inner, type Pen, panel, percent, words } from './picture-parts.ts';
import { element, type Markup, widthOfText } from './svg.ts';

export interface PictureWeek {
  /** Its first day. */
  readonly from: string;
  readonly rate: Value;
  readonly team: Value;
}

interface SeriesPanel {
  readonly y: number;
  readonly heading: string;
  /** Names of the bars and of the line; without them there is no line to explain. */
  readonly names?: readonly [me: string, team: string];
  /** A share of the scale, as one reads it. */
  readonly scaled?: (share: number) => string;
}

/** Bars by week, with a line across them where there is an average. */
export function seriesPanel(
  pen: Pen,
  weeks: readonly PictureWeek[],
  { y, heading, names, scaled = percent }: SeriesPanel,
): Markup[] {
  const { colour, say } = pen;
  const box = { x: inner.x + 66, y: y + 62, width: inner.width - 90, height: 132 };
  // A young group has few weeks: they begin at the left, and leave room for what comes.
  const slots = [
    ...weeks,
    ...Array.from({ length: Math.max(0, 8 - weeks.length) }, () => ({ rate: null, team: null })),
  ];
  const { bars, line, scale } = meAgainstAverage(slots, box, 34);
  const across = (at: number, stroke: string, more = {}) =>
    element('path', { d: `M${box.x} ${at}h${box.width}`, stroke, ...more });
  const path = { d: pathOf(line), fill: 'none', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' } as const;
  const points = line
    .flat()
    .map(({ x, y: at }) => `M${x} ${at}h0`)
    .join('');
  return [
    ...panel(pen, y, 234, heading),
    ...(names ? legend(pen, names, y + 36) : []),
    ...scale.map(({ y: at }) => across(at, colour.line)),
    ...scale
      .filter(({ share }) => share % 0.5 === 0)
      .map(({ share, y: at }) =>
        words(scaled(share), { x: box.x - 10, y: at + 5, size: 13, fill: colour.soft, 'text-anchor': 'end' }),
      ),
    ...bars.flatMap((bar) =>
      bar ? [bar.height > 0 ? barOf(bar, colour.h0) : barOf({ ...bar, y: bar.y - 3, height: 3 }, colour.field)] : [],
    ),
    // The scale runs through the bars as mortar: they are made of bricks.
    ...scale.slice(1, -1).map(({ y: at }) => across(at, colour.card, { 'stroke-width': 2.5 })),
    element('path', { ...path, stroke: colour.card, 'stroke-width': 6 }),
    element('path', { ...path, stroke: colour.ink, 'stroke-width': 2.5 }),
    element('path', { d: points, stroke: colour.ink, 'stroke-width': 7, 'stroke-linecap': 'round' }),
    ...(line.length === 0 && bars.every((bar) => bar === undefined)
      ? [
          words(say.nothing, {
            x: box.x + box.width / 2,
            y: y + 134,
            size: 15,
            fill: colour.soft,
            'text-anchor': 'middle',
          }),
        ]
      : []),
    ...monthsOf(weeks).map(({ at, month }) =>
      words(say.month(month), {
        ...{ x: box.x + (box.width * (at + 0.5)) / slots.length, y: y + 216, size: 13 },
        ...{ fill: colour.soft, 'text-anchor': 'middle' },
      }),
    ),
  ];
}

export const barOf = (
  { x, y, width: w, height }: { x: number; y: number; width: number; height: number },
  fill: string,
) => element('rect', { x, y, width: w, height, rx: Math.min(4, height / 2), fill });

function legend({ colour }: Pen, [own, average]: readonly [me: string, team: string], y: number): Markup[] {
  const right = inner.x + inner.width - 24;
  const team = right - widthOfText(average, 14);
  const me = team - 54 - widthOfText(own, 14);
  return [
    element('rect', { x: me - 20, y: y - 12, width: 12, height: 14, rx: 3, fill: colour.h0 }),
    words(own, { x: me, y, size: 14, fill: colour.soft }),
    element('path', {
      d: `M${team - 32} ${y - 5}h22`,
      stroke: colour.ink,
      'stroke-width': 2.5,
      'stroke-linecap': 'round',
    }),
    element('path', {
      d: `M${team - 21} ${y - 5}h0`,
      stroke: colour.ink,
      'stroke-width': 7,
      'stroke-linecap': 'round',
    }),
    words(average, { x: team, y, size: 14, fill: colour.soft }),
  ];
}
