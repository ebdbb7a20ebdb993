/** The cover of a group: a small picture laid in bricks, by its category. Nobody uploads it, and it fits any shape. */
import { useId } from 'preact/hooks';
import { hue } from './bricks.tsx';

/** Rows of bricks from above: a number is a colour, a dot is wall. */
const pictures = {
  code: ['........', '.11.....', '..11....', '...11...', '..11....', '.11.000.', '........'],
  talk: ['.666666.', '6666666.', '66166166', '6666666.', '.666666.', '.66.....', '.6......'],
  exam: ['1111111.', '1333331.', '1111111.', '1333111.', '1111001.', '1111001.', '1111111.'],
  leaf: ['......22', '.22..222', '.222222.', '..2222..', '...2....', '.777777.', '..7777..'],
  book: ['........', '333.333.', '31133113', '3113113.', '31133113', '333.333.', '...33...'],
  music: ['..55555.', '..5...5.', '..5...5.', '..5...5.', '555.555.', '555.555.', '........'],
  run: ['........', '.33..33.', '333..333', '33311333', '333..333', '.33..33.', '........'],
  cup: ['..4..4..', '...4..4.', '.00000..', '.0000000', '.00000.0', '.0000000', '..000...'],
  climb: ['...0....', '...7....', '..777...', '..7227..', '.722227.', '.7222277', '72222222'],
  heart: ['........', '.00..00.', '01100110', '01110110', '01110110', '00000000', '...00...'],
} as const;

/** The picture and the ground of each category. */
const covers = {
  IT: ['code', 0],
  FOREIGN_LANGUAGE: ['talk', 6],
  MATH: ['exam', 3],
  SCIENCE: ['leaf', 2],
  HUMANITIES: ['book', 7],
  ARTS_AND_PHYSICAL_EDUCATION: ['music', 5],
  SPORTS: ['run', 6],
  HABIT: ['cup', 4],
  TEST: ['exam', 1],
  READING: ['book', 3],
  SELF_DEVELOPMENT: ['climb', 2],
  ETC: ['heart', 4],
} as const;

const [across, down] = [25, 20];

export function Cover({ category }: { readonly category: keyof typeof covers }) {
  const id = useId();
  const [picture, at] = covers[category];
  return (
    <svg className={`cover ${hue(at)}`} viewBox="-12 -12 236 164" aria-hidden="true">
      <defs>
        <pattern id={id} width={across} height={2 * down} patternUnits="userSpaceOnUse">
          <rect className="back" x="1.5" y="1" width="22" height="17" rx="4.5" />
          <rect className="back" x="-11" y="21" width="22" height="17" rx="4.5" />
          <rect className="back" x="14" y="21" width="22" height="17" rx="4.5" />
        </pattern>
      </defs>
      <rect x="-1000" y="-1000" width="2400" height="2400" fill={`url(#${id})`} />
      {pictures[picture].flatMap((line, row) =>
        [...line].map(
          (cell, place) =>
            cell !== '.' && (
              <rect
                key={`${row} ${place}`}
                className={`cover-brick ${hue(Number(cell))}`}
                x={place * across + 1.5 + (row % 2 ? across / 2 : 0)}
                y={row * down + 1}
                width="22"
                height="17"
                rx="4.5"
              />
            ),
        ),
      )}
    </svg>
  );
}
