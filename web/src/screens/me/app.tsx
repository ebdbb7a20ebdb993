import './me.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer } from '../../app/cache.ts';
import type { Answer } from '../../app/data/answers.ts';
import { factors } from '../../app/data/own.ts';
import { fullDay } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, type Children } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Copied } from '../../ui/copied.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { QrCode } from '../../ui/qr.tsx';
import { Note, Row, Rows, Tile } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';

type Begun = Answer<'factors', 'beginTotp'>;

/** Groups of four are easier to type. */
const fours = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

/** The authenticator app: its secret, its first code, and the recovery codes, which are shown once. */
export function Screen() {
  const say = useTexts('me');
  const language = locale.use();
  const known = useAnswer(factors());
  const [begun, begin] = useState<Begun>();
  const [codes, show] = useState<readonly string[]>();
  const [asked, ask] = useState<'remove' | 'renew'>();
  const frame = { className: 'me-form', title: say.app.title, back: '/me/safety' };
  const finish = (recoveryCodes: readonly string[]) => {
    show(recoveryCodes);
    begin(undefined);
    void changed('me', 'factors');
  };
  if (codes) return <Codes codes={codes} onDone={() => show(undefined)} />;
  if (!known.data) return <Unready {...frame} of={[known]} rows={1} />;
  const { totp } = known.data;
  if (begun)
    return (
      <Page {...frame}>
        <Secret begun={begun} onConfirmed={finish} />
      </Page>
    );
  if (!totp)
    return (
      <Page {...frame}>
        <p className="lead">{say.app.lead}</p>
        <Rows>
          {say.app.facts.map(([title, text], at) => (
            <Row
              key={title}
              lead={<Tile icon={(['phone', 'key', 'shield'] as const)[at]!} tone="good" />}
              title={title}
              text={text}
            />
          ))}
        </Rows>
        <Form onSubmit={async () => begin(await api.factors.beginTotp())}>
          <Dock>
            <Submit>{say.app.begin}</Submit>
          </Dock>
        </Form>
      </Page>
    );
  return (
    <Page {...frame}>
      <Rows>
        <Row
          lead={<Tile icon="check" tone="good" />}
          title={say.app.isOn}
          text={say.app.since(fullDay(totp.since, language))}
        />
        <Row
          lead={<Tile icon="key" />}
          title={say.app.codes}
          text={say.app.codesLeft(totp.recoveryCodes)}
          end={
            <Button small kind="quiet" onClick={() => ask('renew')}>
              {say.app.renew}
            </Button>
          }
        />
      </Rows>
      <Rows>
        <Row
          lead={<Tile icon="off" tone="bad" />}
          title={say.app.remove}
          text={say.app.removeLead}
          tone="bad"
          onClick={() => ask('remove')}
        />
      </Rows>
      {asked === 'renew' && (
        <Confirm
          title={say.app.renewTitle}
          lead={say.app.renewLead}
          action={say.app.renew}
          onClose={() => ask(undefined)}
          onConfirm={async () => finish((await api.factors.renewRecoveryCodes()).recoveryCodes)}
        />
      )}
      {asked === 'remove' && (
        <Confirm
          title={say.app.removeTitle}
          lead={say.app.removeLead}
          action={say.app.remove}
          danger
          onClose={() => ask(undefined)}
          onConfirm={async () => {
            await api.factors.removeTotp();
            await changed('me', 'factors');
            tell(say.app.removed);
          }}
        />
      )}
    </Page>
  );
}

const copy = (text: string, done: string) => navigator.clipboard.writeText(text).then(() => tell(done));

function Secret({
  begun,
  onConfirmed,
}: {
  readonly begun: Begun;
  readonly onConfirmed: (codes: readonly string[]) => void;
}) {
  const say = useTexts('me');
  return (
    <Form
      onSubmit={async ({ code = '' }) => onConfirmed((await api.factors.confirmTotp({ body: { code } })).recoveryCodes)}
    >
      <Step at={1} title={say.app.one}>
        <div className="qr-beside">
          <QrCode text={begun.address} label={say.app.qr} />
          <div className="qr-text">
            <p className="soft">{say.app.byHand}</p>
            <Copied
              text={begun.secret}
              shown={fours(begun.secret)}
              label={say.copy}
              onCopied={() => tell(say.copied)}
            />
            <Button kind="quiet" href={begun.address}>
              {say.app.open}
            </Button>
          </div>
        </div>
      </Step>
      <Step at={2} title={say.app.two}>
        <Field label={say.app.code} name="code" digits={6} required />
      </Step>
      <Dock>
        <Submit>{say.app.confirm}</Submit>
      </Dock>
    </Form>
  );
}

const Step = ({ at, title, children }: Children & { readonly at: number; readonly title: string }) => (
  <section className="card app-step">
    <h2>
      <span className={`brick hue-${at} app-step-brick`} aria-hidden="true">
        {at}
      </span>
      {title}
    </h2>
    {children}
  </section>
);

function Codes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  const say = useTexts('me');
  const text = codes.join('\n');
  return (
    <Page className="me-form" title={say.app.codes} back="/me/safety">
      <p className="lead">{say.app.codesLead}</p>
      <Note icon="eye" tone="wait">
        {say.app.once}
      </Note>
      <ol className="card code-list" aria-label={say.app.codes}>
        {codes.map((each) => (
          <li key={each}>
            <code>{each}</code>
          </li>
        ))}
      </ol>
      <Button kind="quiet" icon="copy" onClick={() => void copy(text, say.copied)}>
        {say.copy}
      </Button>
      <Dock>
        <Button onClick={onDone}>{say.app.kept}</Button>
      </Dock>
    </Page>
  );
}
