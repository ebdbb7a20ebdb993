import './welcome.css';
import { useState } from 'preact/hooks';
import { faultOf } from '../../app/problem.ts';
import { forgetSentCode, type SentCode, sentCode } from '../../app/sent-code.ts';
import { api, rememberDevice, signIn } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Page, Title, Wordmark } from '../../ui/page.tsx';
import { CodeStep, sendCode } from './code.tsx';

type Step =
  | { readonly at: 'email' }
  | { readonly at: 'code'; readonly sent: SentCode }
  | { readonly at: 'password'; readonly email: string; readonly ticket: string };

/** A new password by a code from the mail box. */
export function Screen() {
  const say = useTexts('welcome');
  const [step, go] = useState<Step>(() => {
    const sent = sentCode('PASSWORD');
    if (!sent) return { at: 'email' };
    const { email, confirmed } = sent;
    return confirmed ? { at: 'password', email, ticket: confirmed.ticket } : { at: 'code', sent };
  });
  return (
    <Page className="welcome" key={step.at}>
      <Wordmark />
      {step.at === 'email' && (
        <>
          <Title>{say.reset.title}</Title>
          <p className="lead">{say.reset.lead}</p>
          <Form onSubmit={async ({ email = '' }) => go({ at: 'code', sent: await sendCode(email, 'PASSWORD') })}>
            <Field label={say.email} name="email" type="email" inputMode="email" autoComplete="username" required />
            <Submit>{say.start}</Submit>
          </Form>
          <Button kind="plain" href="/sign-in">
            {say.signIn}
          </Button>
        </>
      )}
      {step.at === 'code' && (
        <CodeStep
          first={step.sent}
          purpose="PASSWORD"
          onOther={() => go({ at: 'email' })}
          onConfirmed={({ ticket }) => go({ at: 'password', email: step.sent.email, ticket })}
        />
      )}
      {step.at === 'password' && (
        <>
          <Title>{say.reset.newTitle}</Title>
          <p className="lead">{say.reset.newLead}</p>
          <Form
            onSubmit={async ({ password = '' }) => {
              const { deviceToken } = await api.accounts
                .resetPassword({ body: { ticket: step.ticket, password } })
                .catch((error: unknown) => {
                  // After a reload the address is asked for again.
                  if (faultOf(error).code === 'TICKET_INVALID') forgetSentCode('PASSWORD');
                  throw error;
                });
              forgetSentCode('PASSWORD');
              // Wrong guesses of strangers do not slow this sign-in down.
              rememberDevice(deviceToken);
              await signIn(step.email, password);
            }}
          >
            <input type="hidden" name="username" autoComplete="username" value={step.email} />
            <Field
              label={say.reset.newPassword}
              name="password"
              type="password"
              autoComplete="new-password"
              required
              hint={say.profile.passwordHint}
            />
            <Submit>{say.reset.save}</Submit>
          </Form>
        </>
      )}
    </Page>
  );
}
