import './talk.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer } from '../../app/cache.ts';
import { type ChatRoom, rooms } from '../../app/data/chat.ts';
import { group } from '../../app/data/groups.ts';
import { ago } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Places } from '../../ui/places.tsx';
import { Count, Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TalkPlaces } from '../../ui/talk-places.tsx';
import { Unready } from '../../ui/unready.tsx';
import { icons, useRoomName } from './names.ts';

/** The chat rooms of a group: one for everybody, and those that the members of a study have opened. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('talk');
  const view = useAnswer(group(groupId));
  const all = useAnswer(rooms(groupId));
  const [isOpening, open] = useState(false);
  const items = all.data?.items ?? [];
  const unread = items.reduce((sum, { mine, closedAt }) => sum + (closedAt ? 0 : mine.unread), 0);
  const places = (
    <>
      <Places groupId={groupId} now="talk" unread={unread} />
      <TalkPlaces groupId={groupId} now="chat" />
    </>
  );
  const title = view.data?.group.title;
  if (!view.data || !all.data) return <Unready className="talk" title={title} places={places} of={[view, all]} />;
  const living = items.filter(({ closedAt }) => !closedAt);
  const closed = items.filter(({ closedAt }) => closedAt);
  const isFull = living.length > limits.chat.openRooms;
  const mayOpen = view.data.group.kind === 'STUDY' && living[0]?.writable === true;
  return (
    <Page className="talk" title={title} places={places}>
      <div className="talk-rooms">
        <Rooms of={living} groupId={groupId} />
        {mayOpen && isFull && <p className="soft talk-full">{say.full}</p>}
        {closed.length > 0 && (
          <Section className="flush" title={say.closedRooms}>
            <Rooms of={closed} groupId={groupId} />
          </Section>
        )}
      </div>
      {mayOpen && !isFull && (
        <Dock>
          <Button icon="add" kind="quiet" onClick={() => open(true)}>
            {say.open}
          </Button>
        </Dock>
      )}
      {isOpening && <OpenRoom groupId={groupId} living={living} onClose={() => open(false)} />}
    </Page>
  );
}

const Rooms = ({ of, groupId }: { readonly of: readonly ChatRoom[]; readonly groupId: string }) => (
  <Rows>
    {of.map((room) => (
      <RoomRow key={room.id} of={room} groupId={groupId} />
    ))}
  </Rows>
);

function RoomRow({ of, groupId }: { readonly of: ChatRoom; readonly groupId: string }) {
  const say = useTexts('talk');
  const language = locale.use();
  const { last, mine, closedAt } = of;
  const name = useRoomName(of.category);
  const said = last && (last.state === 'SHOWN' ? last.text || say.files(last.files) : say.stubs[last.state]);
  return (
    <Row
      href={`/groups/${groupId}/rooms/${of.id}`}
      lead={<Tile icon={icons[of.category ?? 'MAIN']} tone={mine.unread > 0 && !closedAt ? 'new' : undefined} />}
      title={name}
      text={<span className="clamp talk-last">{said ?? say.nothing}</span>}
      end={
        <span className="talk-end">
          {closedAt ? (
            <Tag icon="lock">{say.closed}</Tag>
          ) : (
            last && <time dateTime={last.at}>{ago(last.at, language)}</time>
          )}
          {mine.unread > 0 && !closedAt && <Count of={mine.unread} label={say.unread(mine.unread)} />}
        </span>
      }
    />
  );
}

interface OpenProps {
  readonly groupId: string;
  readonly living: readonly ChatRoom[];
  readonly onClose: () => void;
}

/** One room of each category: those that are not open yet. */
function OpenRoom({ groupId, living, onClose }: OpenProps) {
  const say = useTexts('talk');
  const once = useOnce();
  const [isBusy, work] = useState(false);
  const taken = new Set(living.map(({ category }) => category));
  const left = (['PLAN', 'PROGRESS', 'QNA', 'REVIEW', 'ETC'] as const).filter((category) => !taken.has(category));
  const open = async (category: (typeof left)[number]) => {
    if (isBusy) return;
    work(true);
    try {
      const room = await once(category, (idempotencyKey) =>
        api.chat.openRoom({ params: { groupId }, body: { category }, idempotencyKey }),
      );
      void changed('group', groupId, 'rooms');
      onClose();
      navigate(`/groups/${groupId}/rooms/${room.id}`);
    } catch (error) {
      work(false);
      complain(error);
    }
  };
  return (
    <Sheet title={say.open} onClose={onClose}>
      <p className="soft">{say.openLead(limits.chat.openRooms)}</p>
      <Rows>
        {left.map((category) => (
          <Row
            key={category}
            lead={<Tile icon={icons[category]} />}
            title={say.categories[category]}
            onClick={() => void open(category)}
          />
        ))}
      </Rows>
    </Sheet>
  );
}
