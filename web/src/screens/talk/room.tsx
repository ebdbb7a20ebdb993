import './talk.css';
import { useEffect, useState } from 'preact/hooks';
import type { Room, RoomState } from '../../../../client/room.ts';
import type { ChatEntry } from '../../../../client/room-log.ts';
import { changed, rested, useAnswer } from '../../app/cache.ts';
import { group, members } from '../../app/data/groups.ts';
import { online } from '../../app/live.ts';
import { useRoom } from '../../app/rooms.ts';
import { api, session } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { Button, Round } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Company } from './company.tsx';
import { Composer } from './composer.tsx';
import { Waiting } from './message.tsx';
import { MessageSheet } from './message-sheet.tsx';
import { useRoomName } from './names.ts';
import { type People, peopleOf } from './people.ts';
import { Talk } from './talk.tsx';

/** A chat room: what was said, and a field to say something. */
export function Screen({ groupId, roomId }: { readonly groupId: string; readonly roomId: string }) {
  const say = useTexts('talk');
  const view = useAnswer(group(groupId));
  const { room, state } = useRoom(groupId, roomId);
  const isRested = rested.use();
  const isOnline = online.use();
  const company = useAnswer(members(groupId), isRested);
  const signedIn = session.use();
  const ownId = signedIn.status === 'in' ? signedIn.accountId : '';
  const [answered, answer] = useState<ChatEntry>();
  const [chosen, choose] = useState<ChatEntry>();
  const [isAsking, ask] = useState<'who' | 'close'>();
  const name = useRoomName(state.category);
  const back = `/groups/${groupId}/talk`;
  // Not before the first screen is there: it can do without.
  useEffect(() => {
    if (isRested) room.followMarks();
  }, [room, isRested]);
  if (state.phase === 'gone') return <Gone room={room} waiting={state.waiting} />;
  const opening = { error: state.phase === 'opening' ? state.error : undefined, refetch: () => room.reload() };
  if (!view.data || state.phase === 'opening')
    return <Unready className="chat whole" of={[view, opening]} back={back} />;
  const people = peopleOf(company.data?.items ?? []);
  const leads = view.data.role === 'LEADER';
  const count = state.here?.length ?? state.listening;
  const presence = isOnline && (state.isLive ? say.here(count) : say.connecting);
  const sub = [view.data.group.title, presence].filter(Boolean).join(' · ');
  return (
    <Page
      className="chat whole"
      title={name}
      sub={sub}
      back={back}
      end={
        <>
          {leads && state.category && state.writable && (
            <Round icon="lock" label={say.close} onClick={() => ask('close')} />
          )}
          <span className="chat-ask-who">
            <Round icon="people" label={say.who} onClick={() => ask('who')} />
          </span>
        </>
      }
    >
      <Talk {...{ room, state, groupId, ownId, people }} onChoose={choose} />
      <Typing of={state} people={people} />
      {state.writable ? (
        <Composer
          {...{ room, groupId, roomId }}
          answered={answered && asItIs(answered, state)}
          onAnswered={() => answer(undefined)}
        />
      ) : (
        <p className="chat-closed">
          <Icon name="lock" size={20} />
          {state.closedAt ? say.readOnly : say.notNow}
        </p>
      )}
      <Company
        {...{ groupId, ownId }}
        members={company.data?.items ?? []}
        goesOn={!!company.data?.nextCursor}
        here={state.here ?? []}
      />
      {chosen && (
        <MessageSheet
          {...{ room, groupId, of: chosen }}
          isOwn={chosen.author?.id === ownId}
          mayRemove={leads || chosen.author?.id === ownId}
          mayAnswer={state.writable}
          onAnswer={() => answer(chosen)}
          onClose={() => choose(undefined)}
        />
      )}
      {isAsking === 'who' && <Who of={state} people={people} ownId={ownId} onClose={() => ask(undefined)} />}
      {isAsking === 'close' && (
        <Confirm
          title={say.closeTitle}
          lead={say.closeLead}
          action={say.close}
          danger
          onConfirm={async () => {
            await api.chat.closeRoom({ params: { groupId, roomId } });
            void changed('group', groupId, 'rooms');
          }}
          onClose={() => ask(undefined)}
        />
      )}
    </Page>
  );
}

/** A message that one answers may be deleted or hidden before the answer is sent. */
const asItIs = (entry: ChatEntry, { entries }: RoomState) => entries.find(({ seq }) => seq === entry.seq) ?? entry;

/** Its height is always there: nothing moves when somebody begins to type. */
function Typing({ of, people }: { readonly of: RoomState; readonly people: People }) {
  const say = useTexts('talk');
  const names = of.typing.map((each) => people.get(each)?.nickname ?? say.unknown);
  return <p className="chat-typing">{names.length > 0 && say.typing(names)}</p>;
}

interface WhoProps {
  readonly of: RoomState;
  readonly people: People;
  readonly ownId: string;
  readonly onClose: () => void;
}

function Who({ of, people, ownId, onClose }: WhoProps) {
  const say = useTexts('talk');
  return (
    <Sheet title={say.who} onClose={onClose}>
      {of.here ? (
        <Rows>
          {of.here.map((each) => {
            const person = people.get(each);
            const name = person?.nickname ?? say.unknown;
            return (
              <Row
                key={each}
                lead={<Avatar name={name} picture={person?.picture} at={person?.at ?? 0} size={42} online />}
                title={name}
                text={each === ownId && say.me}
              />
            );
          })}
        </Rows>
      ) : (
        <p>{say.whoMany(of.listening)}</p>
      )}
    </Sheet>
  );
}

interface GoneProps extends Pick<RoomState, 'waiting'> {
  readonly room: Room;
}

/** Removed while one was looking, or a room that is no more. What one wrote and could not send is still there to be copied. */
function Gone({ room, waiting }: GoneProps) {
  const say = useTexts('talk');
  return (
    <Page className="chat" title={say.room}>
      <Empty title={say.gone} lead={say.goneLead} alert>
        <Button kind="quiet" href="/">
          {say.toHome}
        </Button>
      </Empty>
      {waiting.length > 0 && (
        <Section title={say.unsent}>
          <ul className="chat-unsent">
            {waiting.map((each) => (
              <Waiting key={each.clientId} of={each} room={room} isGone />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
