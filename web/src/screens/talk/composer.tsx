import './composer.css';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Room } from '../../../../client/room.ts';
import type { ChatEntry } from '../../../../client/room-log.ts';
import { limits } from '../../../../shared/product/limits.ts';
import { draftOf, keepDraft } from '../../app/drafts.ts';
import { accepted } from '../../app/files.ts';
import { useTexts } from '../../messages/index.ts';
import { Round } from '../../ui/button.tsx';
import { Cut, useCut } from '../../ui/cut.tsx';
import { Icon } from '../../ui/icon.tsx';
import { AttachedFiles } from './attached.tsx';
import { useAttaching } from './attaching.ts';
import { useWords } from './names.ts';
import { SendButton } from './send-button.tsx';

interface ComposerProps {
  readonly room: Room;
  readonly groupId: string;
  readonly roomId: string;
  /** The message that this one answers. */
  readonly answered: ChatEntry | undefined;
  readonly onAnswered: () => void;
}

/** A keyboard on glass has no other way to a new line. */
const hasKeys = () => matchMedia('(hover: hover) and (pointer: fine)').matches;

/** From how many characters left on it says so. */
const nearEnd = 100;

/**
 * The field is uncontrolled: nothing writes into it while a person composes Korean. An Enter that ends a syllable is
 * remembered, and sends when the syllable is in the field. Its grid has a place before the field, for what is sent along.
 */
export function Composer({ room, groupId, roomId, answered, onAnswered }: ComposerProps) {
  const say = useTexts('talk');
  const attaching = useAttaching(groupId, roomId);
  const clip = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const isWanted = useRef(false);
  // Safari ends a composition before it tells of the Enter that ended it.
  const isComposing = useRef(false);
  // What was begun and not sent is there for who comes back, also after a reload.
  const draft = `room ${roomId}`;
  const [begun] = useState(() => draftOf(draft).text ?? '');
  const [length, measure] = useState(begun.length);
  const cut = useCut();
  useEffect(() => {
    if (begun) grow();
  }, []);
  // With the drawing: who answers writes at once.
  useLayoutEffect(() => {
    if (answered) box.current!.focus();
  }, [answered?.seq]);

  const grow = () => {
    const { style } = box.current!;
    style.blockSize = 'auto';
    style.blockSize = `${box.current!.scrollHeight}px`;
  };
  const changed = () => {
    const { value } = box.current!;
    keepDraft(draft, { text: value });
    measure(value.length);
    grow();
  };
  const send = (isSilent = false) => {
    const text = box.current!.value.trim();
    const { files, isReady } = attaching;
    if ((!text && files.length === 0) || !isReady) return;
    box.current!.value = '';
    cut.clear();
    changed();
    room.send({
      ...(text && { text }),
      ...(files.length > 0 && { fileIds: attaching.take() }),
      ...(answered && { replyTo: answered.seq }),
      ...(isSilent && { silent: true }),
    });
    onAnswered();
    box.current!.focus();
  };
  return (
    <div className="composer">
      {answered && <Answering of={answered} onStop={onAnswered} />}
      <AttachedFiles of={attaching} onGone={() => clip.current?.focus()} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Clip of={clip} onChosen={attaching.add} />
        <textarea
          ref={box}
          rows={1}
          aria-label={say.write}
          placeholder={say.placeholder}
          maxLength={limits.chat.text}
          defaultValue={begun}
          enterkeyhint={hasKeys() ? 'send' : 'enter'}
          {...{ onbeforeinput: cut.before }}
          onInput={(event) => {
            cut.after(event);
            changed();
            room.type();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && answered) return onAnswered();
            if (event.key !== 'Enter' || event.shiftKey || !hasKeys()) return;
            if (event.isComposing || isComposing.current) {
              isWanted.current = true;
              return;
            }
            event.preventDefault();
            send();
          }}
          onPaste={(event) => {
            const files = takenFrom(event);
            if (files.length > 0) void attaching.add(files);
          }}
          onCompositionStart={() => {
            isComposing.current = true;
          }}
          onCompositionEnd={() => {
            isComposing.current = false;
            if (!isWanted.current) return;
            isWanted.current = false;
            // The last syllable is in the field by then.
            setTimeout(() => send());
          }}
        />
        <SendButton disabled={(length === 0 && attaching.files.length === 0) || !attaching.isReady} onSend={send} />
      </form>
      <Fits left={limits.chat.text - length} lost={cut.lost} />
    </div>
  );
}

/** Files that are pasted: they go along, and nothing of them into the field. */
function takenFrom(event: ClipboardEvent): readonly File[] {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length > 0) event.preventDefault();
  return files;
}

/** How much more a message takes, and what it did not take. */
function Fits({ left, lost }: { readonly left: number; readonly lost: ReturnType<typeof useCut>['lost'] }) {
  const say = useTexts('talk');
  if (lost) return <Cut of={lost} />;
  return left < nearEnd ? (
    <p className="composer-left soft" role="status">
      {say.left(left)}
    </p>
  ) : null;
}

/** What the message answers, as it is now. */
function Answering({ of, onStop }: { readonly of: ChatEntry; readonly onStop: () => void }) {
  const say = useTexts('talk');
  const words = useWords();
  return (
    <div className="composer-answer">
      <p>
        <b>{say.answering(of.author?.nickname ?? say.unknown)}</b>
        <span>{words(of) ?? say.quoteGone}</span>
      </p>
      <Round icon="close" label={say.noAnswer} onClick={onStop} />
    </div>
  );
}

interface ClipProps {
  readonly of: RefObject<HTMLInputElement | null>;
  readonly onChosen: (files: readonly File[]) => Promise<void>;
}

const Clip = ({ of, onChosen }: ClipProps) => {
  const say = useTexts('talk').attach;
  return (
    <span className="round composer-clip" title={say.add}>
      <Icon name="clip" />
      <input
        ref={of}
        type="file"
        multiple
        accept={`image/*,${accepted}`}
        aria-label={say.add}
        onChange={({ currentTarget }) => {
          const chosen = [...(currentTarget.files ?? [])];
          // The same file can be chosen again.
          currentTarget.value = '';
          void onChosen(chosen);
        }}
      />
    </span>
  );
};
