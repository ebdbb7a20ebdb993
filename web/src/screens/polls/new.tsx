import './polls.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer } from '../../app/cache.ts';
import { group } from '../../app/data/groups.ts';
import type { Poll } from '../../app/data/polls.ts';
import { instantOf, plusDays, today } from '../../app/days.ts';
import { draftOf, dropDraft, keepDraft } from '../../app/drafts.ts';
import { useOnce } from '../../app/once.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { zoneName } from '../../app/zones.ts';
import { useTexts } from '../../messages/index.ts';
import { Choice, Switch, Tiles } from '../../ui/choices.tsx';
import { Field, Form, Submit, type Values } from '../../ui/form.tsx';
import { choices as optionsOf } from '../../ui/group-fields.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Rows } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';
import { askedIn, Fields, type Line, linesOf } from './fields.tsx';

const resultTimes = ['ALWAYS', 'AFTER_VOTE', 'AFTER_CLOSE'] as const;
const icons = { ALWAYS: 'eye', AFTER_VOTE: 'check', AFTER_CLOSE: 'lock' } as const;

/** A new poll. Whatever cannot change later is said before it is made. What one writes stays on the device until it is asked. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('polls');
  const view = useAnswer(group(groupId));
  const frame = { className: 'polls', title: say.make, back: `/groups/${groupId}/polls` };
  if (!view.data) return <Unready {...frame} of={[view]} />;
  const { title, timeZone } = view.data.group;
  return (
    <Page {...frame} sub={title}>
      <Making groupId={groupId} timeZone={timeZone} />
    </Page>
  );
}

function Making({ groupId, timeZone }: { readonly groupId: string; readonly timeZone: string }) {
  const say = useTexts('polls').form;
  const name = `poll ${groupId}`;
  const once = useOnce(name);
  const [begun] = useState(() => draftOf(name));
  const [lines, write] = useState<readonly Line[]>(() => linesOf(begun.choices?.split('\n') ?? ['', '']));
  const [multiple, several] = useState(begun.multiple === 'true');
  const [anonymous, hide] = useState(begun.anonymous === 'true');
  const [results, show] = useState((begun.results ?? 'ALWAYS') as Poll['results']);
  const [ends, end] = useState((begun.ends ?? 'NEVER') as 'NEVER' | 'AT');
  const now = today(timeZone);
  const keep = (values: Values) => {
    const { question, choices } = askedIn(values, lines);
    const { closesAt = '', time = '' } = values;
    const chosen = { multiple: String(multiple), anonymous: String(anonymous), results, ends };
    keepDraft(
      name,
      { question, choices: choices.join('\n') },
      { ...chosen, ...(ends === 'AT' ? { closesAt, time } : {}) },
    );
  };
  return (
    <Form
      onSubmit={async (values) => {
        keep(values);
        const { closesAt: day, time } = values;
        const closesAt = ends === 'AT' && day ? instantOf(day, time || '20:00', timeZone) : null;
        const body = { ...askedIn(values, lines), multiple, anonymous, results, closesAt };
        const params = { groupId };
        const { id } = await once(body, (idempotencyKey) => api.polls.makePoll({ params, body, idempotencyKey }));
        dropDraft(name);
        void changed('group', groupId, 'polls');
        tell(say.created);
        navigate(`/groups/${groupId}/polls/${id}`, { replace: true });
      }}
    >
      <Fields
        question={begun.question ?? ''}
        lines={lines}
        onChange={write}
        onInput={(form) => keep(Object.fromEntries(new FormData(form)) as Values)}
      />
      <Rows>
        <Switch label={say.several} hint={say.severalHint} on={multiple} onChange={several} />
        <Switch label={say.anonymous} hint={say.anonymousHint} on={anonymous} onChange={hide} />
      </Rows>
      <Choice label={say.end} options={optionsOf(say.ends)} value={ends} onChoose={end} />
      {ends === 'AT' && (
        <fieldset className="poll-end">
          <legend className="unseen">{say.end}</legend>
          <div className="two-fields">
            <Field
              label={say.day}
              name="closesAt"
              type="date"
              value={begun.closesAt ?? plusDays(now, 3)}
              min={now}
              max={plusDays(now, 364)}
              required
            />
            <Field label={say.time} name="time" type="time" value={begun.time ?? '20:00'} required />
          </div>
          <Zone timeZone={timeZone} />
        </fieldset>
      )}
      <h2>{say.results}</h2>
      <Tiles
        label={say.results}
        options={resultTimes.map((value) => {
          const [title = '', text = ''] = say.when[value];
          return { value, icon: icons[value], title, text };
        })}
        value={results}
        onChoose={show}
      />
      <Dock>
        <Submit>{say.create}</Submit>
      </Dock>
    </Form>
  );
}

function Zone({ timeZone }: { readonly timeZone: string }) {
  const say = useTexts('polls');
  return (
    <p className="hint">
      {say.form.reminds} {say.zone(zoneName(timeZone, locale.use()))}
    </p>
  );
}
