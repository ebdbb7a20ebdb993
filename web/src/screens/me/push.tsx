import { useEffect, useState } from 'preact/hooks';
import { changed } from '../../app/cache.ts';
import { ago } from '../../app/days.ts';
import { type Device, push } from '../../app/push.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { readPush, turnOff, turnOn } from '../../app/subscription.ts';
import { onTold } from '../../app/tabs.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { Note, Row, Rows, Tag, Tile } from '../../ui/rows.tsx';

/** Push messages to this device: on or off by a tap, or why they cannot be. */
export function PushHere() {
  const say = useTexts('me').pushHere;
  const { state, device } = push.use();
  const [isAtWork, work] = useState(false);
  // Somebody looks: not only some seconds after the start.
  useEffect(() => {
    if (state === 'none') void readPush().catch(() => undefined);
  }, []);
  if (state === 'none') return null;
  const act = (what: () => Promise<void>) => async () => {
    work(true);
    await what().then(() => changed('me', 'push-devices'), complain);
    work(false);
  };
  return (
    <Section title={say.title}>
      {device?.silentSince && (
        <Note icon="warn" tone="wait">
          {say.silent}
        </Note>
      )}
      <Rows>
        <Row
          lead={<Tile icon="bell" tone={state === 'on' ? 'good' : undefined} />}
          title={say.states[state]}
          text={say.leads[state]}
          end={
            state === 'on' ? (
              <Button small kind="quiet" busy={isAtWork} onClick={act(turnOff)}>
                {say.turnOff}
              </Button>
            ) : state === 'off' ? (
              <Button small busy={isAtWork} onClick={act(turnOn)}>
                {say.turnOn}
              </Button>
            ) : undefined
          }
        />
      </Rows>
    </Section>
  );
}

const dayMs = 86_400_000;

/** Every device that gets push messages, when the last one arrived there, and a test. */
export function PushDevices({ devices }: { readonly devices: readonly Device[] }) {
  const say = useTexts('me').pushHere;
  const unnamed = useTexts('me').devices.unnamed;
  const language = locale.use();
  const [testing, test] = useState<string>();
  useEffect(
    () =>
      onTold((told) => {
        if ('arrived' in told && testing) tell(say.arrived);
      }),
    [testing],
  );
  if (devices.length === 0) return null;
  const arrival = ({ kind, receivedAt, silentSince }: Device) => {
    if (kind === 'FCM') return say.app;
    if (silentSince) return say.silentSince(ago(silentSince, language));
    if (!receivedAt) return say.never;
    // It is noted once a day: nothing more exact is known of the last hours.
    return Date.now() - Date.parse(receivedAt) < dayMs ? say.lately : say.last(ago(receivedAt, language));
  };
  const send = async ({ id, current }: Device) => {
    test(id);
    await api.devices.sendTestMessage({ params: { deviceId: id } }).then(({ outcome }) => {
      if (outcome === 'GONE') void changed('me', 'push-devices');
      if (!(outcome === 'SENT' && current)) tell(say.outcomes[outcome]);
      else tell(say.look);
    }, complain);
    setTimeout(() => test(undefined), 10_000);
  };
  return (
    <Section title={say.devices}>
      <Rows>
        {devices.map((device) => (
          <Row
            key={device.id}
            lead={<Tile icon={device.silentSince ? 'warn' : 'bell'} tone={device.silentSince ? 'wait' : 'good'} />}
            title={
              <>
                {device.name || unnamed} {device.current && <Tag tone="good">{say.here}</Tag>}
              </>
            }
            text={arrival(device)}
            end={
              <Button small kind="quiet" onClick={() => void send(device)}>
                {say.test}
              </Button>
            }
          />
        ))}
      </Rows>
    </Section>
  );
}
