/** A month of climbing: its days as bricks, its records, and what all records come to. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { ClimbingRecord, Records } from '../../app/data/climbs.ts';
import { clockTime, inFields, monthAround, plusDays, shortDay, weekday, weekdayName, weekOf } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { cx, Round } from '../../ui/button.tsx';
import { CountBars } from '../../ui/charts.tsx';
import { Fold } from '../../ui/form.tsx';
import { Tag } from '../../ui/rows.tsx';

const levels = Array.from({ length: 10 }, (_, at) => at + 1);

interface MonthProps {
  readonly of: Records;
  /** Where the screen of another month is. */
  readonly pathOf: (month: string) => string;
  /** Where a day is entered; without it, nothing can be entered. */
  readonly dayPath?: (day: string) => string;
}

/** The days of a month: those with a record are bricks. */
export function Month({ of: { day: today, month, items }, pathOf, dayPath }: MonthProps) {
  const say = useTexts('records');
  const language = locale.use();
  const id = useId();
  const first = `${month}-01`;
  const next = monthAround(month, 1);
  const days = Array.from({ length: Number(plusDays(`${next}-01`, -1).slice(8)) }, (_, at) => plusDays(first, at));
  const recordOn = new Map(items.map((each) => [each.day, each]));
  const empty = weekOf(first).indexOf(first);
  const sum = (number: (each: ClimbingRecord) => number) => items.reduce((all, each) => all + number(each), 0);
  const spent = say.time(sum(({ minutes }) => minutes));
  const worth = say.points(sum(({ points }) => points));
  return (
    <section className="card climbs-card" aria-labelledby={id}>
      <div className="climbs-head">
        <Round icon="back" label={say.before} href={pathOf(monthAround(month, -1))} />
        <h2 id={id} aria-live="polite">
          {say.month(month.slice(0, 4), Number(month.slice(5)))}
        </h2>
        {next <= today.slice(0, 7) ? (
          <Round icon="next" label={say.after} href={pathOf(next)} />
        ) : (
          <span className="climbs-room" />
        )}
      </div>
      <div className="climbs-names" aria-hidden="true">
        {weekOf(first).map((each) => (
          <span key={each}>{weekday(each, language)}</span>
        ))}
      </div>
      <ol className="climbs-days" aria-label={say.calendar}>
        {days.map((each, at) => (
          <li key={each} {...(at === 0 && empty > 0 ? { style: { gridColumnStart: empty + 1 } } : {})}>
            <Day day={each} today={today} record={recordOn.get(each)} href={dayPath?.(each)} />
          </li>
        ))}
      </ol>
      <p className="soft">
        {items.length > 0
          ? say.monthSum(say.days(items.length), spent, worth)
          : dayPath
            ? say.monthNone
            : say.monthNoneOf}
      </p>
    </section>
  );
}

interface DayProps {
  readonly day: string;
  readonly today: string;
  readonly record: ClimbingRecord | undefined;
  readonly href: string | undefined;
}

/** A day: with its record a brick with the points on it, today with a frame. */
function Day({ day, today, record, href }: DayProps) {
  const say = useTexts('records');
  const name = shortDay(day, locale.use());
  const look = cx('climb-day', record && 'laid', day === today && 'now', day > today && 'later');
  const inner = (
    <>
      <span aria-hidden="true">{Number(day.slice(8))}</span>
      {record && <b aria-hidden="true">{record.points}</b>}
    </>
  );
  const worth = record && say.dayDone(name, say.points(record.points));
  if (!href || day > today)
    return (
      <span className={look}>
        {inner}
        <span className="unseen">{worth ?? say.dayNone(name)}</span>
      </span>
    );
  return (
    <a className={look} href={href}>
      {inner}
      <span className="unseen">{worth ?? say.dayEmpty(name)}</span>
    </a>
  );
}

interface ListProps {
  readonly of: Records;
  readonly timeZone: string;
  readonly dayPath?: (day: string) => string;
  /** What those who lead may do with a record of somebody else. */
  readonly actions?: ((record: ClimbingRecord) => ComponentChildren) | undefined;
}

/** The records of the month, the newest first. */
export function List({ of: { items }, timeZone, dayPath, actions }: ListProps) {
  const say = useTexts('records');
  const id = useId();
  if (items.length === 0) return null;
  return (
    <section className="climbs-list" aria-labelledby={id}>
      <h2 id={id}>{say.list}</h2>
      <ul>
        {items.toReversed().map((each) => (
          <li key={each.id}>
            <Climb of={each} timeZone={timeZone} href={dayPath?.(each.day)} actions={actions} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ClimbProps {
  readonly of: ClimbingRecord;
  readonly timeZone: string;
  readonly href: string | undefined;
  readonly actions: ListProps['actions'];
}

function Climb({ of: record, timeZone, href, actions }: ClimbProps) {
  const say = useTexts('records');
  const language = locale.use();
  const { day, startedAt, endedAt, minutes, gym, problems, points, counted, struckAt } = record;
  const clock = (instant: string) => clockTime(inFields(instant, timeZone).time, language);
  const inner = (
    <>
      <span className="climb-line">
        <b>
          {shortDay(day, language)} <span className="soft">{weekdayName(day, language)}</span>
        </b>
        <b className="climb-points">{say.points(points)}</b>
      </span>
      <span className="climb-where">{gym}</span>
      <span className="soft">
        {clock(startedAt)}–{clock(endedAt)} · {say.time(minutes)}
      </span>
      <span className="climb-solved">
        {problems.map(({ level, count }) => (
          <span key={level} className={cx('climb-level', level > record.ownLevel && 'above')}>
            {say.level(level)} <b>×{count}</b>
          </span>
        ))}
      </span>
      {struckAt !== null ? (
        <Tag icon="flag" tone="wait">
          {say.struck}
        </Tag>
      ) : (
        counted === null && <Tag icon="moon">{say.countsNot}</Tag>
      )}
    </>
  );
  if (href)
    return (
      <a className="card climb" href={href}>
        {inner}
      </a>
    );
  return (
    <div className="card climb">
      {inner}
      {actions?.(record)}
    </div>
  );
}

/** All records of a member together. */
export function Totals({ of: { totals } }: { readonly of: Records }) {
  const say = useTexts('records');
  const id = useId();
  const { minutes, records, solved } = totals;
  const all = solved.reduce((sum, { count }) => sum + count, 0);
  const countOf = (level: number) => solved.find((each) => each.level === level)?.count ?? 0;
  const facts = [
    [say.totalSolved, say.problems(all)],
    [say.totalTime, say.time(minutes)],
    [say.totalDays, say.days(records)],
  ] as const;
  return (
    <section className="card climbs-card" aria-labelledby={id}>
      <h2 id={id}>{say.totals}</h2>
      <dl className="climbs-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {all === 0 ? (
        <p className="soft">{say.solvedNone}</p>
      ) : (
        <>
          <h3>{say.solved}</h3>
          <CountBars
            says={say.solvedSays(solved.map(({ level, count }) => `${say.level(level)} ${count}`).join(', '))}
            bars={levels.map((level) => ({ name: String(level), count: countOf(level) }))}
          />
          <Fold title={say.table}>
            <table className="numbers">
              <caption className="unseen">{say.solved}</caption>
              <thead>
                <tr>
                  <th scope="col">{say.levelCount}</th>
                  <th scope="col">{say.count}</th>
                </tr>
              </thead>
              <tbody>
                {solved.map(({ level, count }) => (
                  <tr key={level}>
                    <th scope="row">{say.level(level)}</th>
                    <td>{count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Fold>
        </>
      )}
    </section>
  );
}
