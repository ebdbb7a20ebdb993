import './welcome.css';
import { useState } from 'preact/hooks';
import { navigate } from '../../app/router.ts';
import { signUp } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Page, Title, Wordmark } from '../../ui/page.tsx';
import { CodeStep, type Sent, sendCode } from './code.tsx';
import { Rising } from './rising.tsx';

type Step =
  | { readonly at: 'email' }
  | { readonly at: 'code'; readonly sent: Sent }
  | { readonly at: 'profile'; readonly email: string; readonly ticket: string };

/** The first screen: what moim is, and the way in by a code from the mail box. */
export function Screen() {
  const [step, go] = useState<Step>({ at: 'email' });
  return (
    <Page className="welcome" key={step.at}>
      <Wordmark />
      {step.at === 'email' && <Start onSent={(sent) => go({ at: 'code', sent })} />}
      {step.at === 'code' && (
        <CodeStep
          first={step.sent}
          purpose="REGISTER"
          onOther={() => go({ at: 'email' })}
          onConfirmed={({ ticket, registered }) => {
            if (registered) navigate(`/sign-in?email=${encodeURIComponent(step.sent.email)}`);
            else go({ at: 'profile', email: step.sent.email, ticket });
          }}
        />
      )}
      {step.at === 'profile' && <Profile {...step} />}
    </Page>
  );
}

function Start({ onSent }: { readonly onSent: (sent: Sent) => void }) {
  const say = useTexts('welcome');
  return (
    <>
      <Title>{say.title}</Title>
      <p className="lead">{say.lead}</p>
      <Form onSubmit={async ({ email = '' }) => onSent(await sendCode(email, 'REGISTER'))}>
        <Field label={say.email} name="email" type="email" inputMode="email" autoComplete="email" required />
        <Submit>{say.start}</Submit>
      </Form>
      <Button kind="plain" href="/sign-in">
        {say.haveAccount}
      </Button>
      <Button kind="plain" href="/find">
        {say.look}
      </Button>
      <Rising />
    </>
  );
}

function Profile({ email, ticket }: { readonly email: string; readonly ticket: string }) {
  const say = useTexts('welcome');
  return (
    <>
      <Title>{say.profile.title}</Title>
      <Form
        onSubmit={async ({ nickname = '', password = '' }) => {
          const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
          await signUp({ ticket, nickname, password, locale: locale.get(), timeZone });
        }}
      >
        {/* For the browser's own keeper of passwords. */}
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <Field
          label={say.profile.nickname}
          name="nickname"
          autoComplete="nickname"
          required
          minLength={2}
          maxLength={20}
          hint={say.profile.nicknameHint}
        />
        <Field
          label={say.password}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          hint={say.profile.passwordHint}
        />
        <Submit>{say.profile.join}</Submit>
      </Form>
    </>
  );
}
