/** Writes that are tried again. */
import { useRef } from 'preact/hooks';
import { type Draft, draftOf, keepDraft, keysOf } from './drafts.ts';
import { isOpen } from './problem.ts';

/**
 * Keeps the key of a write until moim has answered it: who presses again after a lost answer does nothing twice. Another
 * content is another write.
 *
 * @param draft the name of the draft that is sent: the keys are kept on the device with it, also over a reload
 * @example
 * const once = useOnce();
 * await once(body, (idempotencyKey) => api.groups.createGroup({ body, idempotencyKey }));
 */
export function useOnce(
  draft?: string,
): <T>(content: unknown, act: (idempotencyKey: string) => Promise<T>) => Promise<T> {
  /** Keys by the content that they were sent with. */
  const own = useRef<Draft>({});
  const read = () => (draft === undefined ? own.current : draftOf(keysOf(draft)));
  const keep = (keys: Draft) => {
    if (draft === undefined) own.current = keys;
    else keepDraft(keysOf(draft), keys);
  };
  return async (content, act) => {
    const text = JSON.stringify(content);
    const key = read()[text] ?? crypto.randomUUID();
    keep({ ...read(), [text]: key });
    try {
      const answer = await act(key);
      // What was tried before is over, too: its words, written again, are meant anew.
      keep({});
      return answer;
    } catch (error) {
      const { [text]: _, ...others } = read();
      // Another tab may have dropped the draft meanwhile.
      keep(isOpen(error) ? { ...others, [text]: key } : others);
      throw error;
    }
  };
}
