import './welcome.css';
import { useState } from 'preact/hooks';
import { ProblemError } from '../../../../client/problem-error.ts';
import { left } from '../../app/outbox.ts';
import { hasPasskeys, showPasskey } from '../../app/passkey.ts';
import { pathIn } from '../../app/paths.ts';
import { usePath } from '../../app/router.ts';
import { signIn, signInWithPasskey } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Page, Title, Wordmark } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Providers } from './providers.tsx';

/** What was right; the account asks for a code besides. It stays in memory until the code is there. */
interface Known {
  readonly email: string;
  readonly password: string;
}

/** The way back in. `?email=` fills the address in; the routes lead on to `?then=`. */
export function Screen() {
  const say = useTexts('welcome');
  const query = usePath().split('?')[1] ?? '';
  const email = new URLSearchParams(query).get('email');
  const [known, ask] = useState<Known>();
  const [isBusy, work] = useState(false);
  if (known) return <SecondStep {...known} onBack={() => ask(undefined)} />;

  const enter = async (given: Known) => {
    try {
      await signIn(given.email, given.password);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'CODE_NEEDED') throw error;
      ask(given);
    }
  };
  const byPasskey = async () => {
    work(true);
    try {
      const credential = await showPasskey();
      if (credential) await signInWithPasskey(credential);
      else tell(say.passkeyNone);
    } catch (error) {
      complain(error);
    }
    work(false);
  };
  return (
    <Page className="welcome">
      <Wordmark />
      <Title>{say.signInTitle}</Title>
      {email && <p className="lead">{say.registered}</p>}
      {left.use() > 0 && (
        <Note icon="clock" tone="wait">
          {say.leftHere}
        </Note>
      )}
      <Form onSubmit={({ email = '', password = '' }) => enter({ email, password })}>
        <Field
          label={say.email}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          required
          value={email ?? undefined}
        />
        <Field label={say.password} name="password" type="password" autoComplete="current-password" required />
        <Submit>{say.signIn}</Submit>
      </Form>
      {hasPasskeys() && (
        <Button kind="quiet" icon="key" busy={isBusy} onClick={byPasskey}>
          {say.byPasskey}
        </Button>
      )}
      <div className="ways">
        <Button kind="plain" href="/password">
          {say.forgot}
        </Button>
        <Button kind="plain" href="/">
          {say.newHere}
        </Button>
      </div>
      <Providers next={pathIn(query)} />
    </Page>
  );
}

function SecondStep({ email, password, onBack }: Known & { readonly onBack: () => void }) {
  const say = useTexts('welcome');
  return (
    <Page className="welcome" key="second">
      <Wordmark />
      <Title>{say.second.title}</Title>
      <p className="lead">{say.second.lead}</p>
      <Form onSubmit={({ code = '' }) => signIn(email, password, code)}>
        <Field
          label={say.second.code}
          name="code"
          hint={say.second.hint}
          autoComplete="one-time-code"
          required
          autoFocus
        />
        <Submit>{say.signIn}</Submit>
      </Form>
      <Button kind="plain" onClick={onBack}>
        {say.second.back}
      </Button>
    </Page>
  );
}
