import './prove.css';
import { useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { identities, providers } from '../../app/data/providers.ts';
import { signOut } from '../../app/leaving.ts';
import { hasPasskeys, showPasskey } from '../../app/passkey.ts';
import { proofAsked } from '../../app/proof.ts';
import { api } from '../../app/session.ts';
import { goToProvider, type ProviderName, proving } from '../../app/social.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { BrandButton, Brands } from '../../ui/brand.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Unanswered } from '../../ui/states.tsx';

/** The quickest first. */
const order = ['PASSKEY', 'PASSWORD', 'TOTP', 'MAIL', 'PROVIDER'] as const;
type Way = (typeof order)[number];
const icons: Readonly<Record<Way, IconName>> = {
  PASSKEY: 'key',
  PASSWORD: 'key',
  TOTP: 'phone',
  MAIL: 'mail',
  PROVIDER: 'link',
};

/** The sheet that asks who is there, in one of the ways of the account. What needed the proof goes on by itself. */
export function Screen() {
  const say = useTexts('prove');
  const asked = proofAsked.use();
  const ways = order.filter((way) => asked?.ways.includes(way) && (way !== 'PASSKEY' || hasPasskeys()));
  const [chosen, choose] = useState<Way>();
  if (!asked) return null;
  const way = chosen ?? ways[0];
  const finish = () => asked.onDone(true);
  const others = ways.filter((each) => each !== way);
  return (
    <Sheet title={say.title} onClose={() => asked.onDone(false)}>
      <span className="prove-art" aria-hidden="true">
        <i className="brick hue-0" />
        <Icon name="key" size={34} />
        <i className="brick hue-2" />
      </span>
      <p className="soft">{say.lead}</p>
      {way === 'PASSKEY' && <ByPasskey onProved={finish} />}
      {way === 'PASSWORD' && <ByPassword onProved={finish} />}
      {way === 'TOTP' && <ByApp onProved={finish} />}
      {way === 'MAIL' && <ByMail onProved={finish} />}
      {way === 'PROVIDER' && <ByProvider to="prove" />}
      {!way && <ByProvider to="enter" />}
      {others.length > 0 && (
        <>
          <h3 className="prove-other soft">{say.other}</h3>
          <Rows>
            {others.map((each) => (
              <Row key={each} lead={<Icon name={icons[each]} />} title={say.ways[each]} onClick={() => choose(each)} />
            ))}
          </Rows>
        </>
      )}
    </Sheet>
  );
}

interface ByProps {
  readonly onProved: () => void;
}

function ByPasskey({ onProved }: ByProps) {
  const say = useTexts('prove');
  const [isMissing, miss] = useState(false);
  const prove = async () => {
    const credential = await showPasskey();
    miss(!credential);
    if (!credential) return;
    await api.sessions.prove({ body: { way: 'PASSKEY', credential } });
    onProved();
  };
  return (
    <Form onSubmit={prove}>
      {isMissing && (
        <p className="error" role="alert">
          {say.passkeyNone}
        </p>
      )}
      <Submit>{say.passkey}</Submit>
    </Form>
  );
}

function ByPassword({ onProved }: ByProps) {
  const say = useTexts('prove');
  return (
    <Form
      onSubmit={async ({ currentPassword = '' }) => {
        await api.sessions.prove({ body: { way: 'PASSWORD', password: currentPassword } });
        onProved();
      }}
    >
      <Field
        label={say.password}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        required
        autoFocus
      />
      <Submit>{say.go}</Submit>
    </Form>
  );
}

function ByApp({ onProved }: ByProps) {
  const say = useTexts('prove');
  return (
    <Form
      onSubmit={async ({ code = '' }) => {
        await api.sessions.prove({ body: { way: 'TOTP', code } });
        onProved();
      }}
    >
      <Field
        label={say.totp}
        name="code"
        hint={say.totpHint}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        autoFocus
      />
      <Submit>{say.go}</Submit>
    </Form>
  );
}

function ByMail({ onProved }: ByProps) {
  const say = useTexts('prove');
  const [request, sent] = useState<string>();
  if (!request)
    return (
      <Form onSubmit={async () => sent((await api.sessions.requestProofCode()).request)}>
        <Submit>{say.send}</Submit>
      </Form>
    );
  return (
    <Form
      key="code"
      onSubmit={async ({ code = '' }) => {
        await api.sessions.prove({ body: { way: 'MAIL', code, request } });
        onProved();
      }}
    >
      <CodeField label={say.mail} hint={say.mailHint} />
      <Submit>{say.go}</Submit>
    </Form>
  );
}

interface ByProviderProps {
  /** `enter`: the account has no other way, and a new sign-in is a proof. */
  readonly to: 'prove' | 'enter';
}

/** A provider asks the person again, and leads back to this screen; what needed the proof is then pressed once more. */
function ByProvider({ to }: ByProviderProps) {
  const say = useTexts('prove');
  const linked = useAnswer(identities());
  const offered = useAnswer(providers());
  const [busy, go] = useState<ProviderName>();
  if (!linked.data || !offered.data) return <Unanswered of={[linked, offered]} rows={1} />;
  const own = linked.data.items.map(({ provider }) => provider);
  const able: readonly ProviderName[] = to === 'enter' ? own : proving.filter((each) => own.includes(each));
  const items = offered.data.items.filter(({ provider }) => able.includes(provider));
  if (items.length === 0) return <Again />;
  const ask = async (provider: ProviderName) => {
    go(provider);
    await goToProvider(provider, { to, next: location.pathname + location.search }).catch(complain);
    go(undefined);
  };
  return (
    <>
      <p>{say.provider}</p>
      <Brands>
        {items.map(({ provider, name }) => (
          <BrandButton
            key={provider}
            brand={provider}
            label={say.by(name)}
            busy={busy === provider}
            disabled={busy !== undefined}
            onClick={() => ask(provider)}
          >
            {name}
          </BrandButton>
        ))}
      </Brands>
    </>
  );
}

/** No way at all: a sign-in counts as a proof. */
function Again() {
  const say = useTexts('prove');
  return (
    <>
      <p>{say.none}</p>
      <Button kind="quiet" onClick={() => signOut({ comesBack: true }).catch(complain)}>
        {say.signOut}
      </Button>
    </>
  );
}
