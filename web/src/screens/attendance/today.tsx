import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { type AttendanceDay, attendanceChanged } from '../../app/data/attendance.ts';
import { dayWithWeekday, timeAt } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Signs, StateTag } from './words.tsx';

interface TodayProps {
  readonly groupId: string;
  readonly of: AttendanceDay;
  readonly timeZone: string;
  readonly leads: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Meeting = NonNullable<AttendanceDay['meeting']>;

/** Whether a meeting shows codes now, by the clock of the device: moim decides, this only chooses which button comes first. */
const showsCodes = ({ startsAt, lateFrom }: Meeting, now: number) =>
  now >= Date.parse(startsAt) - limits.checkIn.opensMinutes * 60_000 && now <= Date.parse(lateFrom);

/** Today: a meeting and the person's part in it, or why there is none, and when the next one is. */
export function Today({ groupId, of, timeZone, leads, now }: TodayProps) {
  const say = useTexts('attendance');
  const language = locale.use();
  const { state, meeting, mine, day, next } = of;
  if (state === 'NO_PLAN')
    return (
      <Empty title={say.noPlan} lead={leads ? say.noPlanLead : say.noPlanMember}>
        {leads && (
          <Button icon="calendar" href={`/groups/${groupId}/attendance/plan`}>
            {say.plan.make}
          </Button>
        )}
      </Empty>
    );
  const isOpen = state === 'OPEN' && meeting !== null;
  return (
    <section className="card att-today" aria-labelledby="att-today">
      <header>
        <h2 id="att-today">{isOpen ? say.today : say.why[state as keyof typeof say.why]}</h2>
        <span className="soft">{dayWithWeekday(day, language)}</span>
      </header>
      {meeting && (
        <dl className="att-facts">
          <div>
            <dt>{say.when}</dt>
            <dd>
              {timeAt(meeting.startsAt, timeZone, language)}
              <span className="soft">{say.onTimeUntil(timeAt(meeting.lateFrom, timeZone, language))}</span>
            </dd>
          </div>
          {meeting.place && (
            <div>
              <dt>{say.where}</dt>
              <dd>{meeting.place}</dd>
            </div>
          )}
          {meeting.staff && (
            <div>
              <dt>{say.staff}</dt>
              <dd>{say.name(meeting.staff.nickname)}</dd>
            </div>
          )}
        </dl>
      )}
      {mine && <Mine of={mine} timeZone={timeZone} />}
      {isOpen && (!mine || mine.state === 'REJECTED' || mine.state === 'PENDING') && (
        <Acts groupId={groupId} meeting={meeting} mine={mine} now={now} />
      )}
      {next && (!isOpen || mine) && (
        <p className="att-next soft">
          {say.next(
            [dayWithWeekday(next.day, language), timeAt(next.startsAt, timeZone, language), next.place]
              .filter(Boolean)
              .join(' · '),
          )}
        </p>
      )}
    </section>
  );
}

/** What the person has this week, spoken when it changes. */
function Mine({ of, timeZone }: { readonly of: NonNullable<AttendanceDay['mine']>; readonly timeZone: string }) {
  const say = useTexts('attendance');
  const language = locale.use();
  const { state, requestedAt, reason } = of;
  return (
    <div className="att-mine" role="status">
      <p className="att-tags">
        <StateTag state={state} />
        {state === 'PENDING' && <Signs of={of} />}
        {of.alternate && state !== 'PENDING' && <span className="soft">{say.alternate}</span>}
        {requestedAt && (
          <span className="soft">
            {dayWithWeekday(of.day, language)} {timeAt(requestedAt, timeZone, language)}
          </span>
        )}
      </p>
      <p className="soft">{say.mine[state]}</p>
      {state === 'REJECTED' && reason && <Note icon="chat">{reason}</Note>}
    </div>
  );
}

interface ActsProps {
  readonly groupId: string;
  readonly meeting: Meeting;
  readonly mine: AttendanceDay['mine'];
  readonly now: number;
}

/** A code needs no decision, so it comes first while there are any. */
function Acts({ groupId, meeting, mine, now }: ActsProps) {
  const say = useTexts('attendance');
  const once = useOnce();
  const [isBusy, work] = useState(false);
  const codes = showsCodes(meeting, now);
  const isAsking = mine?.state === 'PENDING';
  const ask = async () => {
    work(true);
    try {
      const { state } = await once(groupId, (idempotencyKey) =>
        api.attendance.requestAttendance({ params: { groupId }, idempotencyKey }),
      );
      tell(say.asked[state === 'PENDING' ? 'PENDING' : 'DONE']);
    } catch (error) {
      complain(error);
    }
    await attendanceChanged(groupId);
    work(false);
  };
  return (
    <div className="att-acts">
      {codes && (
        <Button icon="qr" href={`/groups/${groupId}/check-in`}>
          {say.enter.title}
        </Button>
      )}
      {!isAsking && (
        <Button kind={codes ? 'quiet' : 'main'} icon="check" busy={isBusy} onClick={() => void ask()}>
          {mine ? say.askAgain : say.ask}
        </Button>
      )}
      {!isAsking && <p className="hint">{codes ? say.codeHint : say.askHint}</p>}
    </div>
  );
}
