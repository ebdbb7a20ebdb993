import './missions.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnew, useAnswer } from '../../app/cache.ts';
import { type Mission, mission } from '../../app/data/missions.ts';
import { notificationSettings, profile, type Reminder, reminders } from '../../app/data/own.ts';
import { clockTime, plusDays, today, weekdayName } from '../../app/days.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { type Texts, useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Choice } from '../../ui/choices.tsx';
import { Field, Form, Picks, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';

const { ownADay, dailyAt, eveAt, dueDayAt, sentence: sentenceMax } = limits.reminders;
const everyDay = [1, 2, 3, 4, 5, 6, 7] as const;
type Weekday = `${(typeof everyDay)[number]}`;

/** When one wants to be reminded of a mission, and in which words: own times in place of the usual one. */
export function Screen({ groupId, missionId }: { readonly groupId: string; readonly missionId: string }) {
  const say = useTexts('missions').reminder;
  const found = useAnswer(mission(groupId, missionId));
  const list = useAnew(reminders());
  const frame = { className: 'missions', title: say.title, back: `/groups/${groupId}/missions/${missionId}` };
  if (!found.data || !list.data) return <Unready {...frame} of={[found, list]} rows={2} />;
  const chosen = list.data.items.find((each) => each.missionId === missionId);
  return (
    <Page {...frame} sub={found.data.title}>
      <Choosing of={found.data} chosen={chosen} />
    </Page>
  );
}

interface Time {
  readonly key: number;
  readonly at: string;
}

function Choosing({ of, chosen }: { readonly of: Mission; readonly chosen: Reminder | undefined }) {
  const say = useTexts('missions').reminder;
  const { weekdayNames } = useTexts('missions').editor;
  const language = locale.use();
  const { groupId, id: missionId, kind } = of;
  const [isOwn, own] = useState((chosen?.times.length ?? 0) > 0);
  const [times, setTimes] = useState<readonly Time[]>(
    (chosen && chosen.times.length > 0 ? chosen.times : ['07:30']).map((at, key) => ({ key, at })),
  );
  const [weekdays, pick] = useState<readonly Weekday[]>(
    (chosen?.weekdays ?? everyDay).map((day) => String(day) as Weekday),
  );
  // The usual time of a mission that is done once is about its due day, whichever weekday that is.
  const hasDays = isOwn || kind === 'REPEAT';
  const params = { groupId, missionId };
  const save = async ({ sentence = '' }) => {
    const at = isOwn ? [...new Set(times.map((each) => each.at).filter(Boolean))] : [];
    const days = hasDays ? { weekdays: weekdays.map(Number) } : {};
    const isUsual = at.length === 0 && !sentence && (!hasDays || weekdays.length === everyDay.length);
    if (isUsual) await api.reminders.clearReminder({ params });
    else await api.reminders.setReminder({ params, body: { times: at, sentence: sentence || null, ...days } });
    void changed('me', 'reminders');
    tell(say.saved);
    navigate(`/groups/${groupId}/missions/${missionId}`, { replace: true });
  };
  const usual =
    kind === 'ONCE'
      ? say.usualOnce(clockTime(eveAt, language), clockTime(dueDayAt, language))
      : say.usual(clockTime(dailyAt, language));
  return (
    <Form onSubmit={save}>
      <Choice
        label={say.when}
        options={[
          ['USUAL', say.asUsual],
          ['OWN', say.own],
        ]}
        value={isOwn ? 'OWN' : 'USUAL'}
        onChoose={(value) => own(value === 'OWN')}
      />
      <p className="hint">{isOwn ? say.ownLead(ownADay) : usual}</p>
      {isOwn && <Times times={times} onChange={setTimes} />}
      {hasDays && (
        <Picks
          label={say.weekdays}
          name="weekdays"
          hint={say.weekdaysHint}
          options={everyDay.map((day) => [String(day) as Weekday, weekdayNames[day - 1]!] as const)}
          value={weekdays}
          most={7}
          week
          onChange={(value) => pick(everyDay.map((day) => String(day) as Weekday).filter((day) => value.includes(day)))}
        />
      )}
      <Field
        label={say.sentence}
        name="sentence"
        maxLength={sentenceMax}
        hint={say.sentenceHint}
        placeholder={say.sentenceExample}
        value={chosen?.sentence ?? undefined}
      />
      {isOwn && <Preview times={times.map(({ at }) => at).filter(Boolean)} weekdays={weekdays.map(Number)} say={say} />}
      <Dock>
        <Submit disabled={hasDays && weekdays.length === 0}>{say.save}</Submit>
      </Dock>
    </Form>
  );
}

interface TimesProps {
  readonly times: readonly Time[];
  readonly onChange: (change: (now: readonly Time[]) => readonly Time[]) => void;
}

/** The own times of a day, one field each. */
function Times({ times, onChange }: TimesProps) {
  const say = useTexts('missions').reminder;
  const next = Math.max(...times.map(({ key }) => key)) + 1;
  return (
    <div className="reminder-times">
      {times.map(({ key, at }, nth) => (
        <div key={key}>
          <Field
            label={say.time(nth + 1)}
            name={`times/${nth}`}
            type="time"
            value={at}
            required
            onInput={(value) =>
              onChange((now) => now.map((each) => (each.key === key ? { ...each, at: value } : each)))
            }
          />
          {times.length > 1 && (
            <Round
              icon="close"
              label={say.remove(nth + 1)}
              onClick={() => onChange((now) => now.filter((each) => each.key !== key))}
            />
          )}
        </div>
      ))}
      {times.length < ownADay && (
        <Button small kind="quiet" icon="plus" onClick={() => onChange((now) => [...now, { key: next, at: '21:00' }])}>
          {say.add}
        </Button>
      )}
    </div>
  );
}

interface PreviewProps {
  readonly times: readonly string[];
  readonly weekdays: readonly number[];
  readonly say: Texts<'missions'>['reminder'];
}

/** Whether a time is within quiet hours, which may cross midnight. */
const isQuiet = (time: string, { from, to }: { readonly from: string; readonly to: string }) =>
  from < to ? from <= time && time < to : from <= time || time < to;

/** The next time, and whether the person's quiet hours keep the device silent then. It stands at the end and comes after the rest. */
function Preview({ times, weekdays, say }: PreviewProps) {
  const language = locale.use();
  const me = useAnswer(profile());
  const settings = useAnswer(notificationSettings());
  if (!me.data || !settings.data) return <p className="notice reminder-next">{say.looking}</p>;
  const zone = me.data.timeZone;
  const { all, types, quietHours } = settings.data;
  const quiet = quietHours ? times.filter((time) => isQuiet(time, quietHours)) : [];
  const next = nextOf(times, weekdays, zone);
  return (
    <>
      {next && (
        <Note icon="bell">
          <b>{say.next}</b> {say.at(dayWord(next.in, next.day, say, language), clockTime(next.time, language))}
          <br />
          {say.silent}
        </Note>
      )}
      {quietHours && quiet.length > 0 && (
        <Note icon="moon" tone="wait">
          {say.quiet(
            quiet.map((time) => clockTime(time, language)).join(', '),
            `${clockTime(quietHours.from, language)}~${clockTime(quietHours.to, language)}`,
          )}{' '}
          <a className="link" href="/me/notifications">
            {say.change}
          </a>
        </Note>
      )}
      {!(all && types.remind) && (
        <Note icon="bell" tone="wait">
          {say.off}{' '}
          <a className="link" href="/me/notifications">
            {say.change}
          </a>
        </Note>
      )}
    </>
  );
}

/** The first of the times after now, on the clock of the person. */
function nextOf(times: readonly string[], weekdays: readonly number[], zone: string) {
  const now = new Intl.DateTimeFormat('sv-SE', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(
    new Date(),
  );
  for (let n = 0; n <= 7; n++) {
    const day = plusDays(today(zone), n);
    const weekday = new Date(`${day}T12:00Z`).getUTCDay() || 7;
    const time = weekdays.includes(weekday) ? times.toSorted().find((each) => n > 0 || each > now) : undefined;
    if (time) return { day, time, in: n };
  }
  return undefined;
}

const dayWord = (n: number, day: string, say: PreviewProps['say'], language: string) =>
  n === 0 ? say.today : n === 1 ? say.tomorrow : weekdayName(day, language);
