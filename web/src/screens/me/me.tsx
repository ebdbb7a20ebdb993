import './me.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer } from '../../app/cache.ts';
import { account } from '../../app/data/account.ts';
import { fullDay } from '../../app/days.ts';
import { faultOf } from '../../app/problem.ts';
import { api, signOut } from '../../app/session.ts';
import { type Locale, locale, setTheme, theme, themes } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { speak, useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/form.tsx';
import { Page, Title } from '../../ui/page.tsx';
import { Unanswered } from '../../ui/states.tsx';

/** The person, and what they set for this device. */
export function Screen() {
  const say = useTexts('me');
  const common = useTexts('common');
  const language = locale.use();
  const me = useAnswer(account());
  const [isLeaving, leave] = useState(false);
  const complain = (error: unknown) => tell(faultOf(error).text ?? common.silent);

  /** Pages and toasts in the new language at once; mails and push messages by the account. */
  const choose = async (next: Locale) => {
    await speak(next);
    void changed();
    await api.profiles.editProfile({ body: { locale: next } }).then(() => changed('me'), complain);
  };
  const goOut = async () => {
    leave(true);
    await signOut().catch(complain);
    leave(false);
  };
  return (
    <Page className="me">
      <Title>{say.title}</Title>
      {me.data ? (
        <section className="card who" aria-label={me.data.nickname}>
          <Avatar name={me.data.nickname} at={0} size={64} />
          <div>
            <b className="who-name">{me.data.nickname}</b>
            <span className="soft">{say.since(fullDay(me.data.createdAt, language))}</span>
          </div>
          <p className="who-bricks">
            <i className="brick hue-0" aria-hidden="true" /> <b>{common.bricks(me.data.bricks)}</b>
          </p>
        </section>
      ) : (
        <Unanswered of={[me]} rows={1} />
      )}
      <section className="card settings" aria-label={say.theme}>
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
    </Page>
  );
}
