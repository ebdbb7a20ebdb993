import './me.css';
import { useList } from '../../app/cache.ts';
import { signIns } from '../../app/data/own.ts';
import { ago } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** The history of sign-ins, and what to do about one that was somebody else. */
export function Screen() {
  const say = useTexts('me');
  const language = locale.use();
  const list = useList(signIns());
  const frame = { title: say.signIns.title, back: '/me/safety', className: 'me-list' };
  if (!list.items) return <Unready {...frame} of={[list]} />;
  if (list.items.length === 0)
    return (
      <Page {...frame}>
        <Empty title={say.signIns.none} lead={say.signIns.noneLead} />
      </Page>
    );
  return (
    <Page {...frame}>
      <p className="soft">{say.signIns.lead}</p>
      <Rows>
        {list.items.map(({ id, device, way, isNewDevice, at }) => (
          <Row
            key={`${id}${at}`}
            lead={
              <Tile
                icon={way === 'PASSKEY' ? 'key' : isNewDevice ? 'warn' : 'phone'}
                tone={isNewDevice ? 'new' : undefined}
              />
            }
            title={device || say.devices.unnamed}
            text={`${say.signIns.ways[way]} · ${ago(at, language)}`}
            end={isNewDevice && <Tag tone="wait">{say.signIns.isNew}</Tag>}
          />
        ))}
      </Rows>
      <More of={list} />
      <p className="soft">{say.signIns.notMe}</p>
      <Dock>
        <Button kind="quiet" icon="key" href="/me/password">
          {say.password.title}
        </Button>
      </Dock>
    </Page>
  );
}
