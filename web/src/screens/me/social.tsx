import './me.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer } from '../../app/cache.ts';
import { type Identity, identities, type Provider, providers } from '../../app/data/providers.ts';
import { fullDay } from '../../app/days.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { goToProvider, type ProviderName } from '../../app/social.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { BrandTile } from '../../ui/brand.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Note, Row, Rows } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

const path = '/me/social';

/** The accounts at other places by which one comes in: those that are linked, and those that may be. */
export function Screen() {
  const say = useTexts('me').social;
  const offered = useAnswer(providers());
  const linked = useAnswer(identities());
  const [removing, remove] = useState<Identity>();
  const frame = { title: say.title, back: '/me/safety', className: 'me-sections' };
  if (!offered.data || !linked.data) return <Unready {...frame} of={[offered, linked]} />;
  const own = linked.data.items;
  const others = offered.data.items.filter(({ provider }) => !own.some((each) => each.provider === provider));
  const nameOf = (provider: ProviderName) =>
    offered.data!.items.find((each) => each.provider === provider)?.name ?? say.names[provider];
  if (own.length + others.length === 0)
    return (
      <Page {...frame}>
        <Empty title={say.none} lead={say.noneLead} />
      </Page>
    );
  return (
    <Page {...frame}>
      {own.length > 0 ? (
        <Section title={say.linked}>
          <Linked own={own} nameOf={nameOf} onRemove={remove} />
        </Section>
      ) : (
        <p className="lead">{say.lead}</p>
      )}
      {others.length > 0 && (
        <Section title={say.more}>
          <Others of={others} />
        </Section>
      )}
      <Note icon="shield">{say.note}</Note>
      {removing && (
        <Confirm
          title={say.removeTitle(nameOf(removing.provider))}
          lead={say.removeLead}
          action={say.remove}
          danger
          onClose={() => remove(undefined)}
          onConfirm={async () => {
            await api.identities.unlinkIdentity({ params: { identityId: removing.id } });
            await changed('me');
            tell(say.removed(nameOf(removing.provider)));
          }}
        />
      )}
    </Page>
  );
}

interface LinkedProps {
  readonly own: readonly Identity[];
  readonly nameOf: (provider: ProviderName) => string;
  readonly onRemove: (identity: Identity) => void;
}

function Linked({ own, nameOf, onRemove }: LinkedProps) {
  const say = useTexts('me').social;
  const language = locale.use();
  return (
    <Rows>
      {own.map((each) => (
        <Row
          key={each.id}
          lead={<BrandTile brand={each.provider} />}
          title={nameOf(each.provider)}
          text={
            <>
              {each.email}
              {each.email && <br />}
              {say.since(fullDay(each.linkedAt, language))}
            </>
          }
          end={
            <Button small kind="quiet" onClick={() => onRemove(each)}>
              {say.remove}
              <span className="unseen"> {nameOf(each.provider)}</span>
            </Button>
          }
        />
      ))}
    </Rows>
  );
}

function Others({ of }: { readonly of: readonly Provider[] }) {
  const say = useTexts('me').social;
  const [busy, go] = useState<ProviderName>();
  const link = async (provider: ProviderName) => {
    go(provider);
    await goToProvider(provider, { to: 'link', next: path }).catch(complain);
    go(undefined);
  };
  return (
    <Rows>
      {of.map(({ provider, name }) => (
        <Row
          key={provider}
          lead={<BrandTile brand={provider} />}
          title={name}
          end={
            <Button
              small
              kind="quiet"
              busy={busy === provider}
              disabled={busy !== undefined}
              onClick={() => void link(provider)}
            >
              {say.link}
              <span className="unseen"> {name}</span>
            </Button>
          }
        />
      ))}
    </Rows>
  );
}
