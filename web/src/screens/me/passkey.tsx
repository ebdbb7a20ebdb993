import './me.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed } from '../../app/cache.ts';
import { hasPasskeys, makePasskey } from '../../app/passkey.ts';
import { navigate } from '../../app/router.ts';
import { api, deviceName } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, cx } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';

/** A key of bricks: `1` a brick, `0` a hole in it. */
const picture = ['.1111.', '110011', '110011', '.1111.', '..11..', '..11..', '..1111', '..11..', '..1111'];
const icons = ['shield', 'eye', 'phone'] as const;

/** A passkey: what it is, its name, and then the dialog of the browser. */
export function Screen() {
  const say = useTexts('me');
  const [isMissing, miss] = useState(false);
  const frame = { className: 'me-form', title: say.passkey.title, back: '/me/safety' };
  if (!hasPasskeys())
    return (
      <Page {...frame}>
        <Empty title={say.passkey.unable} lead={say.passkey.unableLead}>
          <Button kind="quiet" href="/me/app">
            {say.app.title}
          </Button>
        </Empty>
      </Page>
    );
  const make = async (name: string) => {
    miss(false);
    const credential = await makePasskey();
    if (!credential) return miss(true);
    await api.factors.addPasskey({ body: { name, credential } });
    await changed('me', 'factors');
    tell(say.passkey.done(name));
    navigate('/me/safety');
  };
  return (
    <Page {...frame}>
      <span className="key-art" aria-hidden="true">
        {picture.map((row, at) => (
          <span key={at}>
            {[...row].map((cell, place) => (
              <i key={place} className={cx(cell === '1' ? `brick hue-${at > 3 ? 1 : 0}` : cell === '0' && 'hole')} />
            ))}
          </span>
        ))}
      </span>
      <p className="lead center">{say.passkey.lead}</p>
      <Rows>
        {say.passkey.facts.map(([title, text], at) => (
          <Row key={title} lead={<Tile icon={icons[at]!} tone="good" />} title={title} text={text} />
        ))}
      </Rows>
      <Form onSubmit={({ name = '' }) => make(name)}>
        <Field
          label={say.passkey.name}
          name="name"
          value={deviceName()}
          hint={say.passkey.nameHint}
          maxLength={limits.passkeys.name}
          required
        />
        {isMissing && (
          <p className="error" role="alert">
            {say.passkey.missing}
          </p>
        )}
        <Dock>
          <Submit>{say.passkey.make}</Submit>
        </Dock>
      </Form>
    </Page>
  );
}
