import './welcome.css';
import { useState } from 'preact/hooks';
import { ProblemError } from '../../../../client/problem-error.ts';
import { api, rememberDevice, session } from '../../app/session.ts';
import { undoing } from '../../app/undoing.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Page, Title, Wordmark } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';

/** What the mail about a new address leads to: the old address comes back, with a new password. */
export function Screen() {
  const { undo: say, profile } = useTexts('welcome');
  const ticket = undoing.use();
  const [end, come] = useState<'done' | 'expired'>();
  const undo = async (body: { readonly ticket: string; readonly password: string }) => {
    try {
      const { deviceToken } = await api.accounts.undoEmail({ body });
      // Wrong guesses of strangers do not slow the next sign-in down.
      rememberDevice(deviceToken);
      come('done');
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'TICKET_INVALID') throw error;
      come('expired');
    }
    undoing.set(undefined);
    // If this device was signed in to the account, it finds out now.
    if (session.get().status === 'in') void api.accounts.getOwnAccount().catch(() => undefined);
  };
  // A link that was opened afterwards begins anew.
  const state = ticket ? 'open' : (end ?? 'lost');
  return (
    <Page className="welcome" key={state}>
      <Wordmark />
      <Title>{say[state].title}</Title>
      <p className="lead">{say[state].lead}</p>
      {ticket ? (
        <Form onSubmit={({ password = '' }) => undo({ ticket, password })}>
          <Note icon="shield">{say.ends}</Note>
          <Field
            label={say.password}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            hint={profile.passwordHint}
          />
          <Submit>{say.save}</Submit>
        </Form>
      ) : (
        <>
          <Button href="/sign-in">{say.signIn}</Button>
          {state !== 'done' && (
            <Button kind="plain" href="/password">
              {say.reset}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}
