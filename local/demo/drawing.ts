/** A small painter: shapes with soft edges on an image of pixels. All measures are in widths of the image, from 0 to 1. */
import type { Pixels } from '../../shared/images/codecs.ts';

/** `0xrrggbb` */
export type Colour = number;

/** How far a point is from the edge of a shape; negative inside. */
type Distance = (x: number, y: number) => number;
type Box = readonly [left: number, top: number, right: number, bottom: number];
export interface Shape {
  readonly distance: Distance;
  /** Outside it there is nothing of the shape. */
  readonly box: Box;
}

export const circle = (cx: number, cy: number, r: number): Shape => ({
  distance: (x, y) => Math.hypot(x - cx, y - cy) - r,
  box: [cx - r, cy - r, cx + r, cy + r],
});

/** An ellipse. The distance is near enough for an edge of a pixel. */
export const oval = (cx: number, cy: number, rx: number, ry: number): Shape => ({
  distance: (x, y) => (Math.hypot((x - cx) / rx, (y - cy) / ry) - 1) * Math.min(rx, ry),
  box: [cx - rx, cy - ry, cx + rx, cy + ry],
});

/** A rectangle around a middle, with round corners, turned by an angle in radians. */
export function tile(cx: number, cy: number, w: number, h: number, round = 0, angle = 0): Shape {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const reach = Math.hypot(w, h) / 2;
  return {
    distance(x, y) {
      const [dx, dy] = [x - cx, y - cy];
      const px = Math.abs(dx * cos + dy * sin) - w / 2 + round;
      const py = Math.abs(dy * cos - dx * sin) - h / 2 + round;
      return Math.hypot(Math.max(px, 0), Math.max(py, 0)) + Math.min(Math.max(px, py), 0) - round;
    },
    box: [cx - reach, cy - reach, cx + reach, cy + reach],
  };
}

/** A line with round ends. */
export function stroke(ax: number, ay: number, bx: number, by: number, thick: number): Shape {
  const [vx, vy] = [bx - ax, by - ay];
  const length = vx * vx + vy * vy || 1;
  const r = thick / 2;
  return {
    distance(x, y) {
      const t = Math.min(1, Math.max(0, ((x - ax) * vx + (y - ay) * vy) / length));
      return Math.hypot(x - ax - t * vx, y - ay - t * vy) - r;
    },
    box: [Math.min(ax, bx) - r, Math.min(ay, by) - r, Math.max(ax, bx) + r, Math.max(ay, by) + r],
  };
}

/** Everything below a line that the function gives: hills, water, a table. */
export const below = (edge: (x: number) => number): Shape => ({
  distance: (x, y) => edge(x) - y,
  box: [0, 0, 1, 2],
});

const parts = (colour: Colour) => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255] as const;

/** A colour between two. */
export function mixed(one: Colour, other: Colour, share: number): Colour {
  const [a, b] = [parts(one), parts(other)];
  const [r, g, blue] = a.map((each, i) => Math.round(each + (b[i]! - each) * share)) as [number, number, number];
  return (r << 16) | (g << 8) | blue;
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function numbers(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Painter {
  /** Height in widths. */
  readonly high: number;
  /** From top to bottom. */
  wash(top: Colour, bottom: Colour): void;
  fill(shape: Shape, colour: Colour, strength?: number): void;
  /** The same shape, blurred and a little below: what lies on something throws it. */
  shade(shape: Shape, soft: number, strength: number): void;
  /** Light from above, darker corners and a little grain, as a camera has them. */
  finish(seed: number): Pixels;
}

export function painter(width: number, height: number): Painter {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const high = height / width;
  const put = (at: number, r: number, g: number, b: number, strength: number) => {
    data[at] = data[at]! + (r - data[at]!) * strength;
    data[at + 1] = data[at + 1]! + (g - data[at + 1]!) * strength;
    data[at + 2] = data[at + 2]! + (b - data[at + 2]!) * strength;
  };
  function draw({ distance, box }: Shape, colour: Colour, strength: number, soft: number, down = 0) {
    const [r, g, b] = parts(colour);
    const [left, top, right, bottom] = box;
    const first = (value: number, pad: number) => Math.max(0, Math.floor((value - pad) * width));
    const last = (value: number, pad: number, most: number) => Math.min(most, Math.ceil((value + pad) * width));
    for (let py = first(top + down, soft); py < last(bottom + down, soft, height); py++)
      for (let px = first(left, soft); px < last(right, soft, width); px++) {
        const share = 0.5 - distance((px + 0.5) / width, (py + 0.5) / width - down) / soft;
        if (share > 0) put((py * width + px) * 4, r, g, b, strength * Math.min(1, share));
      }
  }
  return {
    high,
    wash(top, bottom) {
      for (let py = 0; py < height; py++) {
        const [r, g, b] = parts(mixed(top, bottom, py / height));
        for (let px = 0; px < width; px++) put((py * width + px) * 4, r, g, b, 1);
      }
    },
    fill: (shape, colour, strength = 1) => draw(shape, colour, strength, 1 / width),
    shade: (shape, soft, strength) => draw(shape, 0x1c0f08, strength, soft, soft * 0.3),
    finish(seed) {
      const next = numbers(seed);
      for (let py = 0, at = 0; py < height; py++)
        for (let px = 0; px < width; px++, at += 4) {
          const dx = px / width - 0.5;
          const dy = py / height - 0.5;
          const light = 1.05 - 0.42 * (dx * dx + dy * dy) - dy * 0.06;
          const grain = (next() - 0.5) * 7;
          data[at] = data[at]! * light + grain;
          data[at + 1] = data[at + 1]! * light + grain;
          data[at + 2] = data[at + 2]! * light + grain;
        }
      return { data, width, height };
    },
  };
}
