/** Photos and portraits of the demo, drawn by code: no picture of anybody, and none that has to be downloaded. */
import { encode, type Pixels } from '../../shared/images/codecs.ts';
import { below, type Colour, circle, mixed, numbers, oval, type Painter, painter, stroke, tile } from './drawing.ts';

type Random = () => number;
type Scene = (on: Painter, random: Random) => void;

const tables: readonly (readonly [Colour, Colour])[] = [
  [0xd9b48a, 0xb98a5e],
  [0xe9dcc8, 0xcdb897],
  [0x8f6d52, 0x6d4f3a],
  [0xcfd6d2, 0xa5b1ab],
];
const covers: readonly Colour[] = [0xe4572e, 0xf4b23c, 0x5aa469, 0x4f94cf, 0xe58aa0, 0x9a78c9, 0x3fb0a3];
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!;

function table(on: Painter, random: Random) {
  const [light, dark] = pick(tables, random);
  on.wash(light, dark);
  for (let i = 0; i < 9; i++) {
    const y = (i + random()) * (on.high / 9);
    on.fill(stroke(-0.1, y, 1.1, y + (random() - 0.5) * 0.05, 0.003), dark, 0.35);
  }
}

function cup(on: Painter, x: number, y: number, r: number, random: Random) {
  const colour = pick([0xfffaf2, ...covers], random);
  on.shade(circle(x, y, r * 1.45), r * 0.8, 0.3);
  on.fill(circle(x, y, r * 1.45), mixed(colour, 0xffffff, 0.6));
  on.fill(circle(x, y, r * 1.25), mixed(colour, 0xffffff, 0.45));
  on.shade(circle(x, y, r), r * 0.4, 0.35);
  on.fill(tile(x + r * 1.15, y, r * 0.6, r * 0.34, r * 0.15, -0.5), colour);
  on.fill(circle(x, y, r), colour);
  on.fill(circle(x, y, r * 0.82), 0x5b3420);
  on.fill(oval(x - r * 0.2, y - r * 0.25, r * 0.45, r * 0.3), 0x8a5636, 0.7);
}

/** Written lines: words of some length, as a hand leaves them. */
function lines(on: Painter, x: number, y: number, w: number, count: number, step: number, ink: Colour, random: Random) {
  for (let i = 0; i < count; i++)
    for (let at = 0; at < w * (0.55 + random() * 0.45); ) {
      const word = 0.02 + random() * 0.05;
      const wave = (random() - 0.5) * step * 0.12;
      on.fill(
        stroke(x + at, y + i * step + wave, x + Math.min(w, at + word), y + i * step - wave, step * 0.16),
        ink,
        0.8,
      );
      at += word + 0.018;
    }
}

const notebook: Scene = (on, random) => {
  table(on, random);
  const angle = (random() - 0.5) * 0.16;
  const page = tile(0.46, on.high * 0.52, 0.62, on.high * 0.86, 0.018, angle);
  on.shade(page, 0.06, 0.4);
  on.fill(page, 0xfffdf6);
  for (let i = 0; i < 13; i++) {
    const y = on.high * (0.17 + i * 0.055);
    on.fill(stroke(0.2, y - angle * 0.26, 0.72, y + angle * 0.26, 0.0016), 0xb8cfe2, 0.8);
  }
  on.fill(stroke(0.24 - angle * 0.3, on.high * 0.12, 0.24 + angle * 0.3, on.high * 0.92, 0.002), 0xe58aa0, 0.8);
  lines(on, 0.27, on.high * 0.16, 0.38, 8, on.high * 0.055, pick([0x2a4fa0, 0x30343c, 0x7a2f4d], random), random);
  // A drawn graph: what the problem was about.
  const dots = Array.from({ length: 5 }, (_, i) => [0.32 + i * 0.07, on.high * (0.7 + random() * 0.16)] as const);
  for (const [i, [x, y]] of dots.entries()) {
    const [nx, ny] = dots[(i + 1 + Math.floor(random() * 2)) % 5]!;
    on.fill(stroke(x, y, nx, ny, 0.004), 0x30343c);
  }
  for (const [x, y] of dots) {
    on.fill(circle(x, y, 0.024), 0x30343c);
    on.fill(circle(x, y, 0.019), pick([0xfff0c9, 0xe2f3e6, 0xfde6e6], random));
  }
  const pen = stroke(0.8, on.high * 0.3, 0.88, on.high * 0.86, 0.022);
  on.shade(pen, 0.03, 0.4);
  on.fill(pen, pick(covers, random));
  on.fill(stroke(0.882, on.high * 0.875, 0.888, on.high * 0.92, 0.008), 0x30343c);
  if (random() < 0.7) cup(on, 0.9, on.high * 0.16, 0.07, random);
};

const laptop: Scene = (on, random) => {
  const wall = pick([0xf3e3cf, 0x8894a3, 0xdfe7e2, 0x9a8ca3], random);
  on.wash(mixed(wall, 0xffffff, 0.2), wall);
  desk(on, random);
  const body = tile(0.5, on.high * 0.42, 0.7, on.high * 0.62, 0.02);
  on.shade(body, 0.06, 0.45);
  on.fill(body, 0x2b2d33);
  on.fill(tile(0.5, on.high * 0.42, 0.66, on.high * 0.56, 0.008), pick([0x1d2430, 0x22272e, 0x262335], random));
  const inks = [0x7fd1b9, 0xf4b23c, 0x8ab4f8, 0xe58aa0, 0xd7dbe2];
  for (let i = 0; i < 11; i++) {
    const y = on.high * (0.2 + i * 0.041);
    let x = 0.24 + Math.floor(random() * 4) * 0.03;
    on.fill(stroke(0.195, y, 0.205, y, 0.006), 0x5b6473);
    for (let word = 0; word < 1 + random() * 4 && x < 0.74; word++) {
      const w = 0.02 + random() * 0.07;
      on.fill(stroke(x, y, x + w, y, 0.009), pick(inks, random));
      x += w + 0.024;
    }
  }
  on.fill(tile(0.76, on.high * 0.655, 0.1, on.high * 0.05, 0.008), 0x5aa469);
  on.fill(stroke(0.74, on.high * 0.655, 0.752, on.high * 0.665, 0.005), 0xffffff);
  on.fill(stroke(0.752, on.high * 0.665, 0.776, on.high * 0.643, 0.005), 0xffffff);
  on.fill(tile(0.5, on.high * 0.765, 0.86, on.high * 0.09, 0.016), 0xb9bdc5);
  on.fill(tile(0.5, on.high * 0.735, 0.16, on.high * 0.02, 0.006), 0x9a9fa8);
  if (random() < 0.6) cup(on, 0.9, on.high * 0.88, 0.05, random);
};

function desk(on: Painter, random: Random) {
  const [light, dark] = pick(tables, random);
  on.fill(
    below(() => on.high * 0.7),
    light,
  );
  on.fill(
    below(() => on.high * 0.7 + 0.015),
    dark,
    0.5,
  );
}

const skies: readonly (readonly [Colour, Colour, Colour])[] = [
  [0x2f4a7a, 0xf7b58a, 0xffe2a8],
  [0x7fb3e0, 0xeaf4fb, 0xfff6d8],
  [0x43335f, 0xef8a6a, 0xffd0a0],
  [0x9fc6c9, 0xfbe7c6, 0xffffff],
];

const run: Scene = (on, random) => {
  const [top, low, sun] = pick(skies, random);
  on.wash(top, low);
  const sunX = 0.2 + random() * 0.6;
  const horizon = on.high * (0.48 + random() * 0.08);
  for (const [r, strength] of [
    [0.2, 0.18],
    [0.13, 0.3],
    [0.07, 1],
  ] as const)
    on.fill(circle(sunX, horizon - 0.06, r), sun, strength);
  const wave = (base: number, size: number, turn: number) => (x: number) =>
    base - Math.sin(x * 7 + turn) * size - Math.sin(x * 17 + turn) * size * 0.3;
  on.fill(below(wave(horizon, 0.05, random() * 6)), mixed(top, 0x5b7a6a, 0.5), 0.75);
  on.fill(below(wave(horizon + 0.05, 0.02, random() * 6)), mixed(top, 0x35584a, 0.7));
  on.fill(
    below(() => horizon + 0.09),
    mixed(low, 0x4f94cf, 0.55),
  );
  for (let i = 0; i < 12; i++) {
    const [x, y] = [random(), horizon + 0.1 + random() * 0.08];
    on.fill(stroke(x, y, x + 0.03 + random() * 0.08, y, 0.003), sun, 0.5);
  }
  const bank = (x: number) => horizon + 0.2 - (x - 0.5) * 0.06;
  on.fill(below(bank), 0x4d7a4f);
  on.fill(
    below((x) => bank(x) + 0.06),
    mixed(0xb5573c, top, 0.18),
  );
  for (const lane of [0.11, 0.19, 0.3])
    on.fill(stroke(-0.1, bank(-0.1) + lane, 1.1, bank(1.1) + lane * 0.9, 0.005), 0xf8ecdd, 0.85);
  for (let i = 0; i < 5; i++) tree(on, random() < 0.5 ? random() * 0.3 : 0.7 + random() * 0.3, bank, random);
};

function tree(on: Painter, x: number, bank: (x: number) => number, random: Random) {
  const [y, r] = [bank(x) + 0.01, 0.03 + random() * 0.035];
  on.fill(stroke(x, y, x, y - r * 1.6, 0.008), 0x4a3526);
  const leaf = mixed(0x3f6b45, pick([0x86a85a, 0xd98a3d, 0x2f5a48], random), 0.5);
  on.fill(circle(x, y - r * 2, r), leaf);
  on.fill(circle(x - r * 0.5, y - r * 1.5, r * 0.7), mixed(leaf, 0x000000, 0.12));
  on.fill(circle(x + r * 0.4, y - r * 2.3, r * 0.5), mixed(leaf, 0xffffff, 0.14));
}

const book: Scene = (on, random) => {
  const blanket = pick([0xb7796b, 0x6f8f87, 0xc9a15b, 0x7c7396], random);
  on.wash(mixed(blanket, 0xffffff, 0.16), mixed(blanket, 0x000000, 0.12));
  for (let i = -6; i < 14; i++) {
    on.fill(stroke(i * 0.1, 0, i * 0.1 + 0.5, on.high, 0.012), mixed(blanket, 0xffffff, 0.2), 0.35);
    on.fill(stroke(i * 0.1 + 0.5, 0, i * 0.1, on.high, 0.012), mixed(blanket, 0x000000, 0.2), 0.2);
  }
  const [x, y] = [0.5, on.high * 0.52];
  const cover = tile(x, y, 0.8, on.high * 0.76, 0.02);
  on.shade(cover, 0.08, 0.5);
  on.fill(cover, pick(covers, random));
  for (const side of [-1, 1]) {
    const page = tile(x + side * 0.19, y, 0.37, on.high * 0.71, 0.012);
    on.fill(page, side < 0 ? 0xfdf6e6 : 0xfffaf0);
    on.shade(stroke(x + side * 0.012, y - on.high * 0.34, x + side * 0.012, y + on.high * 0.34, 0.004), 0.05, 0.22);
    lines(on, x + side * 0.19 - 0.145, y - on.high * 0.27, 0.29, 11, on.high * 0.052, 0x6d5c4c, random);
  }
  const marked = y - on.high * 0.27 + Math.floor(2 + random() * 6) * on.high * 0.052;
  on.fill(stroke(x + 0.05, marked, x + 0.05 + 0.12 + random() * 0.14, marked, on.high * 0.036), 0xf4d23c, 0.5);
  on.fill(tile(x + 0.3, y - on.high * 0.32, 0.03, on.high * 0.16, 0.004), 0xe4572e);
  if (random() < 0.5) cup(on, 0.93, on.high * 0.14, 0.06, random);
};

const scenes = { notebook, laptop, run, book } as const;
export type SceneName = keyof typeof scenes;

/** Paintings of each scene: to paint takes longer than to encode, and a wall needs a hundred photos. */
const painted = new Map<string, Pixels>();
const paintings = 6;

/**
 * A photo as WebP. The same number gives the same photo, and two numbers never give the same bytes: moim tells a leader of
 * photos that were shown before.
 */
export async function photo(scene: SceneName, number: number, width: number): Promise<Uint8Array> {
  const seed = number % paintings;
  const name = `${scene} ${seed} ${width}`;
  if (!painted.has(name)) {
    const on = painter(width, Math.round(width * (scene === 'run' ? 0.75 : 0.8)));
    scenes[scene](on, numbers(seed + 11));
    painted.set(name, on.finish(seed));
  }
  return new Uint8Array(await encode(painted.get(name)!, 84 - (Math.floor(number / paintings) % 40)));
}

const skins: readonly Colour[] = [0xf6d3b3, 0xeec19a, 0xe0a878, 0xf9dcc4];
const hairs: readonly Colour[] = [0x2b1d16, 0x4a2f22, 0x1f2430, 0x6b4226];

/** The portrait of a person as WebP: hair, face and a jumper in a colour of bricks. */
export async function portrait(seed: number): Promise<Uint8Array> {
  const random = numbers(seed + 977);
  const on = painter(256, 256);
  const ground = covers[seed % covers.length]!;
  const jumper = covers[(seed * 3 + 2) % covers.length]!;
  const [skin, hair] = [skins[seed % skins.length]!, hairs[(seed >> 1) % hairs.length]!];
  const long = seed % 2 === 0;
  on.wash(mixed(ground, 0xffffff, 0.62), mixed(ground, 0xffffff, 0.36));
  if (long) on.fill(tile(0.5, 0.56, 0.5, 0.52, 0.2), hair);
  on.fill(oval(0.5, 1.06, 0.4, 0.34), jumper);
  on.fill(tile(0.5, 0.7, 0.15, 0.2, 0.06), mixed(skin, 0x000000, 0.1));
  on.fill(oval(0.5, 0.47, 0.19, 0.22), skin);
  on.fill(oval(0.5, 0.33, 0.215, long ? 0.15 : 0.13), hair);
  on.fill(oval(0.5 + (random() - 0.5) * 0.12, 0.43, 0.15, 0.075), skin);
  for (const side of [-1, 1]) {
    on.fill(circle(0.5 + side * 0.075, 0.48, 0.016), 0x2b1d16);
    on.fill(oval(0.5 + side * 0.11, 0.545, 0.034, 0.02), 0xe5735a, 0.35);
  }
  const smile = {
    ...circle(0.5, 0.53, 0.07),
    distance: (x: number, y: number) => Math.max(Math.abs(Math.hypot(x - 0.5, y - 0.53) - 0.06) - 0.008, 0.56 - y),
  };
  on.fill(smile, 0xa8402f);
  if (seed % 3 === 1)
    for (const side of [-1, 1]) {
      const ring = circle(0.5 + side * 0.078, 0.48, 0.062);
      on.fill({ ...ring, distance: (x, y) => Math.abs(ring.distance(x, y) + 0.008) - 0.006 }, 0x2b1d16);
    }
  return new Uint8Array(await encode(on.finish(seed), 82));
}
