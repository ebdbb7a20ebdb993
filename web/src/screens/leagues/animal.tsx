import type { LeagueRow } from '../../app/data/leagues.ts';
import { hue } from '../../ui/bricks.tsx';

type AnimalName = NonNullable<LeagueRow['animal']>;

/** Nameless animals, laid in bricks: 1 the coat, 2 the light parts, 0 the eyes, 3 beak or nose. */
const animals: Readonly<Record<AnimalName, readonly [hue: number, rows: string]>> = {
  OTTER: [7, '.1.....1. 111111111 111111111 110111011 122232221 122222221 .1122211. ..11111..'],
  WHALE: [3, '..1.1..... ...1...... .11111..1. 1111111.1. 1011111111 2211111111 .2222221.. ..2222....'],
  OWL: [5, '1......1 11111111 12211221 12011021 12233221 11133111 11111111 .111111. ..3..3..'],
  RABBIT: [4, '.11.11.. .12.21.. .11.11.. .11111.. 1101011. 1113111. .11111.. 111111.2 111111.2'],
  TURTLE: [2, '....111... ...12121.. ..1121211. .112121211 0122222222 00.......1 .1..1..1..'],
  BEAR: [1, '11.....11 111111111 .1111111. .1011101. .1122211. .1120211. ..12221.. .1111111.'],
  FOX: [0, '1.......1 11.....11 111111111 110111011 221111122 .2221222. ..22022.. ...222...'],
  CAT: [6, '.1...1... .11111... .10101... .11311..1 ..111...1 ..11111.1 ..1111111 ..11111.. ..1...1..'],
};

/** The colour of its coat. */
export const coatOf = (name: AnimalName) => animals[name][0];

interface AnimalProps {
  readonly of: AnimalName;
  readonly size?: number;
}

/** Its name stands beside it. */
export function Animal({ of, size = 44 }: AnimalProps) {
  const [colour, text] = animals[of];
  const rows = text.split(' ');
  const wide = rows[0]!.length;
  const box = Math.max(wide * 10, rows.length * 8) + 14;
  const [x, y] = [(box - wide * 10) / 2, (box - rows.length * 8) / 2];
  return (
    <svg
      className={`animal ${hue(colour)}`}
      width={size}
      height={size}
      viewBox={`0 0 ${box} ${box}`}
      aria-hidden="true"
    >
      {rows.flatMap((row, line) =>
        [...row].map(
          (cell, place) =>
            cell !== '.' && (
              <rect
                key={`${line}-${place}`}
                className={`fur-${cell}`}
                x={x + place * 10 + 0.5}
                y={y + line * 8 + 0.5}
                width="9"
                height="7"
                rx="2"
              />
            ),
        ),
      )}
    </svg>
  );
}
