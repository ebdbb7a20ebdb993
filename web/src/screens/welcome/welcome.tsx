import './welcome.css';
import { useEffect, useState } from 'preact/hooks';
import { NoAnswerError } from '../../../../client/problem-error.ts';
import { useAnswer } from '../../app/cache.ts';
import { recruit } from '../../app/data/finding.ts';
import { usePath } from '../../app/router.ts';
import { type SentCode, sentCode } from '../../app/sent-code.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Page, Title, Wordmark } from '../../ui/page.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Providers } from './providers.tsx';
import { Rising } from './rising.tsx';

type Joining = typeof import('./joining.tsx')['Joining'];
interface Begun {
  readonly sent: SentCode;
  readonly Joining: Joining;
}

/** The first screen: what moim is, and the way in by a code from the mail box. `?club=` names a club to apply to on the way. */
export function Screen() {
  const [begun, go] = useState<Begun>();
  const [resumed, resume] = useState(() => sentCode('REGISTER'));
  useEffect(() => {
    if (!resumed) return;
    import('./joining.tsx')
      .then(({ Joining }) => go({ sent: resumed, Joining }))
      // Its part did not come: the address is asked for again.
      .catch(() => undefined)
      .then(() => resume(undefined));
  }, []);
  const clubId = new URLSearchParams(usePath().split('?')[1]).get('club') ?? undefined;
  const next = clubId ? `/recruits/${clubId}` : '/';
  if (begun) return <begun.Joining sent={begun.sent} clubId={clubId} next={next} onOther={() => go(undefined)} />;
  if (resumed) return <Unready of={[]} />;
  return (
    <Page className="welcome">
      <Wordmark />
      <Start clubId={clubId} next={next} onBegun={go} />
    </Page>
  );
}

interface StartProps {
  readonly clubId: string | undefined;
  readonly next: string;
  readonly onBegun: (begun: Begun) => void;
}

function Start({ clubId, next, onBegun }: StartProps) {
  const say = useTexts('welcome');
  const club = useAnswer(recruit(clubId ?? ''), clubId !== undefined);
  const name = clubId && club.data?.title;
  return (
    <>
      <Title key={name}>{name ? say.club.title(name) : say.title}</Title>
      <p className="lead">{clubId ? say.club.lead : say.lead}</p>
      <Form
        onSubmit={async ({ email = '' }) => {
          // This screen is the first that a phone ever shows: what comes after it is loaded when it is needed.
          const { begin, Joining } = await import('./joining.tsx').catch((cause: unknown) => {
            throw new NoAnswerError('the steps of a sign-up did not come', cause);
          });
          onBegun({ sent: await begin(email), Joining });
        }}
      >
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
