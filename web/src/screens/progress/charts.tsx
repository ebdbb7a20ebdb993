/**
 * The charts of progress: the geometry is that of the pictures that moim makes (`shared/charts`), the colours are those of the
 * theme. Each has a summary in words, and a table where the numbers are. Each state of a day has a form of its own.
 */
import { heatMap, monthsOf, type Value } from '../../../../shared/charts/geometry.ts';
import type { MemberProgress } from '../../app/data/progress.ts';
import { plusDays, weekday, weekOf } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { type Texts, useTexts } from '../../messages/index.ts';
import { Numbers, WeekBars } from '../../ui/charts.tsx';

/** A rate as one reads it; a dash while nothing was due. */
export const percent = (rate: Value, { none }: Pick<Texts<'progress'>, 'none'>) =>
  rate === null ? none : `${Math.round(rate * 100)}%`;

/** The Monday of an ISO week, `2026-W48`: the fourth of January is in the first week of its year. */
const mondayOf = (week: string) => plusDays(weekOf(`${week.slice(0, 4)}-01-04`)[0]!, 7 * (Number(week.slice(6)) - 1));

interface WeekOf {
  readonly week: string;
  readonly done: number;
  readonly due: number;
  readonly rate: Value;
  readonly team?: Value;
}

/** Bars for a member, week by week, and the average of the team as a line across them if it is known. */
export function Weeks({ weeks, title }: { readonly weeks: readonly WeekOf[]; readonly title: string }) {
  const say = useTexts('progress');
  const hasTeam = weeks.some(({ team }) => team !== undefined);
  const last = weeks.slice(-4).map(({ rate }) => percent(rate, say));
  return (
    <>
      <WeekBars
        says={`${title}. ${say.weeksSays(last.join(', '))}`}
        weeks={weeks.map(({ week, rate, team }) => ({ from: mondayOf(week), mine: rate, others: team ?? null }))}
        scaled={(share) => percent(share, say)}
        {...(hasTeam ? { names: [say.me, say.average] } : {})}
      />
      <Numbers
        title={title}
        head={hasTeam ? [say.me, say.average, say.doneOfDue] : [say.rate, say.doneOfDue]}
        rows={weeks.map(({ week, done, due, rate, team = null }) => ({
          from: mondayOf(week),
          cells: [percent(rate, say), ...(hasTeam ? [percent(team, say)] : []), say.ratio(done, due)],
        }))}
      />
    </>
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
          return { from: monday, cells: counted.map((state) => String(count(state, week))) };
        })}
      />
    </>
  );
}

function Band({ days, highest }: { readonly days: readonly Day[]; readonly highest: number }) {
  const say = useTexts('common').charts;
  const language = locale.use();
  const at = { x: 32, y: 22 };
  const cells = heatMap(days, at, pitch);
  const mondays = days.filter((_, index) => index % 7 === 0).map(({ day }) => ({ from: day }));
  const ahead = heatMap(Array.from({ length: perBand * 7 }), at, pitch).slice(days.length);
  return (
    <svg viewBox={`0 0 320 ${at.y + 7 * pitch}`} className="chart" aria-hidden="true">
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
