/** Waiting for what the cloud has caused. */

/** Milliseconds that what still runs has to end when the cloud closes. */
const graceMs = 5_000;

/** Resolves when nothing is busy; each part wakes it when it has ended something. */
export function settling(
  parts: readonly { onIdle(listener: () => void): void }[],
  busy: () => boolean,
): () => Promise<void> {
  const waiting = new Set<() => void>();
  const wake = () =>
    setImmediate(() => {
      if (!busy()) for (const resolve of waiting) resolve();
    });
  for (const each of parts) each.onIdle(wake);
  return async () => {
    // What was just caused may not have begun: let the turn end first.
    await new Promise(setImmediate);
    while (busy()) {
      let woken = () => {};
      await new Promise<void>((resolve) => {
        woken = resolve;
        waiting.add(woken);
      });
      waiting.delete(woken);
      await new Promise(setImmediate);
    }
  };
}

/** Waits for what still runs, for as long as it may take when the cloud closes. */
export async function grace(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
