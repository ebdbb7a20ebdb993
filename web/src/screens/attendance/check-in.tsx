import './attendance.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { deviceId, takeCode, whereabouts } from '../../app/check-in.ts';
import { type AttendanceDay, attendanceChanged, attendanceDay } from '../../app/data/attendance.ts';
import type { CheckedIn } from '../../app/data/checkins.ts';
import { group } from '../../app/data/groups.ts';
import { timeAt } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, cx } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** The code of a meeting, typed or scanned: who scans it has it sent at once, because it is good for a minute only. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('attendance').enter;
  const view = useAnswer(group(groupId));
  const day = useAnswer(attendanceDay(groupId));
  const [scanned] = useState(takeCode);
  const [done, finish] = useState<CheckedIn>();
  const back = `/groups/${groupId}/attendance`;
  const frame = { className: 'attendance', title: say.title, back };
  if (done) return <Done of={done} back={back} />;
  if (!view.data || !day.data) return <Unready {...frame} of={[view, day]} rows={1} />;
  const { group: about } = view.data;
  const { meeting, mine } = day.data;
  const isOver = mine && !['PENDING', 'REJECTED'].includes(mine.state);
  return (
    <Page {...frame} sub={about.title}>
      {!meeting || isOver ? (
        <Empty title={isOver ? say.already : say.closed} lead={isOver ? undefined : say.closedLead}>
          <Button kind="quiet" href={back}>
            {say.toOwn}
          </Button>
        </Empty>
      ) : (
        <Enter groupId={groupId} meeting={meeting} timeZone={about.timeZone} scanned={scanned} onDone={finish} />
      )}
    </Page>
  );
}

interface EnterProps {
  readonly groupId: string;
  readonly meeting: NonNullable<AttendanceDay['meeting']>;
  readonly timeZone: string;
  readonly scanned: string | undefined;
  readonly onDone: (done: CheckedIn) => void;
}

function Enter({ groupId, meeting, timeZone, scanned, onDone }: EnterProps) {
  const say = useTexts('attendance').enter;
  const language = locale.use();
  const once = useOnce();
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (scanned) place.current?.querySelector('form')?.requestSubmit();
  }, []);
  const send = async ({ code = '' }: { readonly code?: string }) => {
    const position = meeting.asksPosition ? await whereabouts() : undefined;
    const body = { code: code.replace(/\D/g, ''), device: deviceId(), ...(position ? { position } : {}) };
    const done = await once(body, (idempotencyKey) =>
      api.checkins.checkIn({ params: { groupId }, body, idempotencyKey }),
    );
    onDone(done);
    void attendanceChanged(groupId);
  };
  return (
    <div className="att-enter" ref={place}>
      <Note icon="pin">{say.on(meeting.place, timeAt(meeting.startsAt, timeZone, language))}</Note>
      <Form onSubmit={send}>
        <Field
          className="code"
          label={say.code}
          name="code"
          hint={say.lead}
          inputMode="numeric"
          autoComplete="off"
          pattern="\s*(\d\s*){6}"
          maxLength={7}
          value={scanned}
          required
        />
        {meeting.asksPosition && <p className="hint">{say.where}</p>}
        <Dock>
          <Submit>{say.go}</Submit>
        </Dock>
      </Form>
      <p className="att-lead soft">
        {say.stuck}{' '}
        <a className="link" href={`/groups/${groupId}/attendance`}>
          {say.ask}
        </a>
      </p>
    </div>
  );
}

/** What came of it: a moment to be glad, and the way on. */
function Done({ of: { state, sharedDevice }, back }: { readonly of: CheckedIn; readonly back: string }) {
  const say = useTexts('attendance').enter;
  const isPending = state === 'PENDING';
  const title = say.done[state === 'LATE' || isPending ? state : 'PRESENT'];
  return (
    <Page className="attendance" title={title} back={back}>
      <section className="card check-in-done">
        <span className={cx('mood check-in-sign', isPending ? 'wait' : 'good')} aria-hidden="true">
          <Icon name={isPending ? 'clock' : 'check'} size={44} />
        </span>
        <p>{isPending ? (sharedDevice ? say.flagged : say.waits) : say.doneLead}</p>
      </section>
      <Dock>
        <Button href={back}>{say.toOwn}</Button>
      </Dock>
    </Page>
  );
}
