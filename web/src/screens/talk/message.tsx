import './message.css';
import { useEffect, useState } from 'preact/hooks';
import type { Room } from '../../../../client/room.ts';
import type { ChatEntry } from '../../../../client/room-log.ts';
import type { WaitingMessage } from '../../../../client/room-outbox.ts';
import { online } from '../../app/live.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar } from '../../ui/bricks.tsx';
import { cx, Round } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { forgetSent } from './attaching.ts';
import { Files, WaitingFiles } from './files.tsx';
import type { Line } from './lines.ts';
import { useWords } from './names.ts';
import { type People, placeOf } from './people.ts';

const timeOf = (at: string | number, language: string) =>
  new Date(at).toLocaleTimeString(language, { hour: 'numeric', minute: '2-digit' });

interface MessageProps {
  readonly line: Extract<Line, { kind: 'message' }>;
  readonly groupId: string;
  readonly people: People;
  /** How many have not read it. */
  readonly unread: number;
  readonly quoted: ChatEntry | null | undefined;
  readonly onChoose: () => void;
  readonly onQuote: () => void;
  /** Looks at the photo of that place. */
  readonly onLook: (at: number) => void;
  readonly onStale: () => void;
}

/** A message: others on the left with name and picture once a run, the own ones on the right. */
export function Message(props: MessageProps) {
  const { line, groupId, people, unread, quoted, onChoose, onQuote, onLook, onStale } = props;
  const say = useTexts('talk');
  const { entry, isOwn, isFirst, isLast } = line;
  const { author, state, text } = entry;
  const person = author && people.get(author.id);
  const name = person?.nickname ?? author?.nickname ?? '';
  const isStub = text === null && entry.files.length === 0;
  const hasFace = !isOwn && author !== null;
  const touched = ({ pointerType, target }: PointerEvent) => {
    // With a mouse one selects a text; with a finger one means the message, or the button in it.
    if (pointerType === 'touch' && !isStub && !(target as Element).closest('button')) onChoose();
  };
  return (
    <li className={cx('chat-message', isOwn && 'own', isFirst && 'first')} data-seq={entry.seq}>
      {hasFace && isFirst && (
        <span className="chat-face">
          <Avatar name={name || '?'} picture={person?.picture} at={person?.at ?? placeOf(author.id)} size={38} />
        </span>
      )}
      <div className="chat-said">
        {hasFace && <p className={isFirst ? 'chat-name' : 'unseen'}>{name}</p>}
        <div className="chat-line">
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button beside it does the same */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
          <div
            className={cx('bubble', isStub && 'stub', text === null && entry.files.length > 0 && 'bare')}
            onClick={touched as never}
          >
            {entry.replyTo !== null && !isStub && <Quote of={quoted} onQuote={onQuote} />}
            {entry.files.length > 0 && <Files of={entry} {...{ groupId, name, onLook, onStale }} />}
            {isStub ? (
              <p>{say.stubs[state === 'SHOWN' || state === null ? 'HIDDEN' : state]}</p>
            ) : (
              text !== null && <p>{text}</p>
            )}
            {state === 'HIDDEN' && !isStub && <p className="chat-hidden">{say.hiddenNote}</p>}
          </div>
          <Meta of={entry} {...{ unread: isStub ? 0 : unread, isLast, isStub }} />
          {!isStub && (
            <Round icon="more" className="chat-more" label={isOwn ? say.mine : say.more(name)} onClick={onChoose} />
          )}
        </div>
      </div>
    </li>
  );
}

interface MetaProps {
  readonly of: ChatEntry;
  readonly unread: number;
  readonly isLast: boolean;
  readonly isStub: boolean;
}

/** Who has not read it, when it was said, and whether it woke anybody. */
function Meta({ of, unread, isLast, isStub }: MetaProps) {
  const say = useTexts('talk');
  const language = locale.use();
  return (
    <span className="chat-meta">
      {of.silent && !isStub && (
        <span className="chat-silent" title={say.sentSilently}>
          <Icon name="bellOff" size={15} />
          <span className="unseen">{say.sentSilently}</span>
        </span>
      )}
      {unread > 0 && (
        <span className="chat-unread">
          <span aria-hidden="true">{unread}</span>
          <span className="unseen">{say.unreadBy(unread)}</span>
        </span>
      )}
      {isLast && <time dateTime={of.at}>{timeOf(of.at, language)}</time>}
    </span>
  );
}

interface QuoteProps {
  readonly of: ChatEntry | null | undefined;
  readonly onQuote: () => void;
}

/** What a message answers, with the way to it. */
function Quote({ of, onQuote }: QuoteProps) {
  const say = useTexts('talk');
  const words = useWords();
  const said = of && words(of);
  return (
    <button type="button" className="chat-quote" onClick={onQuote}>
      <Icon name="reply" size={15} />
      <span className="clamp">
        {said ? (
          <>
            <b>{of.author?.nickname ?? say.unknown}</b> {said}
          </>
        ) : (
          of !== undefined && say.quoteGone
        )}
      </span>
    </button>
  );
}

interface WaitingProps {
  readonly of: WaitingMessage;
  readonly room: Room;
  /** There is nothing that it could be sent to. */
  readonly isGone?: boolean;
}

/** A message that the room does not have yet. */
export function Waiting({ of, room, isGone = false }: WaitingProps) {
  const say = useTexts('talk');
  const isOnline = online.use();
  const [now, tick] = useState(Date.now);
  const { state, until = 0, text: said, fileIds = [], silent } = of;
  useEffect(() => (state === 'SENT' ? () => forgetSent(fileIds) : undefined), [state]);
  useEffect(() => {
    if (state !== 'MUTED') return;
    const timer = setInterval(() => tick(Date.now()), 500);
    return () => clearInterval(timer);
  }, [state]);
  const isStuck = isGone || state === 'REFUSED' || state === 'WAITING' || (!isOnline && state === 'SENDING');
  const text = isGone
    ? undefined
    : state === 'REFUSED'
      ? (of.problem?.message ?? say.states.REFUSED)
      : state === 'MUTED'
        ? say.states.MUTED(Math.max(1, Math.ceil((until - now) / 1000)))
        : isStuck
          ? say.states.WAITING
          : say.states[state];
  return (
    <li className="chat-message own waiting">
      <div className="chat-said">
        <div className="chat-line">
          <div className={cx('bubble', said === undefined && 'bare')}>
            {fileIds.length > 0 && <WaitingFiles of={fileIds} />}
            {said !== undefined && <p>{said}</p>}
          </div>
        </div>
        {text && (
          <p className={cx('chat-state', state === 'REFUSED' && 'bad')} role={isStuck ? 'status' : undefined}>
            <Icon name={state === 'REFUSED' ? 'warn' : 'clock'} size={15} />
            {text}
            {silent && <Icon name="bellOff" size={15} />}
          </p>
        )}
        {isStuck && (
          <p className="chat-decide">
            {!isGone && (
              <button type="button" onClick={() => room.retry(of.clientId)}>
                {say.again}
              </button>
            )}
            <button type="button" onClick={() => room.discard(of.clientId)}>
              {say.takeAway}
            </button>
          </p>
        )}
      </div>
    </li>
  );
}
