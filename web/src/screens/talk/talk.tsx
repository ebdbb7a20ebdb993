import { useRef, useState } from 'preact/hooks';
import type { Room, RoomState } from '../../../../client/room.ts';
import type { ChatEntry } from '../../../../client/room-log.ts';
import { fullDay } from '../../app/days.ts';
import { locale } from '../../app/settings.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { linesOf, unreadBy } from './lines.ts';
import { Message, Waiting } from './message.tsx';
import { useWords } from './names.ts';
import type { People } from './people.ts';
import { useDecoding, useStale } from './photos.ts';
import { useReading } from './reading.ts';
import { Viewer } from './viewer.tsx';

interface TalkProps {
  readonly room: Room;
  readonly state: RoomState;
  readonly groupId: string;
  readonly ownId: string;
  readonly people: People;
  readonly onChoose: (entry: ChatEntry) => void;
}

/** What was said, the newest below. It opens where one left off. */
export function Talk({ room, state, groupId, ownId, people, onChoose }: TalkProps) {
  const say = useTexts('talk');
  const language = locale.use();
  const reading = useReading(room, state, ownId);
  const quotes = quotesIn(state);
  const lines = linesOf(state.entries, ownId, reading.leftOff);
  const [looked, look] = useState<{ readonly seq: number; readonly at: number }>();
  const stale = useStale(room);
  useDecoding(room, state.entries);
  const lookedAt = looked && state.entries.find(({ seq }) => seq === looked.seq);
  const toQuote = (seq: number) => void reading.show(seq).catch(complain);
  return (
    <div className="chat-place">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls with keys must be able to get there */}
      <section className="chat-scroll" ref={reading.ref} onScroll={reading.onScroll} tabIndex={0} aria-label={say.log}>
        <p className="chat-top soft">{state.hasOlder ? say.older : ''}</p>
        {!state.hasOlder && state.isRead && lines.length === 0 && state.waiting.length === 0 && (
          <div className="chat-begin">
            <span className="empty-bricks" aria-hidden="true">
              <i className="hue-1" />
              <i className="hue-0" />
              <i className="hue-2" />
            </span>
            <p className="empty-title">{say.begin}</p>
            {state.writable && <p className="soft">{say.beginLead}</p>}
          </div>
        )}
        <ul>
          {lines.map((line) => {
            if (line.kind === 'day')
              return (
                <li key={line.key} className="chat-day">
                  <span>{fullDay(line.at, language)}</span>
                </li>
              );
            if (line.kind === 'left-off')
              return (
                <li key={line.key} className="chat-left-off">
                  <span>{say.line}</span>
                </li>
              );
            const { entry } = line;
            if (line.kind === 'note')
              return (
                <li key={line.key} className="chat-day" data-seq={entry.seq}>
                  <span>{entry.kind === 'CLOSED' ? say.closing : say.emptied}</span>
                </li>
              );
            return (
              <Message
                key={line.key}
                {...{ line, groupId, people, unread: unreadBy(entry, state.marks) }}
                quoted={entry.replyTo === null ? undefined : quotes(entry.replyTo)}
                onChoose={() => onChoose(entry)}
                onQuote={() => entry.replyTo !== null && toQuote(entry.replyTo)}
                onLook={(at) => look({ seq: entry.seq, at })}
                onStale={() => stale(entry.seq)}
              />
            );
          })}
          {state.waiting.map((each) => (
            <Waiting key={each.clientId} of={each} room={room} />
          ))}
        </ul>
      </section>
      {reading.isAbove && (
        <button type="button" className="chip chat-fresh" onClick={reading.toEnd}>
          {reading.fresh > 0 ? say.fresh(reading.fresh) : <span className="unseen">{say.toEnd}</span>}
          <Icon name="down" size={20} />
        </button>
      )}
      {lookedAt && (
        <Viewer
          of={lookedAt}
          name={lookedAt.author?.nickname ?? say.unknown}
          at={looked.at}
          onStale={() => stale(lookedAt.seq)}
          onClose={() => look(undefined)}
        />
      )}
      <Spoken entries={state.entries} ownId={ownId} isRead={state.isRead} />
    </div>
  );
}

/** New messages of others, for those who hear them: politely, one after the other. */
function Spoken({ entries, ownId, isRead }: Pick<RoomState, 'entries' | 'isRead'> & { readonly ownId: string }) {
  const from = useRef<number>(undefined);
  if (from.current === undefined && isRead) from.current = entries.at(-1)?.seq ?? 0;
  const since = from.current ?? Number.POSITIVE_INFINITY;
  const words = useWords();
  const fresh = entries.flatMap((entry) => {
    const said = entry.seq > since && entry.author?.id !== ownId && words(entry);
    return said ? { seq: entry.seq, author: entry.author, said } : [];
  });
  return (
    <div className="unseen" role="log" aria-live="polite">
      {fresh.slice(-5).map(({ seq, author, said }) => (
        <p key={seq}>
          {author?.nickname}: {said}
        </p>
      ))}
    </div>
  );
}

/** What answers quote. Undefined: it is still asked for; null: it is no more. */
function quotesIn({ entries, quoted }: RoomState) {
  const here = new Map(entries.map((entry) => [entry.seq, entry]));
  return (seq: number) => here.get(seq) ?? quoted.get(seq);
}
