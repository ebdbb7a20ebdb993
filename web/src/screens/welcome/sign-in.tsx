import './welcome.css';
import { usePath } from '../../app/router.ts';
import { signIn } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Page, Title, Wordmark } from '../../ui/page.tsx';

/** The way back in. `?email=` fills the address in; the routes lead on to `?then=`. */
export function Screen() {
  const say = useTexts('welcome');
  const email = new URLSearchParams(usePath().split('?')[1]).get('email');
  return (
    <Page className="welcome">
      <Wordmark />
      <Title>{say.signInTitle}</Title>
      {email && <p className="lead">{say.registered}</p>}
      <Form onSubmit={({ email = '', password = '' }) => signIn(email, password)}>
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
      <div className="ways">
        <Button kind="plain" href="/password">
          {say.forgot}
        </Button>
        <Button kind="plain" href="/">
          {say.newHere}
        </Button>
      </div>
    </Page>
  );
}
