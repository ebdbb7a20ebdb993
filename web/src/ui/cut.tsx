/** What a field did not take: browsers cut what is longer than its limit without a word. */
import { useState } from 'preact/hooks';
import { useTexts } from '../messages/index.ts';

interface Lost {
  /** The limit of the field, and how many characters were over it. */
  readonly most: number;
  readonly count: number;
  /** Another one for each input: the same again is said again. */
  readonly at: number;
}

interface Typed {
  readonly currentTarget: HTMLInputElement | HTMLTextAreaElement;
  readonly data: string | null;
  readonly inputType: string;
  readonly isComposing: boolean;
}

/** How many characters of an input are over the limit of its field. */
function overIn({ currentTarget: { value, maxLength, selectionStart, selectionEnd }, data, inputType }: Typed): number {
  const text = inputType === 'insertLineBreak' ? '\n' : (data ?? '').replaceAll('\r\n', '\n');
  const stays = value.length - ((selectionEnd ?? 0) - (selectionStart ?? 0));
  return [...text.slice(Math.max(0, maxLength - stays))].length;
}

/**
 * Watches a field with a `maxLength`: `onbeforeinput={before}`, and `after` at each input. It only looks at what comes, so nothing
 * disturbs a person who composes Korean. What is composed goes over the limit until its end, when the browser cuts it.
 */
export function useCut() {
  const [lost, lose] = useState<Lost>();
  const over = (most: number, count: number) => lose(count > 0 ? { most, count, at: performance.now() } : undefined);
  return {
    lost,
    before(event: Typed) {
      const { maxLength } = event.currentTarget;
      if (maxLength >= 0 && !event.isComposing) over(maxLength, overIn(event));
    },
    after({ currentTarget: { value, maxLength }, isComposing }: Typed) {
      if (maxLength >= 0 && isComposing && value.length > maxLength) over(maxLength, value.length - maxLength);
    },
    clear: () => lose(undefined),
  };
}

/** Says it, also to those who hear it. */
export function Cut({ of }: { readonly of: Lost | undefined }) {
  const say = useTexts('common');
  return of ? (
    <p key={of.at} className="cut" role="alert">
      {say.cut(of.most, of.count)}
    </p>
  ) : null;
}
