import './attendance.css';
import { useState } from 'preact/hooks';
import { ProblemError } from '../../../../client/problem-error.ts';
import { useAnswer } from '../../app/cache.ts';
import { attendanceChanged, attendancePlan, type Meeting, type Plan } from '../../app/data/attendance.ts';
import { group } from '../../app/data/groups.ts';
import { clockTime, dayWithWeekday, today } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { zoneName } from '../../app/zones.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Note, Row, Rows, Tile } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { MeetingSheet, nameOfDay, sent } from './meeting.tsx';

/** What is open over the plan. */
type Open =
  | { readonly what: 'meeting'; readonly of?: Meeting }
  | { readonly what: 'holiday' }
  | { readonly what: 'drop'; readonly day: string };

/** When a group meets, and when not: each change is saved at once, unless somebody else was faster. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('attendance').plan;
  const language = locale.use();
  const view = useAnswer(group(groupId));
  const answer = useAnswer(attendancePlan(groupId));
  const [open, show] = useState<Open>();
  const frame = { className: 'attendance', title: say.title, back: `/groups/${groupId}/attendance` };
  if (!view.data || !answer.data) return <Unready {...frame} of={[view, answer]} rows={2} />;
  const { group: about, role } = view.data;
  const plan = answer.data;
  const leads = role !== 'MEMBER';
  const now = today(about.timeZone, new Date(), about.dayStart);
  const close = () => show(undefined);
  const save = (change: Partial<Pick<Plan, 'meetings' | 'holidays'>>, then: string) =>
    saved(groupId, plan, change, say.overtaken).then(() => tell(then));
  const free = [1, 2, 3, 4, 5, 6, 7].filter((day) => plan.meetings.every(({ weekday }) => weekday !== day));
  return (
    <Page {...frame} sub={about.title}>
      {plan.meetings.length === 0 ? (
        <Empty title={say.none} lead={leads ? say.noneLead : undefined} />
      ) : (
        <Section title={say.meetings}>
          <Rows>
            {plan.meetings.map((each) => (
              <MeetingRow
                key={each.weekday}
                of={each}
                onClick={leads ? () => show({ what: 'meeting', of: each }) : undefined}
              />
            ))}
          </Rows>
          <p className="att-lead hint">{say.zone(zoneName(about.timeZone, language))}</p>
        </Section>
      )}
      {plan.meetings.length > 0 && (
        <Holidays
          days={plan.holidays.filter((day) => day >= now)}
          onAdd={leads ? () => show({ what: 'holiday' }) : undefined}
          onDrop={leads ? (day) => show({ what: 'drop', day }) : undefined}
        />
      )}
      {leads && plan.meetings.length > 0 && <Note icon="clock">{say.keeps}</Note>}
      {leads && free.length > 0 && (
        <Dock>
          <Button icon="plus" onClick={() => show({ what: 'meeting' })}>
            {say.add}
          </Button>
        </Dock>
      )}
      {open?.what === 'meeting' && (
        <MeetingSheet
          groupId={groupId}
          of={open.of}
          weekdays={open.of ? [open.of.weekday, ...free].toSorted((a, b) => a - b) : free}
          isClub={about.kind === 'CLUB'}
          onClose={close}
          onSave={(meeting) => {
            const others = plan.meetings.filter(({ weekday }) => weekday !== open.of?.weekday);
            const meetings = (meeting ? [...others, meeting] : others).toSorted((a, b) => a.weekday - b.weekday);
            return save({ meetings }, meeting ? say.saved : say.removed);
          }}
        />
      )}
      {open?.what === 'holiday' && (
        <Confirm
          title={say.holidayTitle}
          lead={say.holidayLead}
          action={say.addHoliday}
          onClose={close}
          onConfirm={({ day = '' }) => save({ holidays: [...new Set([...plan.holidays, day])].toSorted() }, say.saved)}
        >
          <Field label={say.day} name="day" type="date" min={now} value={now} required />
        </Confirm>
      )}
      {open?.what === 'drop' && (
        <Confirm
          title={say.dropTitle(dayWithWeekday(open.day, language))}
          lead={say.dropLead}
          action={say.dropDo}
          onClose={close}
          onConfirm={() => save({ holidays: plan.holidays.filter((day) => day !== open.day) }, say.saved)}
        />
      )}
    </Page>
  );
}

interface HolidaysProps {
  /** From today on. */
  readonly days: readonly string[];
  /** Undefined: the person may only read them. */
  readonly onAdd: (() => void) | undefined;
  readonly onDrop: ((day: string) => void) | undefined;
}

function Holidays({ days, onAdd, onDrop }: HolidaysProps) {
  const say = useTexts('attendance').plan;
  const language = locale.use();
  const add = onAdd && (
    <Button small kind="quiet" icon="plus" onClick={onAdd}>
      {say.addHoliday}
    </Button>
  );
  return (
    <Section title={say.holidays} end={add}>
      {days.length === 0 ? (
        <p className="att-lead soft">{say.noHolidays}</p>
      ) : (
        <Rows>
          {days.map((day) => {
            const name = dayWithWeekday(day, language);
            const drop = onDrop && <Round icon="trash" label={say.dropHoliday(name)} onClick={() => onDrop(day)} />;
            return <Row key={day} lead={<Tile icon="moon" />} title={name} end={drop} />;
          })}
        </Rows>
      )}
    </Section>
  );
}

/** Replaces the plan that was seen. If somebody has changed it meanwhile, theirs is shown, and nothing of it is lost. */
async function saved(
  groupId: string,
  plan: Plan,
  change: Partial<Pick<Plan, 'meetings' | 'holidays'>>,
  overtaken: string,
): Promise<void> {
  const { meetings, holidays } = { ...plan, ...change };
  try {
    await api.attendance.setAttendancePlan({
      params: { groupId },
      body: { meetings: meetings.map(sent), holidays },
      ifMatch: plan.version,
    });
    await attendanceChanged(groupId);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'PRECONDITION_FAILED') throw error;
    await attendanceChanged(groupId);
    tell(overtaken);
  }
}

function MeetingRow({ of, onClick }: { readonly of: Meeting; readonly onClick: (() => void) | undefined }) {
  const say = useTexts('attendance').plan;
  const language = locale.use();
  const { weekday, start, graceMinutes, place, staff, position } = of;
  const facts = [place, say.grace(graceMinutes), staff && say.by(staff.nickname), position && say.near];
  return (
    <Row
      lead={<Tile icon="calendar" />}
      title={say.at(nameOfDay(weekday, language), clockTime(start, language))}
      text={facts.filter(Boolean).join(' · ')}
      {...(onClick ? { onClick } : {})}
    />
  );
}
