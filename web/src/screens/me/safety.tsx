import './me.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer } from '../../app/cache.ts';
import { account } from '../../app/data/account.ts';
import { factors, type Passkey } from '../../app/data/own.ts';
import { ago } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';

/** All ways into the account, the second step, and the history in one place. */
export function Screen() {
  const say = useTexts('me');
  const language = locale.use();
  const me = useAnswer(account());
  const known = useAnswer(factors());
  const [removing, remove] = useState<Passkey>();
  const frame = { title: say.safety.title, back: '/me', className: 'me-sections' };
  if (!me.data || !known.data) return <Unready {...frame} of={[me, known]} />;
  const { passkeys, totp } = known.data;
  const isStrong = passkeys.length > 0 || totp !== null;
  return (
    <Page {...frame}>
      <div className={isStrong ? 'card strong' : 'card strong weak'}>
        <span className="strong-bricks" aria-hidden="true">
          <i className="brick hue-2" />
          <i className={isStrong ? 'brick hue-2' : 'hole'} />
          <i className={passkeys.length > 0 && totp ? 'brick hue-2' : 'hole'} />
        </span>
        <span className="row-text">
          <b>{isStrong ? say.safety.strong : say.safety.weak}</b>
          <span className="soft">{isStrong ? say.safety.strongLead : say.safety.weakLead}</span>
        </span>
      </div>
      <Section title={say.safety.ways}>
        <Rows>
          <Row
            href="/me/password"
            lead={<Tile icon="key" tone={me.data.hasPassword ? 'good' : undefined} />}
            title={say.safety.password}
            text={me.data.hasPassword ? say.safety.passwordSet : say.safety.passwordNone}
          />
          <Row
            href="/me/address"
            lead={<Tile icon="mail" tone={me.data.mail === 'ALL' ? 'good' : 'new'} />}
            title={say.safety.address}
            text={me.data.email ?? say.safety.addressNone}
          />
          <Row href="/me/social" lead={<Tile icon="link" />} title={say.social.title} text={say.social.short} />
        </Rows>
      </Section>
      <Section
        title={say.safety.passkeys}
        end={<span className="soft">{say.safety.passkeysN(passkeys.length, limits.passkeys.most)}</span>}
      >
        <Rows>
          {passkeys.map((passkey) => (
            <Row
              key={passkey.id}
              lead={<Tile icon="key" tone="good" />}
              title={passkey.name}
              text={passkey.usedAt ? say.safety.used(ago(passkey.usedAt, language)) : say.safety.unused}
              end={
                <Button small kind="quiet" onClick={() => remove(passkey)}>
                  {say.remove}
                </Button>
              }
            />
          ))}
          {passkeys.length < limits.passkeys.most && (
            <Row
              href="/me/passkey"
              lead={<Tile icon="add" />}
              title={say.passkey.title}
              text={say.safety.passkeyLead}
            />
          )}
        </Rows>
      </Section>
      <Section title={say.safety.second}>
        <Rows>
          <Row
            href="/me/app"
            lead={<Tile icon="phone" tone={totp ? 'good' : undefined} />}
            title={say.app.title}
            text={totp ? say.app.codesLeft(totp.recoveryCodes) : say.app.short}
            end={
              totp && (
                <Tag icon="check" tone="good">
                  {say.on}
                </Tag>
              )
            }
          />
        </Rows>
      </Section>
      <Section title={say.safety.watch}>
        <Rows>
          <Row href="/me/sign-ins" lead={<Tile icon="clock" />} title={say.signIns.title} text={say.signIns.lead} />
          <Row href="/me/devices" lead={<Tile icon="phone" />} title={say.devices.title} />
        </Rows>
      </Section>
      {removing && (
        <Confirm
          title={say.safety.removeTitle(removing.name)}
          lead={say.safety.removeLead}
          action={say.remove}
          danger
          onClose={() => remove(undefined)}
          onConfirm={async () => {
            await api.factors.removePasskey({ params: { passkeyId: removing.id } });
            await changed('me', 'factors');
            tell(say.safety.removed(removing.name));
          }}
        />
      )}
    </Page>
  );
}
