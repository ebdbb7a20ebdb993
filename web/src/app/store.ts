/** Values that screens watch. */
import { useEffect, useReducer } from 'preact/hooks';

/**
 * What `now` gives, drawn anew at each call of the listener.
 *
 * @param subscribe adds a listener, and gives back the function that removes it
 */
export function useWatched<T>(subscribe: (listener: () => void) => () => void, now: () => T): T {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const shown = now();
  useEffect(() => {
    // It may have changed between the first drawing and this moment.
    if (now() !== shown) redraw(undefined);
    return subscribe(() => redraw(undefined));
  }, [subscribe]);
  return shown;
}

export interface Store<T> {
  get(): T;
  set(next: T): void;
  subscribe(listener: () => void): () => void;
  /** The value, for a component: it is drawn again when the value changes. */
  use(): T;
}

export function store<T>(value: T): Store<T> {
  const listeners = new Set<() => void>();
  let current = value;
  const get = () => current;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const set = (next: T) => {
    current = next;
    for (const listener of listeners) listener();
  };
  return { get, set, subscribe, use: () => useWatched(subscribe, get) };
}
