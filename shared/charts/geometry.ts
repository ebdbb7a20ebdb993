/**
 * Where the marks of charts are: pure arithmetic, for the pictures that the server draws and for the web client. Units are
 * those of the `viewBox`; y grows downwards. Shares are from 0 to 1; null is a gap: nothing was due.
 */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Value = number | null;

/** Two decimals: more make a path longer, not better. */
const rounded = (value: number) => Math.round(value * 100) / 100;

const clamped = (share: number) => Math.min(1, Math.max(0, share));

/** The middles of equal slots across a box, from left to right. */
const slotsOf = ({ x, width }: Box, count: number) =>
  Array.from({ length: count }, (_, at) => x + (width * (at + 0.5)) / count);

/**
 * A bar for each value, in slots of equal width.
 *
 * @param fill the part of a slot that a bar takes
 * @param widest a bar is no wider than this
 * @returns undefined where there is a gap; a bar of nothing has no height
 */
export function bars(
  values: readonly Value[],
  box: Box,
  { fill = 0.64, widest = Number.POSITIVE_INFINITY }: { readonly fill?: number; readonly widest?: number } = {},
): (Box | undefined)[] {
  const width = Math.min(widest, (box.width / values.length) * fill);
  return slotsOf(box, values.length).map((middle, at) => {
    const value = values[at]!;
    if (value === null) return undefined;
    const height = box.height * clamped(value);
    return {
      x: rounded(middle - width / 2),
      y: rounded(box.y + box.height - height),
      width: rounded(width),
      height: rounded(height),
    };
  });
}

/** A line through values, in the slots of `bars`: one run of points for each stretch without a gap. */
export function line(values: readonly Value[], box: Box): Point[][] {
  const runs: Point[][] = [[]];
  for (const [at, x] of slotsOf(box, values.length).entries()) {
    const value = values[at]!;
    if (value === null) runs.push([]);
    else runs.at(-1)!.push({ x: rounded(x), y: rounded(box.y + box.height * (1 - clamped(value))) });
  }
  return runs.filter((run) => run.length > 0);
}

/** Somebody against the average: bars and a line in the same slots. */
export interface Against {
  readonly bars: readonly (Box | undefined)[];
  readonly line: readonly (readonly Point[])[];
  /** Heights of the scale, from 0 to 1 in quarters. */
  readonly scale: readonly { readonly share: number; readonly y: number }[];
}

export const meAgainstAverage = (
  weeks: readonly { readonly rate: Value; readonly team: Value }[],
  box: Box,
  widest?: number,
): Against => ({
  bars: bars(
    weeks.map(({ rate }) => rate),
    box,
    widest === undefined ? {} : { widest },
  ),
  line: line(
    weeks.map(({ team }) => team),
    box,
  ),
  scale: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ share, y: rounded(box.y + box.height * (1 - share)) })),
});

/** The top of a scale of numbers whose quarters are whole, so that nobody reads 5.25. */
export const wholeTop = (values: readonly number[]): number => Math.ceil(Math.max(1, ...values) / 4) * 4;

/**
 * A ring that begins at the top and runs clockwise: draw a circle of this radius, turned by -90 degrees, with
 * `stroke-dasharray` of `dash` and `gap`.
 *
 * @param side of the square that the ring fills
 */
export function ring(share: number, side: number, stroke: number) {
  const radius = (side - stroke) / 2;
  const around = 2 * Math.PI * radius;
  const dash = around * clamped(share);
  return { centre: side / 2, radius: rounded(radius), dash: rounded(dash), gap: rounded(around - dash) };
}

/** One cell of a heat map: a column for each week, a row for each weekday, Monday first. */
export interface Cell<T> extends Point {
  readonly of: T;
}

/**
 * @param days one after the other, the first one a Monday
 * @param pitch from one cell to the next
 * @param first the column of the first week
 */
export const heatMap = <T>(days: readonly T[], { x, y }: Point, pitch: number, first = 0): Cell<T>[] =>
  days.map((of, at) => ({
    x: rounded(x + (first + Math.floor(at / 7)) * pitch),
    y: rounded(y + (at % 7) * pitch),
    of,
  }));

/** The path of a line, as `d` of an SVG path. */
export const pathOf = (runs: readonly (readonly Point[])[]): string =>
  runs.map(([start, ...rest]) => `M${start!.x} ${start!.y}${rest.map(({ x, y }) => `L${x} ${y}`).join('')}`).join('');

/** The weeks in which a month begins, as far apart as their names need. */
export function monthsOf(weeks: readonly { readonly from: string }[]): { at: number; month: number }[] {
  const found: { at: number; month: number }[] = [];
  for (const [at, { from }] of weeks.entries()) {
    const month = Number(from.slice(5, 7));
    const last = found.at(-1);
    if (last === undefined || (last.month !== month && at - last.at >= 2)) found.push({ at, month });
  }
  return found;
}
