import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { useAnswer } from '../../app/cache.ts';
import { whereabouts } from '../../app/check-in.ts';
import type { Meeting } from '../../app/data/attendance.ts';
import { members } from '../../app/data/groups.ts';
import { weekdayName } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Switch } from '../../ui/choices.tsx';
import { Field, Form, Select, Submit } from '../../ui/form.tsx';
import { Sheet } from '../../ui/sheet.tsx';

const limit = limits.attendance;

/** 1 Monday to 7 Sunday; the second of March 2026 is a Monday. */
export const nameOfDay = (weekday: number, language: string) => weekdayName(`2026-03-0${1 + weekday}`, language);

/** A meeting as moim takes it: its staff by id. */
export const sent = ({ weekday, start, graceMinutes, place, staff, position }: Meeting) => ({
  ...{ weekday, start, graceMinutes },
  ...(place ? { place } : {}),
  ...(staff ? { staffId: staff.id } : {}),
  ...(position ? { position } : {}),
});

interface MeetingSheetProps {
  readonly groupId: string;
  /** Undefined: a new one. */
  readonly of: Meeting | undefined;
  readonly weekdays: readonly number[];
  readonly isClub: boolean;
  readonly onClose: () => void;
  /** Undefined: it goes. */
  readonly onSave: (meeting: Meeting | undefined) => Promise<unknown>;
}

/** One meeting of the week. */
export function MeetingSheet({ groupId, of, weekdays, isClub, onClose, onSave }: MeetingSheetProps) {
  const say = useTexts('attendance').plan;
  const language = locale.use();
  const people = useAnswer(members(groupId));
  const [position, place] = useState(of?.position ?? null);
  const graces = [...new Set([0, 10, 15, 30, 60, of?.graceMinutes ?? limit.graceMinutes])].toSorted((a, b) => a - b);
  const staff = people.data?.items ?? (of?.staff ? [{ accountId: of.staff.id, nickname: of.staff.nickname }] : []);
  const save = async (meeting: Meeting | undefined) => {
    await onSave(meeting);
    onClose();
  };
  return (
    <Sheet title={of ? say.edit : say.add} onClose={onClose}>
      <Form
        onSubmit={(values) => {
          const who = staff.find(({ accountId }) => accountId === values.staffId);
          return save({
            weekday: Number(values.weekday),
            start: values.start ?? '',
            graceMinutes: Number(values.graceMinutes),
            place: values.place || null,
            staff: who ? { id: who.accountId, nickname: who.nickname } : null,
            position,
          });
        }}
      >
        <div className="two-fields">
          <Select
            label={say.weekday}
            name="weekday"
            options={weekdays.map((day) => [String(day), nameOfDay(day, language)] as const)}
            value={String(of?.weekday ?? weekdays[0])}
          />
          <Field label={say.start} name="start" type="time" value={of?.start ?? '19:00'} required />
        </div>
        <Field
          label={say.place}
          name="place"
          maxLength={limit.place}
          value={of?.place ?? ''}
          hint={isClub ? say.placeClub : undefined}
        />
        <div className="two-fields">
          <Select
            label={say.graceOf}
            name="graceMinutes"
            options={graces.map((minutes) => [String(minutes), say.minutes(minutes)] as const)}
            value={String(of?.graceMinutes ?? limit.graceMinutes)}
          />
          <Select
            key={staff.length}
            label={say.staff}
            name="staffId"
            options={[['', say.noStaff] as const, ...staff.map((each) => [each.accountId, each.nickname] as const)]}
            value={of?.staff?.id ?? ''}
          />
        </div>
        <div className="card att-position">
          <Switch
            label={say.position}
            hint={say.positionHint(limits.checkIn.metres)}
            on={position !== null}
            onChange={(isOn) => {
              if (!isOn) return place(null);
              void whereabouts().then((found) => (found ? place(found) : tell(say.noPosition)));
            }}
          />
        </div>
        <Submit>{say.save}</Submit>
      </Form>
      {of && <Drop onDrop={() => save(undefined)} />}
    </Sheet>
  );
}

/** Takes a meeting out of the plan: what was, stays. */
function Drop({ onDrop }: { readonly onDrop: () => Promise<unknown> }) {
  const say = useTexts('attendance').plan;
  return (
    <Form className="att-drop" onSubmit={onDrop}>
      <Submit kind="danger">{say.remove}</Submit>
    </Form>
  );
}
