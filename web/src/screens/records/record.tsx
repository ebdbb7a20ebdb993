import './records.css';
import { useState } from 'preact/hooks';
import { pointsOf, shownPoints } from '../../../../shared/product/climbing-points.ts';
import { limits } from '../../../../shared/product/limits.ts';
import { useAnew, useAnswer } from '../../app/cache.ts';
import { type ClimbingRecord, climbsChanged, type Records, records } from '../../app/data/climbs.ts';
import { group } from '../../app/data/groups.ts';
import { inFields, shortDay } from '../../app/days.ts';
import { draftOf, dropDraft, keepDraft } from '../../app/drafts.ts';
import { useOnce } from '../../app/once.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { profilePath } from './paths.ts';
import { type Counts, countsIn, problemsIn, Solved } from './solved.tsx';
import { type Clock, timesAtFirst, timesOn } from './times.ts';

/** The record of a day: written, changed, deleted. */
export function Screen({ groupId, day }: { readonly groupId: string; readonly day: string }) {
  const say = useTexts('records');
  const view = useAnswer(group(groupId));
  const known = useAnew(records(groupId, { month: day.slice(0, 7) }));
  const [isDeleting, ask] = useState(false);
  const back = `/groups/${groupId}/records`;
  const frame = { className: 'climbs', back, title: say.form.title(shortDay(day, locale.use())) };
  if (!view.data || !known.data) return <Unready {...frame} of={[view, known]} />;
  const { level, day: today, items } = known.data;
  const record = items.find((each) => each.day === day);
  const clock = view.data.group;
  return (
    <Page
      {...frame}
      sub={view.data.group.title}
      end={record && <Round icon="trash" label={say.form.delete} onClick={() => ask(true)} />}
    >
      {day > today ? (
        <Empty title={say.form.ahead} lead={say.form.aheadLead}>
          <Button kind="quiet" href={back}>
            {say.form.toMonth}
          </Button>
        </Empty>
      ) : level === null && !record ? (
        <Empty title={say.levelNeeded} lead={say.levelNeededLead}>
          <Button href={profilePath(groupId, `${back}/${day}`)}>{say.levelNeededDo}</Button>
        </Empty>
      ) : (
        <Editing {...{ groupId, day, clock, record, known: known.data, level: level ?? 0 }} />
      )}
      {record && isDeleting && <Delete groupId={groupId} record={record} onClose={() => ask(false)} />}
    </Page>
  );
}

interface DeleteProps {
  readonly groupId: string;
  readonly record: ClimbingRecord;
  readonly onClose: () => void;
}

function Delete({ groupId, record: { id: recordId, day }, onClose }: DeleteProps) {
  const say = useTexts('records').form;
  return (
    <Confirm
      title={say.deleteTitle}
      lead={say.deleteLead}
      action={say.deleteDo}
      danger
      onClose={onClose}
      onConfirm={async () => {
        await api.records.deleteRecord({ params: { groupId, recordId } });
        void climbsChanged(groupId);
        tell(say.deleted);
        navigate(`/groups/${groupId}/records?month=${day.slice(0, 7)}`);
      }}
    />
  );
}

interface EditingProps {
  readonly groupId: string;
  readonly day: string;
  readonly clock: Clock;
  readonly record: ClimbingRecord | undefined;
  readonly known: Records;
  readonly level: number;
}

/** What the fields begin with: the record, what one began to write, or the habits of the last time. */
function beginOf({ groupId, day, clock, record, known }: EditingProps) {
  const last = known.items.at(-1);
  if (record) {
    const time = (instant: string) => inFields(instant, clock.timeZone).time;
    return {
      gym: record.gym,
      from: time(record.startedAt),
      until: time(record.endedAt),
      counts: countsIn(record.problems),
    };
  }
  const draft = draftOf(draftName(groupId, day));
  const times = timesAtFirst(day === known.day, last, clock);
  return {
    ...{ gym: draft.gym ?? last?.gym ?? '', from: draft.from ?? times.from, until: draft.until ?? times.until },
    counts: JSON.parse(draft.counts ?? '{}') as Counts,
  };
}

const draftName = (groupId: string, day: string) => `climb ${groupId} ${day}`;

function Editing(props: EditingProps) {
  const say = useTexts('records').form;
  const { points, level: levelName } = useTexts('records');
  const { groupId, day, clock, record: now, level } = props;
  // What was there when the person began: an answer that comes meanwhile changes no field under their hands.
  const [{ record, began }] = useState(() => ({ record: now, began: beginOf(props) }));
  const [counts, count] = useState<Counts>(began.counts);
  const name = draftName(groupId, day);
  const once = useOnce(name);
  const own = record?.ownLevel ?? level;
  const problems = problemsIn(counts);
  const params = { groupId };
  const back = `/groups/${groupId}/records`;
  const done = (text: string) => {
    dropDraft(name);
    void climbsChanged(groupId);
    tell(text);
    navigate(day.slice(0, 7) === props.known.day.slice(0, 7) ? back : `${back}?month=${day.slice(0, 7)}`);
  };
  /** Keeps what one has entered: a gym in a cellar has no network, and a phone closes pages. */
  const keep = (form: HTMLFormElement, changed = counts) => {
    if (record) return;
    const values = new FormData(form);
    const text = (name: string) => String(values.get(name));
    const times = { from: text('startedAt'), until: text('endedAt') };
    keepDraft(name, { gym: text('gym'), ...times, counts: JSON.stringify(changed) });
  };
  const field = (_: string, form: HTMLFormElement) => keep(form);
  return (
    <Form
      className="climb-form"
      onSubmit={async ({ gym = '', startedAt = '', endedAt = '' }) => {
        const body = { gym, problems, ...timesOn(day, startedAt, endedAt, clock) };
        if (record) {
          const one = { ...params, recordId: record.id };
          const times =
            startedAt === began.from && endedAt === began.until ? {} : timesOn(day, startedAt, endedAt, clock);
          await api.records.editRecord({ params: one, body: { gym, problems, ...times }, ifMatch: record.version });
          done(say.edited);
        } else {
          const made = await once(body, (idempotencyKey) => api.records.createRecord({ params, body, idempotencyKey }));
          done(made.counted === null ? say.savedOnly : say.saved);
        }
      }}
    >
      {record && record.struckAt !== null && (
        <Note icon="flag" tone="wait">
          {say.struckNote}
        </Note>
      )}
      {record && record.ownLevel !== level && <Note icon="crown">{say.levelThen(levelName(record.ownLevel))}</Note>}
      <Field
        label={say.gym}
        name="gym"
        hint={say.gymHint}
        required
        maxLength={limits.record.gym}
        value={began.gym}
        onInput={field}
      />
      <div className="two-fields">
        <Field label={say.from} name="startedAt" type="time" required value={began.from} onInput={field} />
        <Field label={say.until} name="endedAt" type="time" required value={began.until} onInput={field} />
      </div>
      <Solved
        own={own}
        counts={counts}
        onChange={(changed, form) => {
          count(changed);
          keep(form, changed);
        }}
      />
      <Dock>
        <Submit disabled={problems.length === 0}>
          {problems.length === 0 ? say.none : say.save(points(shownPoints(pointsOf(problems, own))))}
        </Submit>
      </Dock>
    </Form>
  );
}
