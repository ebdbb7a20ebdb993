/** Tabs of one device tell each other what has changed; the worker takes part. */
export type Told =
  /** Answers whose key begins so are old. */
  | { readonly changed: readonly unknown[] }
  /** Something that waits to be sent has changed its state. */
  | { readonly outbox: true }
  /** A push message with this id has arrived. */
  | { readonly arrived: string };

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('moim');

/** Tells all other tabs, and not this one. */
export const tellTabs = (told: Told): void => channel?.postMessage(told);

/** @returns the function that stops listening */
export function onTold(hear: (told: Told) => void): () => void {
  const listener = ({ data }: MessageEvent) => hear(data as Told);
  channel?.addEventListener('message', listener);
  return () => channel?.removeEventListener('message', listener);
}
