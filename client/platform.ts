/** What browsers, Node and React Native do not all have, made of what they all have. */

/**
 * A random UUID, version 4. Pages that are not on HTTPS, as those on a phone during development, have no `randomUUID`, but have
 * `getRandomValues`; React Native has it from `react-native-get-random-values`.
 */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether the time ran out, and not the caller's signal. */
  readonly isOver: () => boolean;
  /** Call it when there is nothing left to wait for. */
  readonly done: () => void;
}

/** A signal that aborts after some milliseconds, or with the caller's: React Native has no `AbortSignal.timeout` and no `any`. */
export function deadline(milliseconds: number, callers?: AbortSignal): Deadline {
  const controller = new AbortController();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    controller.abort();
  }, milliseconds);
  const leave = () => controller.abort(callers?.reason);
  if (callers?.aborted) leave();
  else callers?.addEventListener('abort', leave, { once: true });
  return {
    signal: controller.signal,
    isOver: () => isOver,
    done() {
      clearTimeout(timer);
      callers?.removeEventListener('abort', leave);
    },
  };
}
