import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../../app/data/answers.ts';
import { faultOf } from '../../app/problem.ts';
import { forgetSentCode, keepSentCode, type SentCode } from '../../app/sent-code.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { Form, Submit } from '../../ui/form.tsx';
import { Title } from '../../ui/page.tsx';

type Purpose = 'REGISTER' | 'PASSWORD';
export type Confirmed = Answer<'accounts', 'confirmEmailCode'>;

export async function sendCode(email: string, purpose: Purpose): Promise<SentCode> {
  const sent = { ...(await api.accounts.requestEmailCode({ body: { email, purpose } })), email };
  keepSentCode(purpose, sent);
  return sent;
}

interface CodeStepProps {
  readonly first: SentCode;
  readonly purpose: Purpose;
  readonly onConfirmed: (confirmed: Confirmed) => void;
  /** Back to the address. */
  readonly onOther: () => void;
}

/** The step of the six digits: it goes on by itself with the last one. */
export function CodeStep({ first, purpose, onConfirmed, onOther }: CodeStepProps) {
  const say = useTexts('welcome');
  const common = useTexts('common');
  const [sent, resent] = useState(first);
  const [now, tick] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const secondsTo = (instant: string) => Math.max(0, Math.ceil((Date.parse(instant) - now) / 1000));
  const left = secondsTo(sent.expiresAt);
  const wait = secondsTo(sent.resendAt);
  const { email, request } = sent;
  const again = () => sendCode(email, purpose).then(resent, (error) => tell(faultOf(error).text ?? common.silent));
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return (
    <>
      <Title>{say.code.title}</Title>
      <p className="lead">{say.code.sentTo(email)}</p>
      <Form
        onSubmit={async ({ code = '' }) => {
          const confirmed = await api.accounts.confirmEmailCode({ body: { email, purpose, code, request } });
          const { ticket, expiresAt, registered } = confirmed;
          // A person who has an account goes to the sign-in, and needs no ticket.
          if (registered && purpose === 'REGISTER') forgetSentCode(purpose);
          else keepSentCode(purpose, { ...sent, confirmed: { ticket, expiresAt } });
          onConfirmed(confirmed);
        }}
      >
        <CodeField label={say.code.label} hint={left > 0 ? say.code.left(time) : say.code.over} />
        <Submit>{say.code.next}</Submit>
      </Form>
      <Button kind="plain" disabled={wait > 0} onClick={again}>
        {wait > 0 ? say.code.againIn(wait) : say.code.again}
      </Button>
      <Button
        kind="plain"
        onClick={() => {
          forgetSentCode(purpose);
          onOther();
        }}
      >
        {say.code.otherAddress}
      </Button>
    </>
  );
}
