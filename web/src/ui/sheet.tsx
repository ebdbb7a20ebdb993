import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { useTexts } from '../messages/index.ts';
import { type Children, cx, Round } from './button.tsx';

interface SheetProps extends Children {
  readonly title: string;
  readonly className?: string;
  readonly onClose: () => void;
}

/**
 * A native dialog: it holds the focus, closes on Escape and on "back", and needs no library. Draw it while it is open; `onClose` says that it
 * was closed.
 */
export function Sheet({ title, className, onClose, children }: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const say = useTexts('common');
  const id = useId();
  const isGone = useRef(false);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const sheet = ref.current!;
    const opener = document.activeElement as HTMLElement | null;
    sheet.showModal();
    // The heading first: a ring on the close button looks like a choice that was made.
    sheet.querySelector('h2')?.focus();
    return () => {
      // A sheet that is taken away while it is open does not give the focus back, as one that is closed.
      isGone.current = true;
      if (!sheet.open) return;
      sheet.close();
      opener?.focus();
    };
  }, []);
  // "Back" closes the sheet that is on top, and the screen stays. A browser that cannot tell leaves the screen, as before.
  useLayoutEffect(() => {
    const stay = (event: NavigateEvent) => {
      const isOnTop = [...document.querySelectorAll('dialog[open]')].at(-1) === ref.current;
      if (event.navigationType !== 'traverse' || !event.cancelable || !isOnTop) return;
      event.preventDefault();
      close.current();
    };
    window.navigation?.addEventListener('navigate', stay);
    return () => window.navigation?.removeEventListener('navigate', stay);
  }, []);
  return (
    <dialog
      className={cx('sheet', className)}
      ref={ref}
      aria-labelledby={id}
      // Escape. A browser gives the focus back first and says later that it closed: who opens it again at once would lose it.
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={() => isGone.current || onClose()}
    >
      <div className="sheet-head">
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <Round icon="close" label={say.close} onClick={onClose} />
      </div>
      {children}
    </dialog>
  );
}
