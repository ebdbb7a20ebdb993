import './welcome.css';
import { useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { recruit } from '../../app/data/finding.ts';
import { navigate, usePath } from '../../app/router.ts';
import { signUp } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Page, Title, Wordmark } from '../../ui/page.tsx';
import { ClubApplication, ClubLater, clubIn } from './club.tsx';
import { CodeStep, type Sent, sendCode } from './code.tsx';
import { Providers } from './providers.tsx';
import { Rising } from './rising.tsx';
import { Waits } from './waits.tsx';

type Step =
  | { readonly at: 'email' }
  | { readonly at: 'code'; readonly sent: Sent }
  | { readonly at: 'profile'; readonly email: string; readonly ticket: string }
  | { readonly at: 'waits' };

/** The first screen: what moim is, and the way in by a code from the mail box. `?club=` names a club to apply to on the way. */
export function Screen() {
  const [step, go] = useState<Step>({ at: 'email' });
  const clubId = new URLSearchParams(usePath().split('?')[1]).get('club') ?? undefined;
  const next = clubId ? `/recruits/${clubId}` : '/';
  return (
    <Page className="welcome" key={step.at}>
      <Wordmark />
      {step.at === 'email' && <Start clubId={clubId} next={next} onSent={(sent) => go({ at: 'code', sent })} />}
      {step.at === 'code' && (
        <CodeStep
          first={step.sent}
          purpose="REGISTER"
          onOther={() => go({ at: 'email' })}
          onConfirmed={({ ticket, registered }) => {
            const email = encodeURIComponent(step.sent.email);
            if (registered) navigate(`/sign-in?email=${email}&then=${encodeURIComponent(next)}`);
            else go({ at: 'profile', email: step.sent.email, ticket });
          }}
        />
      )}
      {step.at === 'profile' && <Profile {...step} clubId={clubId} next={next} onWaits={() => go({ at: 'waits' })} />}
      {step.at === 'waits' && <Waits />}
    </Page>
  );
}

interface StartProps {
  readonly clubId: string | undefined;
  readonly next: string;
  readonly onSent: (sent: Sent) => void;
}

function Start({ clubId, next, onSent }: StartProps) {
  const say = useTexts('welcome');
  const club = useAnswer(recruit(clubId ?? ''), clubId !== undefined);
  const name = clubId && club.data?.title;
  return (
    <>
      <Title key={name}>{name ? say.club.title(name) : say.title}</Title>
      <p className="lead">{clubId ? say.club.lead : say.lead}</p>
      <Form onSubmit={async ({ email = '' }) => onSent(await sendCode(email, 'REGISTER'))}>
        <Field label={say.email} name="email" type="email" inputMode="email" autoComplete="email" required />
        <Submit>{say.start}</Submit>
      </Form>
      <Button kind="plain" href={`/sign-in?then=${encodeURIComponent(next)}`}>
        {say.haveAccount}
      </Button>
      <Button kind="plain" href="/find">
        {say.look}
      </Button>
      <Providers next={next} clubId={clubId} />
      <Rising />
    </>
  );
}

interface ProfileProps {
  readonly email: string;
  readonly ticket: string;
  readonly clubId: string | undefined;
  readonly next: string;
  readonly onWaits: () => void;
}

function Profile({ email, ticket, clubId: wanted, next, onWaits }: ProfileProps) {
  const say = useTexts('welcome');
  const [clubId, apply] = useState(wanted);
  return (
    <>
      <Title>{say.profile.title}</Title>
      <Form
        onSubmit={async (values) => {
          const { nickname = '', password = '' } = values;
          const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
          const about = { ticket, nickname, password, locale: locale.get(), timeZone };
          if (!(await signUp({ ...about, ...clubIn(clubId, values) }))) return onWaits();
          if (!clubId) return;
          tell(say.club.sent);
          navigate(next, { replace: true });
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
        {clubId && <ClubApplication clubId={clubId} />}
        <Submit>{clubId ? say.club.join : say.profile.join}</Submit>
      </Form>
      {clubId && <ClubLater onLater={() => apply(undefined)} />}
    </>
  );
}
