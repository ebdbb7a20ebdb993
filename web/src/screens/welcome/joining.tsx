import { useState } from 'preact/hooks';
import { faultOf } from '../../app/problem.ts';
import { navigate } from '../../app/router.ts';
import { forgetSentCode, type SentCode } from '../../app/sent-code.ts';
import { signUp } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Field } from '../../ui/form.tsx';
import { Page, Wordmark } from '../../ui/page.tsx';
import { CodeStep, sendCode } from './code.tsx';
import { ProfileStep } from './profile.tsx';
import { Waits } from './waits.tsx';

type Step = { readonly at: 'code' } | { readonly at: 'profile'; readonly ticket: string } | { readonly at: 'waits' };

/** A ticket that is used up or too old is of no use after a reload: then the address is asked for. */
const unlessUsedUp = (forget: () => void) => (error: unknown) => {
  if (faultOf(error).code === 'TICKET_INVALID') forget();
  throw error;
};

/** Sends the first code, with which these steps begin. */
export const begin = (email: string): Promise<SentCode> => sendCode(email, 'REGISTER');

interface JoiningProps {
  readonly sent: SentCode;
  readonly clubId: string | undefined;
  /** The path on which the person goes on. */
  readonly next: string;
  /** Back to the address. */
  readonly onOther: () => void;
}

/** The steps of a sign-up after the address: the code, the person, and the wait where accounts are approved. */
export function Joining({ sent, clubId, next, onOther }: JoiningProps) {
  const say = useTexts('welcome');
  const { email, confirmed } = sent;
  const [step, go] = useState<Step>(confirmed ? { at: 'profile', ticket: confirmed.ticket } : { at: 'code' });
  const done = () => forgetSentCode('REGISTER');
  return (
    <Page className="welcome" key={step.at}>
      <Wordmark />
      {step.at === 'code' && (
        <CodeStep
          first={sent}
          purpose="REGISTER"
          onOther={onOther}
          onConfirmed={({ ticket, registered }) => {
            if (registered) navigate(`/sign-in?email=${encodeURIComponent(email)}&then=${encodeURIComponent(next)}`);
            else go({ at: 'profile', ticket });
          }}
        />
      )}
      {step.at === 'profile' && (
        <ProfileStep
          clubId={clubId}
          signUp={async (about, { password = '' }) => {
            const isIn = await signUp({ ticket: step.ticket, password, ...about }).catch(unlessUsedUp(done));
            done();
            return isIn;
          }}
          onWaits={() => go({ at: 'waits' })}
          onIn={(hasApplied) => hasApplied && navigate(next, { replace: true })}
        >
          {/* For the browser's own keeper of passwords. */}
          <input type="hidden" name="username" autoComplete="username" value={email} />
          <Field
            label={say.password}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            hint={say.profile.passwordHint}
          />
        </ProfileStep>
      )}
      {step.at === 'waits' && <Waits />}
    </Page>
  );
}
