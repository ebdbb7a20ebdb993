/**
 * The charts of progress: the geometry is that of the pictures that moim makes (`shared/charts`), the colours are those of the
 * theme. Each has a summary in words, and a table where the numbers are. Each state of a day has a form of its own.
 */
import { heatMap, meAgainstAverage, monthsOf, pathOf, ring, type Value } from '../../../../shared/charts/geometry.ts';
import type { MemberProgress } from '../../app/data/progress.ts';
import { plusDays, shortDay, weekday, weekOf } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { type Texts, useTexts } from '../../messages/index.ts';
import { cx } from '../../ui/button.tsx';
import { Fold } from '../../ui/form.tsx';

/** A rate as one reads it; a dash while nothing was due. */
export const percent = (rate: Value, { none }: Pick<Texts<'progress'>, 'none'>) =>
  rate === null ? none : `${Math.round(rate * 100)}%`;

/** The Monday of an ISO week, `2026-W48`: the fourth of January is in the first week of its year. */
const mondayOf = (week: string) => plusDays(weekOf(`${week.slice(0, 4)}-01-04`)[0]!, 7 * (Number(week.slice(6)) - 1));

/** The part that was done, with a notch where the others are. The numbers stand beside it. */
export function Ring({ rate, team }: { readonly rate: Value; readonly team?: Value | undefined }) {
  const say = useTexts('progress');
  const side = 112;
  const { centre, radius, dash, gap } = ring(rate ?? 0, side, 14);
  const turned = (share: number) => `rotate(${share * 360} ${centre} ${centre})`;
  return (
    <svg className="rate-ring" viewBox={`0 0 ${side} ${side}`} width={side} height={side} aria-hidden="true">
      <circle className="ring-open" cx={centre} cy={centre} r={radius} />
      {rate !== null && rate > 0 && (
        <circle
          className="ring-laid"
          cx={centre}
          cy={centre}
          r={radius}
          stroke-dasharray={`${dash} ${gap}`}
          transform={turned(-0.25)}
        />
      )}
      {team !== undefined && team !== null && (
        <path className="ring-mark" d={`M${centre} 0v17`} transform={turned(team)} />
      )}
      <text x={centre} y={centre + 9} text-anchor="middle">
        {percent(rate, say)}
      </text>
    </svg>
  );
}

interface WeekOf {
  readonly week: string;
  readonly done: number;
  readonly due: number;
  readonly rate: Value;
  readonly team?: Value;
}

/** A young group has few weeks: they begin at the left, and leave room for what comes. */
const fewestWeeks = 8;

/** Bars for a member, week by week, and the average of the team as a line across them if it is known. */
export function Weeks({ weeks, title }: { readonly weeks: readonly WeekOf[]; readonly title: string }) {
  const say = useTexts('progress');
  const mondays = weeks.map(({ week }) => ({ from: mondayOf(week) }));
  const room = Array.from({ length: Math.max(0, fewestWeeks - weeks.length) }, () => ({ rate: null, team: null }));
  const box = { x: 40, y: 8, width: 280, height: 112 };
  const slots = [...weeks.map(({ rate, team = null }) => ({ rate, team })), ...room];
  const { bars, line, scale } = meAgainstAverage(slots, box, 30);
  const hasTeam = weeks.some(({ team }) => team !== undefined);
  const last = weeks.slice(-4).map(({ rate }) => percent(rate, say));
  const points = line
    .flat()
    .map(({ x, y }) => `M${x} ${y}h0`)
    .join('');
  return (
    <>
      <svg
        className="weeks-chart"
        viewBox="0 0 320 146"
        role="img"
        aria-label={`${title}. ${say.weeksSays(last.join(', '))}`}
      >
        {scale.map(({ share, y }) => (
          <path key={share} className="chart-line" d={`M${box.x} ${y}h${box.width}`} />
        ))}
        {scale
          .filter(({ share }) => share % 0.5 === 0)
          .map(({ share, y }) => (
            <text key={share} x={box.x - 8} y={y + 5} text-anchor="end">
              {percent(share, say)}
            </text>
          ))}
        {bars.map(
          (bar, at) =>
            bar && (
              <rect
                key={at}
                className={cx('chart-bar', bar.height === 0 && 'nothing')}
                x={bar.x}
                y={bar.height === 0 ? bar.y - 3 : bar.y}
                width={bar.width}
                height={Math.max(3, bar.height)}
                rx={Math.min(4, Math.max(3, bar.height) / 2)}
              />
            ),
        )}
        {/* The scale runs through the bars as mortar: they are made of bricks. */}
        {scale.slice(1, -1).map(({ share, y }) => (
          <path key={share} className="chart-mortar" d={`M${box.x} ${y}h${box.width}`} />
        ))}
        {hasTeam && (
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
        {monthsOf(mondays).map(({ at, month }) => (
          <text key={at} x={box.x + (box.width * (at + 0.5)) / slots.length} y="142" text-anchor="middle">
            {say.month(month)}
          </text>
        ))}
      </svg>
      {hasTeam && (
        <ul className="chart-legend" aria-hidden="true">
          <li>
            <svg width="14" height="14" aria-hidden="true">
              <rect className="chart-bar" width="12" height="14" rx="3" />
            </svg>
            {say.me}
          </li>
          <li>
            <svg width="24" height="14" aria-hidden="true">
              <path className="chart-team" d="M1 7h22" />
              <path className="chart-points" d="M12 7h0" />
            </svg>
            {say.average}
          </li>
        </ul>
      )}
      <Numbers
        title={title}
        head={hasTeam ? [say.me, say.average, say.doneOfDue] : [say.rate, say.doneOfDue]}
        rows={weeks.map(({ week, done, due, rate, team = null }) => ({
          monday: mondayOf(week),
          cells: [percent(rate, say), ...(hasTeam ? [percent(team, say)] : []), say.ratio(done, due)],
        }))}
      />
    </>
  );
}

interface NumbersProps {
  readonly title: string;
  readonly head: readonly string[];
  /** Oldest first; the table begins with the newest. */
  readonly rows: readonly { readonly monday: string; readonly cells: readonly string[] }[];
}

/** The numbers of a chart, for who would rather read them. */
function Numbers({ title, head, rows }: NumbersProps) {
  const say = useTexts('progress');
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
          {rows.toReversed().map(({ monday, cells }) => (
            <tr key={monday}>
              <th scope="row">{shortDay(monday, language)}</th>
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

type Day = MemberProgress['heat'][number];
type State = Day['state'];

/** Weeks of one band: a quarter of a year is as wide as a phone. */
const perBand = 13;
const pitch = 22;
const side = 18;

/** The mark of a day, from its upper left. */
function Mark({ x, y, state, strong = 1 }: { x: number; y: number; state: State; strong?: number }) {
  const square = <rect className={`day ${state}`} x={x} y={y} width={side} height={side} rx="4.5" opacity={strong} />;
  if (state === 'WAITING')
    return (
      <>
        {square}
        <circle className="day-dot" cx={x + side / 2} cy={y + side / 2} r="3.2" />
      </>
    );
  if (state === 'PAUSED')
    return (
      <>
        {square}
        <path className="day-dash" d={`M${x + 5} ${y + side / 2}h${side - 10}`} />
      </>
    );
  return square;
}

/** The states that the table counts. */
const counted = ['DONE', 'PAUSED', 'MISSED'] as const satisfies readonly State[];

/** How strong a day is: those with most missions done are full. */
const strengthOf = (done: number, highest: number) => (done >= highest ? 1 : done * 2 > highest ? 0.75 : 0.55);

/** Every day of half a year: a column for each week, a band for each quarter, and the same as a table by weeks. */
export function Heat({ days, title }: { readonly days: readonly Day[]; readonly title: string }) {
  const say = useTexts('progress');
  const bands = Array.from({ length: Math.max(1, Math.ceil(days.length / (perBand * 7))) }, (_, at) =>
    days.slice(at * perBand * 7, (at + 1) * perBand * 7),
  );
  const highest = Math.max(1, ...days.map(({ done }) => done));
  const count = (state: State, of = days) => of.filter((day) => day.state === state).length;
  const mondays = days.filter((_, at) => at % 7 === 0).map(({ day }) => day);
  return (
    <>
      <div
        className="heat-bands"
        role="img"
        aria-label={`${title}. ${say.heatSays(count('DONE'), count('PAUSED'), count('MISSED'))}`}
      >
        {bands.map((band, at) => (
          <Band key={band[0]?.day ?? at} days={band} highest={highest} />
        ))}
      </div>
      <ul className="chart-legend" aria-hidden="true">
        {(Object.keys(say.states) as (keyof typeof say.states)[]).map((state) => (
          <li key={state}>
            <svg width="20" height="20" aria-hidden="true">
              <Mark x={1} y={1} state={state} />
            </svg>
            {say.states[state]}
          </li>
        ))}
      </ul>
      <Numbers
        title={title}
        head={counted.map((state) => say.states[state])}
        rows={mondays.map((monday) => {
          const week = days.filter(({ day }) => day >= monday && day < plusDays(monday, 7));
          return { monday, cells: counted.map((state) => String(count(state, week))) };
        })}
      />
    </>
  );
}

function Band({ days, highest }: { readonly days: readonly Day[]; readonly highest: number }) {
  const say = useTexts('progress');
  const language = locale.use();
  const at = { x: 32, y: 22 };
  const cells = heatMap(days, at, pitch);
  const mondays = days.filter((_, index) => index % 7 === 0).map(({ day }) => ({ from: day }));
  const ahead = heatMap(Array.from({ length: perBand * 7 }), at, pitch).slice(days.length);
  return (
    <svg viewBox={`0 0 320 ${at.y + 7 * pitch}`} className="heat-band" aria-hidden="true">
      {monthsOf(mondays).map(({ at: week, month }) => (
        <text key={week} x={at.x + week * pitch} y="14">
          {say.month(month)}
        </text>
      ))}
      {[0, 2, 4, 6].map((row) => (
        <text key={row} x="0" y={at.y + row * pitch + 14}>
          {weekday(plusDays('2026-03-02', row), language)}
        </text>
      ))}
      {ahead.map(({ x, y }) => (
        <rect key={`${x} ${y}`} className="day ahead" x={x} y={y} width={side} height={side} rx="4.5" />
      ))}
      {cells.map(({ x, y, of: { day, state, done } }) => (
        <Mark
          key={day}
          x={x}
          y={y}
          state={state}
          {...(state === 'DONE' ? { strong: strengthOf(done, highest) } : {})}
        />
      ))}
    </svg>
  );
}
