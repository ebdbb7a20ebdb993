/** Writes that are tried again. */
import { useRef } from 'preact/hooks';
import { NoAnswerError } from '../../../client/problem-error.ts';

/**
 * Keeps the key of a write until moim has answered it: who presses again after a lost answer does nothing twice. Another
 * content is another write.
 *
 * @example
 * const once = useOnce();
 * await once(body, (idempotencyKey) => api.groups.createGroup({ body, idempotencyKey }));
 */
export function useOnce(): <T>(content: unknown, act: (idempotencyKey: string) => Promise<T>) => Promise<T> {
  const kept = useRef<{ readonly text: string; readonly key: string } | undefined>(undefined);
  return async (content, act) => {
    const text = JSON.stringify(content);
    if (kept.current?.text !== text) kept.current = { text, key: crypto.randomUUID() };
    try {
      const answer = await act(kept.current.key);
      kept.current = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof NoAnswerError)) kept.current = undefined;
      throw error;
    }
  };
}
