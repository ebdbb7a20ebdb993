import './me.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer } from '../../app/cache.ts';
import { person } from '../../app/data/account.ts';
import { useUnreadConversations } from '../../app/data/messages.ts';
import { profile } from '../../app/data/own.ts';
import { fullDay } from '../../app/days.ts';
import { themes } from '../../app/here.ts';
import { signOut, type Unsent, unsent } from '../../app/leaving.ts';
import { api } from '../../app/session.ts';
import { type Locale, locale, setTheme, theme } from '../../app/settings.ts';
import { complain } from '../../messages/complain.ts';
import { speak, useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button, Round } from '../../ui/button.tsx';
import { Choice } from '../../ui/choices.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { MessagesRow } from '../../ui/messages-row.tsx';
import { Page, Title } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Unanswered } from '../../ui/states.tsx';

const places = [
  ['notifications', 'bell'],
  ['devices', 'phone'],
  ['safety', 'shield'],
  ['blocks', 'eye'],
  ['data', 'download'],
] as const satisfies readonly (readonly [string, IconName])[];

/** The person, what they set for this device, and the ways to everything that is theirs. */
export function Screen() {
  const say = useTexts('me');
  const common = useTexts('common');
  const language = locale.use();
  const me = useAnswer(person());
  const shown = useAnswer(profile());
  const unread = useUnreadConversations();
  const [isLeaving, leave] = useState(false);
  const [asked, ask] = useState<Unsent>();

  /** Pages and toasts in the new language at once; mails and push messages by the account. */
  const choose = async (next: Locale) => {
    await speak(next);
    void changed();
    await api.profiles.editProfile({ body: { locale: next } }).then(() => changed('me'), complain);
  };
  const goOut = async () => {
    const waits = await unsent();
    if (waits) return ask(waits);
    leave(true);
    await signOut().catch(complain);
    leave(false);
  };
  return (
    <Page className="me">
      <Title>{say.title}</Title>
      {me.data && shown.data ? (
        <section key="who" className="card who" aria-label={me.data.nickname}>
          <Avatar name={me.data.nickname} at={0} size={64} picture={shown.data.picture} />
          <div>
            <b className="who-name">{me.data.nickname}</b>
            <span className="soft">{say.since(fullDay(me.data.createdAt, language))}</span>
          </div>
          <Round icon="edit" label={say.edit.title} href="/me/edit" />
          <p className="who-bricks">
            <i className="brick hue-0" aria-hidden="true" /> <b>{common.bricks(me.data.bricks)}</b>
          </p>
        </section>
      ) : (
        <Unanswered key="waiting" of={[me, shown]} rows={1} />
      )}
      <div key="places" className="in-list">
        <Rows>
          <MessagesRow unread={unread} />
          <Row href="/leagues" lead={<Icon name="trophy" />} title={common.league} />
          {places.map(([place, icon]) => (
            <Row key={place} href={`/me/${place}`} lead={<Icon name={icon} />} title={say[place].title} />
          ))}
          {me.data?.role === 'ADMIN' && <Row href="/admin" lead={<Icon name="crown" />} title={say.admin} />}
        </Rows>
      </div>
      <section key="settings" className="card settings" aria-label={say.theme}>
        <Choice
          label={say.language}
          options={[
            ['ko', '한국어'],
            ['en', 'English'],
          ]}
          value={language}
          onChoose={choose}
        />
        <Choice
          label={say.theme}
          options={themes.map((each) => [each, say.themes[each]] as const)}
          value={theme.use()}
          onChoose={setTheme}
        />
      </section>
      <Button kind="plain" busy={isLeaving} onClick={goOut}>
        {say.signOut}
      </Button>
      {asked && (
        <Confirm
          title={say.unsent.title(asked)}
          lead={say.unsent.lead}
          action={say.unsent.action}
          danger
          onClose={() => ask(undefined)}
          onConfirm={() => signOut()}
        />
      )}
    </Page>
  );
}
