import './me.css';
import { useState } from 'preact/hooks';
import { cache, useAnswer, useList } from '../../app/cache.ts';
import { type GroupLoudness, type NotificationSettings, notificationSettings, volumes } from '../../app/data/own.ts';
import { setLoudness } from '../../app/loudness.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Switch } from '../../ui/choices.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { LoudnessSheet, loudnessIcon, useLoudness } from '../../ui/loudness.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

type Kind = keyof NotificationSettings['types'];
const kinds = ['newUpload', 'remind', 'nudge', 'comment', 'group', 'message'] as const satisfies readonly Kind[];
type Change = NonNullable<NonNullable<Parameters<typeof api.notifications.editNotificationSettings>[0]>['body']>;

/** What is told, where, and when not. Each switch is kept at once, and goes back if moim says no. */
export function Screen() {
  const say = useTexts('me');
  const known = useAnswer(notificationSettings());
  const groups = useList(volumes());
  const texts = say.notifications;
  const frame = { title: texts.title, back: '/me', className: 'me-sections' };
  if (!known.data || !groups.items) return <Unready {...frame} of={[known, groups]} />;
  const now = known.data;
  const { key } = notificationSettings();
  const set = async (body: Change, then: NotificationSettings) => {
    cache.setQueryData(key, then);
    await api.notifications.editNotificationSettings({ body }).then(
      (kept) => cache.setQueryData(key, kept),
      (error) => {
        cache.setQueryData(key, now);
        complain(error);
      },
    );
  };
  const rows = (where: 'types' | 'mail') =>
    kinds.map((kind) => (
      <Switch
        key={kind}
        label={texts.kinds[kind]}
        on={now[where][kind]}
        disabled={!now.all}
        onChange={(on) => set({ [where]: { [kind]: on } }, { ...now, [where]: { ...now[where], [kind]: on } })}
      />
    ));
  const quiet = now.quietHours;
  const usual = { from: '22:00', to: '07:00' };
  const keepQuiet = (quietHours: NotificationSettings['quietHours']) => set({ quietHours }, { ...now, quietHours });
  return (
    <Page {...frame}>
      <Rows>
        <Switch label={texts.all} hint={texts.allHint} on={now.all} onChange={(all) => set({ all }, { ...now, all })} />
      </Rows>
      <Rows>
        <Row href="/me/reminders" lead={<Tile icon="clock" />} title={say.reminders.title} text={say.reminders.link} />
      </Rows>
      <Section title={texts.groups}>
        {groups.items.length === 0 && !groups.more ? (
          <p className="soft">{texts.groupsNone}</p>
        ) : (
          <Rows>
            {groups.items.map((each) => (
              <InGroup key={each.groupId} of={each} />
            ))}
          </Rows>
        )}
        <More of={groups} />
      </Section>
      <Section title={texts.quiet}>
        <div className="card">
          <Switch
            label={texts.quietOn}
            hint={texts.quietHint}
            on={quiet !== null}
            onChange={(on) => keepQuiet(on ? usual : null)}
          />
          {quiet && (
            <Form
              className="quiet-hours"
              onSubmit={async ({ from = '', to = '' }) => {
                const made = await api.notifications.editNotificationSettings({ body: { quietHours: { from, to } } });
                cache.setQueryData(key, made);
                tell(texts.saved);
              }}
            >
              <div className="two">
                <Field label={texts.from} name="from" type="time" value={quiet.from} required />
                <Field label={texts.to} name="to" type="time" value={quiet.to} required />
              </div>
              <Submit>{say.save}</Submit>
            </Form>
          )}
        </div>
      </Section>
      <Section title={texts.push}>
        <Rows>{rows('types')}</Rows>
      </Section>
      <Section title={texts.mail}>
        <Rows>{rows('mail')}</Rows>
      </Section>
    </Page>
  );
}

/** How loud a group is; a tap changes it. */
function InGroup({ of }: { readonly of: GroupLoudness }) {
  const stateOf = useLoudness();
  const [isOpen, open] = useState(false);
  return (
    <>
      <Row onClick={() => open(true)} lead={<Tile icon={loudnessIcon(of)} />} title={of.title} text={stateOf(of)} />
      {isOpen && (
        <LoudnessSheet
          title={of.title}
          now={of}
          onChange={(change) => setLoudness(of.groupId, change)}
          onClose={() => open(false)}
        />
      )}
    </>
  );
}
