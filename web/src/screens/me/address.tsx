import './me.css';
import { useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { account } from '../../app/data/account.ts';
import { api, leave } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';

interface Sent {
  readonly email: string;
  readonly request: string;
}

/** Another address: a code to the new one, then everything moves there. */
export function Screen() {
  const say = useTexts('me');
  const me = useAnswer(account());
  const [sent, send] = useState<Sent>();
  const frame = { className: 'me-form', title: say.address.title, back: '/me/safety' };
  if (!me.data) return <Unready {...frame} of={[me]} rows={1} />;
  if (sent) return <Code {...frame} sent={sent} onOther={() => send(undefined)} />;
  return (
    <Page {...frame}>
      {me.data.email && <p className="lead">{say.address.now(me.data.email)}</p>}
      {me.data.mail !== 'ALL' && (
        <Note icon="warn" tone="wait">
          {say.address.trouble[me.data.mail]}
        </Note>
      )}
      <Form
        onSubmit={async ({ email = '' }) => {
          const { request } = await api.accounts.requestEmailCode({ body: { email, purpose: 'EMAIL' } });
          send({ email, request });
        }}
      >
        <Field label={say.address.next} name="email" type="email" inputMode="email" autoComplete="email" required />
        <Note icon="mail">{say.address.lead}</Note>
        <Dock>
          <Submit>{say.address.send}</Submit>
        </Dock>
      </Form>
    </Page>
  );
}

interface CodeProps {
  readonly className: string;
  readonly title: string;
  readonly back: string;
  readonly sent: Sent;
  readonly onOther: () => void;
}

function Code({ sent, onOther, ...frame }: CodeProps) {
  const say = useTexts('me');
  return (
    <Page {...frame}>
      <p className="lead">{say.address.sentTo(sent.email)}</p>
      <Form
        onSubmit={async ({ code = '' }) => {
          const body = { ...sent, purpose: 'EMAIL', code } as const;
          const { ticket } = await api.accounts.confirmEmailCode({ body });
          await api.accounts.changeEmail({ body: { ticket } });
          leave();
          tell(say.address.done);
        }}
      >
        <CodeField label={say.address.code} />
        <Dock>
          <Submit>{say.address.save}</Submit>
        </Dock>
      </Form>
      <Button kind="plain" onClick={onOther}>
        {say.address.other}
      </Button>
    </Page>
  );
}
