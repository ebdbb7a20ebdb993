import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { useTexts } from '../messages/index.ts';
import { type Children, Round } from './button.tsx';

/**
 * A native dialog: it holds the focus, closes on Escape and needs no library. Draw it while it is open; `onClose` says that it
 * was closed.
 */
export function Sheet({
  title,
  onClose,
  children,
}: Children & { readonly title: string; readonly onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  const say = useTexts('common');
  const id = useId();
  const isGone = useRef(false);
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
  return (
    <dialog
      className="sheet"
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
