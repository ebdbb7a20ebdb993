import { useRef, useState } from 'preact/hooks';
import { useTexts } from '../../messages/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { Row, Rows, Tile } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';

/** Milliseconds of a long press. */
const long = 500;

interface SendProps {
  readonly disabled: boolean;
  readonly onSend: (isSilent: boolean) => void;
}

/** Sends. A long press, the right button of a mouse, the menu key or the arrow up asks how. */
export function SendButton({ disabled, onSend }: SendProps) {
  const say = useTexts('talk');
  const [isAsking, ask] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** The press that opened the sheet is no press of the button. */
  const wasLong = useRef(false);
  const open = () => {
    clearTimeout(timer.current);
    ask(true);
  };
  const release = () => clearTimeout(timer.current);
  const send = (isSilent: boolean) => {
    ask(false);
    onSend(isSilent);
  };
  return (
    <>
      <button
        type="submit"
        className="composer-send"
        aria-label={say.send}
        aria-haspopup="dialog"
        title={say.sendHint}
        disabled={disabled}
        onPointerDown={() => {
          wasLong.current = false;
          timer.current = setTimeout(() => {
            wasLong.current = true;
            open();
          }, long);
        }}
        onPointerUp={release}
        onPointerLeave={release}
        onPointerCancel={release}
        onClick={(event) => {
          if (wasLong.current) event.preventDefault();
          wasLong.current = false;
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          open();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp') return;
          event.preventDefault();
          open();
        }}
      >
        <Icon name="send" />
      </button>
      {isAsking && (
        <Sheet title={say.how} onClose={() => ask(false)}>
          <Rows>
            <Row lead={<Tile icon="bell" />} title={say.send} text={say.loud} onClick={() => send(false)} />
            <Row lead={<Tile icon="bellOff" />} title={say.silently} text={say.quiet} onClick={() => send(true)} />
          </Rows>
        </Sheet>
      )}
    </>
  );
}
