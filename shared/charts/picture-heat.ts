/** The days of a picture: a column for each week. Each state has a form of its own, besides its colour. */
import { type Cell, heatMap, monthsOf } from './geometry.ts';
import { inner, type Pen, panel, words } from './picture-parts.ts';
import { element, type Markup, widthOfText } from './svg.ts';

export interface PictureDay {
  readonly day: string;
  readonly state: 'DONE' | 'WAITING' | 'PAUSED' | 'MISSED' | 'OPEN' | 'NONE';
  /** Missions that were done on it. */
  readonly done: number;
}

const pitch = 21.4;
const side = 17;

/** Squares with round corners: a path for all of them is a third of as many elements. */
const squares = (cells: readonly { readonly x: number; readonly y: number }[], inset: number) => {
  const length = side - 2 * inset;
  return cells.map(({ x, y }) => `M${fine(x + inset)} ${fine(y + inset)}h${length}v${length}h-${length}z`).join('');
};
const fine = (value: number) => Math.round(value * 10) / 10;

/** The marks of one state, for any cells. */
function marks(
  { colour }: Pen,
  state: PictureDay['state'],
  cells: readonly { x: number; y: number }[],
  opacity = 1,
): Markup[] {
  if (cells.length === 0) return [];
  const round = { 'stroke-linejoin': 'round', 'stroke-linecap': 'round' } as const;
  const full = (fill: string, more = {}) =>
    element('path', { d: squares(cells, 2), fill, stroke: fill, 'stroke-width': 4, ...round, ...more });
  const frame = (stroke: string, more = {}) =>
    element('path', { d: squares(cells, 1.5), fill: 'none', stroke, 'stroke-width': 1.5, ...round, ...more });
  const middles = (length: number) =>
    cells.map(({ x, y }) => `M${fine(x + side / 2 - length / 2)} ${fine(y + side / 2)}h${length}`).join('');
  const inside = (stroke: string, length: number, thick: number) =>
    element('path', { d: middles(length), stroke, 'stroke-width': thick, ...round });
  switch (state) {
    case 'DONE':
      return [full(colour.h0, opacity === 1 ? {} : { opacity })];
    case 'WAITING':
      return [frame(colour.wait), inside(colour.wait, 0, 6)];
    case 'PAUSED':
      return [full(colour.mortar), inside(colour.soft, 7, 2)];
    case 'MISSED':
      return [frame(colour.field)];
    case 'OPEN':
      return [frame(colour.main, { 'stroke-dasharray': '2.5 3' })];
    default:
      return [full(colour.sunk)];
  }
}

/** How strong a day is: those with most missions done are full. */
const strengthOf = (done: number, highest: number) => (done >= highest ? 1 : done * 2 > highest ? 0.75 : 0.5);

/** What the days of somebody can be, and those of a group. */
const shownStates = {
  ME: ['DONE', 'WAITING', 'PAUSED', 'MISSED', 'OPEN'],
  GROUP: ['DONE', 'OPEN'],
} as const;

export function heatPanel(
  pen: Pen,
  days: readonly PictureDay[],
  y: number,
  { most, of: subject }: { readonly most: number; readonly of: keyof typeof shownStates },
): Markup[] {
  const { colour, say } = pen;
  const at = { x: inner.x + 58, y: y + 82 };
  const cells = heatMap(days, at, pitch);
  // What is still to come: a young group has room for it.
  const ahead = heatMap(Array.from({ length: most * 7 }), at, pitch).slice(days.length);
  const of = (state: PictureDay['state']) => cells.filter((cell) => cell.of.state === state);
  const highest = Math.max(...days.map(({ done }) => done), 1);
  const byStrength = Map.groupBy(of('DONE'), ({ of: { done } }: Cell<PictureDay>) => strengthOf(done, highest));
  const mondays = days.filter((_, index) => index % 7 === 0).map(({ day }) => ({ from: day }));
  return [
    ...panel(pen, y, 276, say.heat),
    ...monthsOf(mondays).map(({ at: week, month }) =>
      words(say.month(month), { x: at.x + week * pitch, y: y + 70, size: 13, fill: colour.soft }),
    ),
    ...say.weekdays.map((name, row) =>
      words(name, { x: at.x - 10, y: at.y + row * 2 * pitch + 14, size: 13, fill: colour.soft, 'text-anchor': 'end' }),
    ),
    ...marks(pen, 'NONE', [...of('NONE'), ...ahead]),
    ...[...byStrength].flatMap(([strength, some]) => marks(pen, 'DONE', some, strength)),
    ...(['WAITING', 'PAUSED', 'MISSED', 'OPEN'] as const).flatMap((state) => marks(pen, state, of(state))),
    ...legend(pen, y + 258, shownStates[subject]),
  ];
}

function legend(pen: Pen, y: number, states: readonly Exclude<PictureDay['state'], 'NONE'>[]): Markup[] {
  let x = inner.x + 58;
  return states.flatMap((state) => {
    const name = pen.say.states[state];
    const here = x;
    x += side + 8 + widthOfText(name, 13) + 22;
    return [
      ...marks(pen, state, [{ x: here, y: y - 14 }]),
      words(name, { x: here + side + 8, y, size: 13, fill: pen.colour.soft }),
    ];
  });
}
