/**
 * Charts of the kit: the geometry is that of the pictures that moim makes (`shared/charts`), the colours are those of the theme.
 * Each has a summary in words, and a table where the numbers are.
 */
import './charts.css';
import { bars as barsOf, meAgainstAverage, monthsOf, pathOf, type Value } from '../../../shared/charts/geometry.ts';
import { shortDay } from '../app/days.ts';
import { locale } from '../app/settings.ts';
import { useTexts } from '../messages/index.ts';
import { cx } from './button.tsx';
import { Fold } from './form.tsx';

/** A young group has few weeks: they begin at the left, and leave room for what comes. */
const fewestWeeks = 8;

interface WeekBarsProps {
  /** The same in words. */
  readonly says: string;
  /** Oldest first, each by its first day. Values are shares of the height; null is a gap. */
  readonly weeks: readonly { readonly from: string; readonly mine: Value; readonly others: Value }[];
  /** A share of the height as one reads it. */
  readonly scaled: (share: number) => string;
  /** What the bars and the line are called; without it there is no line. */
  readonly names?: readonly [mine: string, others: string];
}

/** A bar for each week, and a line across them. */
export function WeekBars({ says, weeks, scaled, names }: WeekBarsProps) {
  const say = useTexts('common').charts;
  const room = Array.from({ length: Math.max(0, fewestWeeks - weeks.length) }, () => ({ rate: null, team: null }));
  const box = { x: 40, y: 8, width: 280, height: 112 };
  const slots = [...weeks.map(({ mine, others }) => ({ rate: mine, team: others })), ...room];
  const { bars, line, scale } = meAgainstAverage(slots, box, 30);
  const points = line
    .flat()
    .map(({ x, y }) => `M${x} ${y}h0`)
    .join('');
  return (
    <>
      <svg className="chart" viewBox="0 0 320 146" role="img" aria-label={says}>
        {scale.map(({ share, y }) => (
          <path key={share} className="chart-line" d={`M${box.x} ${y}h${box.width}`} />
        ))}
        {scale
          .filter(({ share }) => share % 0.5 === 0)
          .map(({ share, y }) => (
            <text key={share} x={box.x - 8} y={y + 5} text-anchor="end">
              {scaled(share)}
            </text>
          ))}
        {bars.map((bar, at) => bar && <Bar key={at} of={bar} />)}
        {/* The scale runs through the bars as mortar: they are made of bricks. */}
        {scale.slice(1, -1).map(({ share, y }) => (
          <path key={share} className="chart-mortar" d={`M${box.x} ${y}h${box.width}`} />
        ))}
        {names && (
          <>
            <path className="chart-halo" d={pathOf(line)} />
            <path className="chart-team" d={pathOf(line)} />
            <path className="chart-points" d={points} />
          </>
        )}
        {slots.every(({ rate, team }) => rate === null && team === null) && (
          <text x={box.x + box.width / 2} y={box.y + box.height / 2 + 5} text-anchor="middle">
            {say.nothing}
          </text>
        )}
        {monthsOf(weeks).map(({ at, month }) => (
          <text key={at} x={box.x + (box.width * (at + 0.5)) / slots.length} y="142" text-anchor="middle">
            {say.month(month)}
          </text>
        ))}
      </svg>
      {names && (
        <ul className="chart-legend" aria-hidden="true">
          <li>
            <svg width="14" height="14" aria-hidden="true">
              <rect className="chart-bar" width="12" height="14" rx="3" />
            </svg>
            {names[0]}
          </li>
          <li>
            <svg width="24" height="14" aria-hidden="true">
              <path className="chart-team" d="M1 7h22" />
              <path className="chart-points" d="M12 7h0" />
            </svg>
            {names[1]}
          </li>
        </ul>
      )}
    </>
  );
}

/** A bar; one of nothing is a line on the ground. */
const Bar = ({ of, tone }: { of: { x: number; y: number; width: number; height: number }; tone?: string }) => (
  <rect
    className={cx('chart-bar', of.height === 0 ? 'nothing' : tone)}
    x={of.x}
    y={of.height === 0 ? of.y - 3 : of.y}
    width={of.width}
    height={Math.max(3, of.height)}
    rx={Math.min(4, Math.max(3, of.height) / 2)}
  />
);

interface CountBarsProps {
  /** The same in words. */
  readonly says: string;
  readonly bars: readonly { readonly name: string; readonly count: number }[];
}

/** A bar for each of some kinds, with its number on it. */
export function CountBars({ says, bars }: CountBarsProps) {
  const box = { x: 4, y: 24, width: 312, height: 88 };
  const highest = Math.max(1, ...bars.map(({ count }) => count));
  const shown = barsOf(
    bars.map(({ count }) => count / highest),
    box,
  );
  return (
    <svg className="chart" viewBox="0 0 320 138" role="img" aria-label={says}>
      {shown.map((bar, at) => {
        const { name, count } = bars[at]!;
        const middle = bar!.x + bar!.width / 2;
        return (
          <g key={name}>
            <Bar of={bar!} tone="count" />
            {count > 0 && (
              <text className="chart-count" x={middle} y={bar!.y - 6} text-anchor="middle">
                {count}
              </text>
            )}
            <text x={middle} y="133" text-anchor="middle">
              {name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

interface NumbersProps {
  readonly title: string;
  readonly head: readonly string[];
  /** Each by the first day of its week. Oldest first; the table begins with the newest. */
  readonly rows: readonly { readonly from: string; readonly cells: readonly string[] }[];
}

/** The numbers of a chart by weeks, for who would rather read them. */
export function Numbers({ title, head, rows }: NumbersProps) {
  const say = useTexts('common').charts;
  const language = locale.use();
  return (
    <Fold title={say.table}>
      <table className="numbers">
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            {[say.week, ...head].map((each) => (
              <th key={each} scope="col">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ from, cells }) => (
            <tr key={from}>
              <th scope="row">{shortDay(from, language)}</th>
              {cells.map((cell, at) => (
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Fold>
  );
}
