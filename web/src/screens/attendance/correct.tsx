import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { useList } from '../../app/cache.ts';
import { type Attendance, type AttendanceState, attendanceChanged } from '../../app/data/attendance.ts';
import { decisions } from '../../app/data/manage.ts';
import { ago } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Choice } from '../../ui/choices.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';

const states = ['PRESENT', 'LATE', 'HOLIDAY', 'ABSENT'] as const;

interface CorrectProps {
  readonly groupId: string;
  /** A week, also one in which the member has no attendance. */
  readonly of: Pick<Attendance, 'accountId' | 'seasonId' | 'week'> & { readonly state?: AttendanceState };
  readonly name: string;
  readonly onClose: () => void;
  readonly onDone?: (now: Attendance) => void;
}

/** Another state for a week, with a reason. What it was before stays in the history of decisions. */
export function Correct({ groupId, of, name, onClose, onDone }: CorrectProps) {
  const say = useTexts('attendance');
  const once = useOnce();
  const { accountId, seasonId, week } = of;
  const [state, choose] = useState<(typeof states)[number]>(states.find((each) => each === of.state) ?? 'PRESENT');
  return (
    <Confirm
      title={say.correct.title(name, week)}
      lead={say.correct.lead}
      action={say.correct.save}
      onClose={onClose}
      onConfirm={async ({ reason = '' }) => {
        const body = { accountId, seasonId, week, state, reason };
        const now = await once(body, (idempotencyKey) =>
          api.attendance.correctAttendance({ params: { groupId }, body, idempotencyKey }),
        );
        onDone?.(now);
        void attendanceChanged(groupId);
        tell(say.correct.done);
      }}
    >
      <Choice
        label={say.correct.state}
        options={states.map((each) => [each, say.correct.states[each]] as const)}
        value={state}
        onChoose={choose}
      />
      <Field label={say.correct.reason} name="reason" rows={3} maxLength={limits.decisionReason} required />
      <History groupId={groupId} of={of} />
    </Confirm>
  );
}

/** What was decided about this week, the last first. It comes when it is there: nobody waits for it. */
function History({ groupId, of }: Pick<CorrectProps, 'groupId' | 'of'>) {
  const say = useTexts('attendance');
  const language = locale.use();
  const list = useList(decisions(groupId));
  const { accountId, seasonId, week } = of;
  const detail = `${seasonId}:${String(week).padStart(4, '0')}`;
  const own = (list.items ?? []).filter(
    ({ subject }) => subject.kind === 'attendance' && subject.id === accountId && subject.detail === detail,
  );
  if (own.length === 0) return null;
  const words: Readonly<Record<string, string>> = say.states;
  const name = (state: string) => words[state] ?? say.correct.none;
  return (
    <div className="att-history">
      <p>{say.correct.before}</p>
      <ul>
        {own.map((each) => (
          <li key={each.id}>
            <b>
              {name(each.before)} → {name(each.after)}
            </b>
            <span className="soft">
              {say.correct.by(each.by.nickname)} · {ago(each.decidedAt, language)}
            </span>
            {each.reason && <span className="att-why">{each.reason}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
