import './me.css';
import { useState } from 'preact/hooks';
import { changed, useAnswer } from '../../app/cache.ts';
import { pushDevices, type Session, sessions } from '../../app/data/own.ts';
import { ago } from '../../app/days.ts';
import { forgetDevice, type Unsent, unsent } from '../../app/leaving.ts';
import { api, leave } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Unready } from '../../ui/unready.tsx';
import { PushDevices, PushHere } from './push.tsx';

/** Where the person is signed in, and the end of that. */
export function Screen() {
  const say = useTexts('me');
  const language = locale.use();
  const known = useAnswer(sessions());
  const pushed = useAnswer(pushDevices());
  const [ending, end] = useState<Session | 'all'>();
  const [waits, know] = useState<Unsent>();
  const endAll = async () => {
    know(await unsent());
    end('all');
  };
  const frame = { title: say.devices.title, back: '/me', className: 'me-list' };
  if (!known.data || !pushed.data) return <Unready {...frame} of={[known, pushed]} />;
  const nameOf = ({ device }: Session) => device || say.devices.unnamed;
  return (
    <Page {...frame}>
      <p className="soft">{say.devices.lead}</p>
      <Rows>
        {known.data.items.map((session) => (
          <Row
            key={session.id}
            lead={<Tile icon="phone" tone={session.current ? 'good' : undefined} />}
            title={nameOf(session)}
            text={say.devices.last(ago(session.refreshedAt, language))}
            end={
              session.current ? (
                <Tag icon="check" tone="good">
                  {say.devices.here}
                </Tag>
              ) : (
                <Button small kind="quiet" onClick={() => end(session)}>
                  {say.devices.end}
                </Button>
              )
            }
          />
        ))}
      </Rows>
      <Rows>
        <Row href="/me/sign-ins" lead={<Tile icon="clock" />} title={say.signIns.title} text={say.signIns.lead} />
      </Rows>
      <PushDevices devices={pushed.data.items} />
      <PushHere />
      <Dock>
        <Button kind="quiet" icon="leave" onClick={endAll}>
          {say.devices.endAll}
        </Button>
      </Dock>
      {ending && ending !== 'all' && (
        <Confirm
          title={say.devices.endTitle(nameOf(ending))}
          lead={say.devices.endLead}
          action={say.devices.endDo}
          onClose={() => end(undefined)}
          onConfirm={async () => {
            await api.sessions.endSession({ params: { sessionId: ending.id } });
            await changed('me', 'sessions');
            tell(say.devices.ended(nameOf(ending)));
          }}
        />
      )}
      {ending === 'all' && (
        <Confirm
          title={say.devices.endAllTitle}
          lead={waits ? `${say.devices.endAllLead} ${say.unsent.also(waits)}` : say.devices.endAllLead}
          action={say.devices.endAll}
          danger
          onClose={() => end(undefined)}
          onConfirm={async () => {
            await api.sessions.signOutEverywhere();
            await forgetDevice();
            leave();
          }}
        />
      )}
    </Page>
  );
}
