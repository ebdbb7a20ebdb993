/** How loud a group is (row 147): its sign, its words, and the sheet where one changes it. */
import { useEffect, useState } from 'preact/hooks';
import { limits } from '../../../shared/product/limits.ts';
import { plusDays, today, untilWhen } from '../app/days.ts';
import { locale } from '../app/settings.ts';
import { complain } from '../messages/complain.ts';
import { useTexts } from '../messages/index.ts';
import { Button } from './button.tsx';
import { Tiles } from './choices.tsx';
import { Field, Form, Submit } from './form.tsx';
import type { IconName } from './icon.tsx';
import { Tag } from './rows.tsx';
import { Sheet } from './sheet.tsx';
import './loudness.css';

type Volume = 'ALL' | 'MENTIONS' | 'NOTHING';
export interface Loudness {
  readonly volume: Volume;
  readonly quietUntil: string | null;
}
/** What one changes; null ends a pause. */
export type Louder =
  | { readonly volume: Volume }
  | { readonly snooze: { readonly for: 'HOUR' | 'MORNING' | 'DAY'; readonly through?: string } | null };

const icons = { ALL: 'bell', MENTIONS: 'bellMe', NOTHING: 'bellOff' } as const;

/** A pause that has ended while the answer was kept is over: nobody has to tell. */
const isPaused = ({ quietUntil }: Loudness) => quietUntil !== null && Date.parse(quietUntil) > Date.now();

/** The sign of a state, beside its words: never the sign alone. */
export const loudnessIcon = (now: Loudness): IconName => (isPaused(now) ? 'moon' : icons[now.volume]);

/** A state in words: its pause, or its volume. */
export function useLoudness(): (now: Loudness) => string {
  const say = useTexts('common').loudness;
  const language = locale.use();
  return (now) => (isPaused(now) ? say.paused(untilWhen(now.quietUntil!, language)) : say[now.volume].name);
}

interface LoudnessSheetProps {
  /** The group. */
  readonly title: string;
  readonly now: Loudness;
  readonly onChange: (change: Louder) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Each choice counts at once; the sheet stays, so that one hears what it is now. */
export function LoudnessSheet({ title, now, onChange, onClose }: LoudnessSheetProps) {
  const say = useTexts('common').loudness;
  const stateOf = useLoudness();
  const [choosesDay, chooseDay] = useState(false);
  // What one has chosen stays chosen while it is on its way, and goes back if moim says no.
  const [volume, show] = useState(now.volume);
  useEffect(() => show(now.volume), [now.volume]);
  const day = today(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const change = (to: Louder) =>
    onChange(to).catch((error: unknown) => {
      show(now.volume);
      complain(error);
    });
  const pause = (snooze: Extract<Louder, { snooze: unknown }>['snooze']) => {
    chooseDay(false);
    return change({ snooze });
  };
  return (
    <Sheet title={say.title} onClose={onClose}>
      <p className="soft">{title}</p>
      <Tiles
        label={say.volume}
        value={volume}
        options={(['ALL', 'MENTIONS', 'NOTHING'] as const).map((value) => ({
          ...{ value, icon: icons[value], title: say[value].name, text: say[value].text },
        }))}
        onChoose={(chosen) => {
          show(chosen);
          void change({ volume: chosen });
        }}
      />
      <section className="pauses" aria-labelledby="pauses">
        <h3 id="pauses">{say.pause}</h3>
        <div role="status">
          {isPaused(now) && (
            <Tag icon="moon" tone="wait">
              {stateOf(now)}
            </Tag>
          )}
        </div>
        {isPaused(now) ? (
          <Button kind="quiet" icon="bell" onClick={() => void pause(null)}>
            {say.resume}
          </Button>
        ) : (
          <>
            <p className="soft">{say.pauseLead}</p>
            <div className="pauses-ways">
              <Button kind="quiet" icon="clock" onClick={() => void pause({ for: 'HOUR' })}>
                {say.hour}
              </Button>
              <Button kind="quiet" icon="moon" onClick={() => void pause({ for: 'MORNING' })}>
                {say.morning}
              </Button>
              {!choosesDay && (
                <Button kind="quiet" icon="calendar" onClick={() => chooseDay(true)}>
                  {say.day}
                </Button>
              )}
            </div>
            {choosesDay && (
              <Form onSubmit={({ through = day }) => pause({ for: 'DAY', through })}>
                <Field
                  label={say.dayLabel}
                  hint={say.dayHint}
                  name="through"
                  type="date"
                  value={plusDays(day, 1)}
                  min={day}
                  max={plusDays(day, limits.volume.mostDays)}
                  required
                />
                <Submit>{say.dayDo}</Submit>
              </Form>
            )}
          </>
        )}
      </section>
    </Sheet>
  );
}
