import './welcome.css';
import { useEffect, useState } from 'preact/hooks';
import { ProblemError } from '../../../../client/problem-error.ts';
import { cache, changed, useAnswer } from '../../app/cache.ts';
import { providers } from '../../app/data/providers.ts';
import { useOnce } from '../../app/once.ts';
import { faultOf, isExpected } from '../../app/problem.ts';
import { navigate } from '../../app/router.ts';
import { completeSocial, session, socialSignUp } from '../../app/session.ts';
import { forgetReturn, type Return, returned } from '../../app/social.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Page, Title, Wordmark } from '../../ui/page.tsx';
import { Loading } from '../../ui/states.tsx';
import { ProfileStep } from './profile.tsx';
import { Waits } from './waits.tsx';

type Step =
  | { readonly at: 'working' }
  | { readonly at: 'nickname'; readonly ticket: string; readonly email: string | null }
  | { readonly at: 'waits'; readonly hasMail: boolean }
  | { readonly at: 'failed'; readonly error: unknown };

/** Where a provider leads back to. What it gave back is no longer in the address, and is good once. */
export function Screen() {
  const say = useTexts('welcome').social;
  const [back] = useState(returned);
  const [step, go] = useState<Step>({ at: 'working' });
  const once = useOnce();
  const known = useAnswer(providers());
  const names = known.data?.items ?? [];
  const name = names.find(({ provider }) => provider === back?.provider)?.name ?? '';

  const complete = async ({ ticket, query, provider, next }: Return) => {
    go({ at: 'working' });
    try {
      const done = await once({ ticket, query }, (key) => completeSocial({ ticket, query }, key));
      forgetReturn();
      if (done.status === 'UNCOMPLETED') return go({ at: 'nickname', ticket: done.ticket, email: done.email });
      if (done.status === 'LINKED') {
        void changed('me');
        // Asked when the page began, and perhaps not answered then.
        const { key, ask } = providers();
        const all = await cache.ensureQueryData({ queryKey: key, queryFn: ask }).catch(() => undefined);
        tell(say.linked(all?.items.find((each) => each.provider === provider)?.name ?? provider));
      }
      if (done.status === 'PROVED') tell(say.proved);
      onwards(next);
    } catch (error) {
      if (!isExpected(error)) reportError(error);
      // Without an answer the same can be sent again. Any answer has used it up.
      if (error instanceof ProblemError && !error.byGateway) forgetReturn();
      go({ at: 'failed', error });
    }
  };
  useEffect(() => {
    if (back) void complete(back);
  }, []);

  return (
    <Page className="welcome" key={step.at}>
      <Wordmark />
      {!back && <Lost />}
      {back && step.at === 'working' && (
        <>
          <Title>{say.working}</Title>
          <Loading rows={1} />
        </>
      )}
      {back && step.at === 'nickname' && (
        <Nickname {...step} name={name} back={back} onWaits={() => go({ at: 'waits', hasMail: step.email !== null })} />
      )}
      {step.at === 'waits' && <Waits hasMail={step.hasMail} />}
      {back && step.at === 'failed' && (
        <Failed error={step.error} name={name} back={back} onRetry={() => void complete(back)} />
      )}
    </Page>
  );
}

/** Goes on, unless the sign-in has led somewhere else: an invitation comes first. */
function onwards(next: string): void {
  if (location.pathname === '/social-sign-in') navigate(next, { replace: true });
}

function Lost() {
  const say = useTexts('welcome').social;
  const isMember = session.use().status === 'in';
  return (
    <>
      <Title>{say.lost}</Title>
      <p className="lead">{say.lostLead}</p>
      <Button href={isMember ? '/me/social' : '/sign-in'}>{say.again}</Button>
    </>
  );
}

interface NicknameProps {
  readonly ticket: string;
  readonly email: string | null;
  readonly name: string;
  readonly back: Return;
  readonly onWaits: () => void;
}

/** The first time: an account needs a name, and no password. */
function Nickname({ ticket, email, name, back, onWaits }: NicknameProps) {
  const say = useTexts('welcome').social;
  return (
    <ProfileStep
      clubId={back.clubId}
      lead={
        <p className="lead">
          {name && say.nickname(name)} {email ? say.email(email) : say.noEmail}
        </p>
      }
      signUp={(about) => socialSignUp({ ticket, ...about })}
      onWaits={onWaits}
      onIn={() => onwards(back.next)}
    />
  );
}

interface FailedProps {
  readonly error: unknown;
  readonly name: string;
  readonly back: Return;
  readonly onRetry: () => void;
}

/** Why it did not work, and what does. */
function Failed({ error, name, back, onRetry }: FailedProps) {
  const say = useTexts('welcome').social;
  const common = useTexts('common');
  const isMember = session.use().status === 'in';
  const { code, text, fields } = faultOf(error);
  // The provider by its name, as moim has it in the person's language.
  const provider = fields.provider ?? name;
  if (code === 'EMAIL_UNVERIFIED')
    return (
      <Words title={say.known} lead={say.knownLead(provider)}>
        <Button href="/sign-in?then=/me/social">{say.knownDo}</Button>
      </Words>
    );
  if (code === 'IDENTITY_TAKEN')
    return (
      <Words title={say.taken} lead={say.takenLead(provider)}>
        <Button href={back.next}>{say.back}</Button>
      </Words>
    );
  const canRepeat = returned() !== undefined;
  return (
    <Words title={say.failed} lead={text ?? common.silent}>
      {canRepeat ? (
        <Button onClick={onRetry}>{say.retry}</Button>
      ) : (
        <Button href={isMember ? back.next : '/sign-in'}>{say.again}</Button>
      )}
    </Words>
  );
}

const Words = ({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly children: preact.ComponentChildren;
}) => (
  <>
    <Title>{title}</Title>
    <p className="lead" role="alert">
      {lead}
    </p>
    {children}
  </>
);
