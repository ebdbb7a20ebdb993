import type { Attendance, AttendanceState, Rate } from '../../app/data/attendance.ts';
import { useTexts } from '../../messages/index.ts';
import type { IconName } from '../../ui/icon.tsx';
import { Ring } from '../../ui/ring.tsx';
import { Tag } from '../../ui/rows.tsx';

type Tone = 'good' | 'wait' | 'bad';

/** Each state has a sign and a word of its own. */
export const looks: Readonly<Record<AttendanceState, readonly [icon: IconName, tone: Tone | undefined]>> = {
  PENDING: ['clock', 'wait'],
  PRESENT: ['check', 'good'],
  LATE: ['clock', 'good'],
  REJECTED: ['undo', 'wait'],
  HOLIDAY: ['moon', undefined],
  ABSENT: ['off', undefined],
};

export function StateTag({ state }: { readonly state: AttendanceState }) {
  const say = useTexts('attendance');
  const [icon, tone] = looks[state];
  return (
    <Tag icon={icon} {...(tone ? { tone } : {})}>
      {say.states[state]}
    </Tag>
  );
}

/** What is unusual about an attendance: late, or at another place than the own. */
export function Signs({ of }: { readonly of: Pick<Attendance, 'late' | 'alternate'> }) {
  const say = useTexts('attendance');
  return (
    <>
      {of.late ? (
        <Tag icon="clock" tone="wait">
          {say.late}
        </Tag>
      ) : (
        <Tag icon="check" tone="good">
          {say.onTime}
        </Tag>
      )}
      {of.alternate && <Tag icon="undo">{say.alternate}</Tag>}
    </>
  );
}

/** The counts of a season in a sentence: none that is zero but the first. */
export function countsOf({ present, late, absent, holiday }: Rate, say: ReturnType<typeof useTexts<'attendance'>>) {
  const more = [
    ['LATE', late],
    ['ABSENT', absent],
    ['HOLIDAY', holiday],
  ] as const;
  return [
    say.count.PRESENT(present),
    ...more.filter(([, count]) => count > 0).map(([state, count]) => say.count[state](count)),
  ].join(' · ');
}

/** A rate as one reads it; a dash while nothing counts. */
export const percentOf = ({ rate }: Pick<Rate, 'rate'>, none: string) =>
  rate === null ? none : `${Math.round(rate * 100)}%`;

/** What somebody has in a season, and the counts that it is made of. */
export function RateCard({ of, title }: { readonly of: Rate; readonly title: string }) {
  const say = useTexts('attendance');
  const { alternates, alternatesLeft } = of;
  return (
    <section className="card att-rate" aria-labelledby="att-rate">
      <h2 id="att-rate">{title}</h2>
      <div className="rate">
        <Ring rate={of.rate} text={percentOf(of, say.none)} />
        <div className="att-counts">
          <p>{of.rate === null ? say.rateEmpty : say.rateIs(percentOf(of, say.none))}</p>
          <p className="soft">{countsOf(of, say)}</p>
          {alternates > 0 && <p className="soft">{say.alternates(alternates, alternates + alternatesLeft)}</p>}
        </div>
      </div>
      <p className="hint">{say.rateRule}</p>
    </section>
  );
}
