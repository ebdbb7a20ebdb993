/** Signing out: nothing of the person stays on the device, also without a network. */
import { online } from './live.ts';
import { forgetOutbox, outbox } from './outbox.ts';
import { countUnread, forgetPush } from './push.ts';
import { endLeft, endSession, leave, session } from './session.ts';

/** How many certifications a sign-out would delete before moim has them: ask first. */
export const unsent = (): number => outbox.get().filter(({ state }) => state !== 'SENT').length;

/** Deletes what waits, the way for push messages and the count on the icon. Answers and photos go with the session. */
export async function forgetDevice(): Promise<void> {
  const state = session.get();
  countUnread(0);
  await Promise.allSettled([state.status === 'in' ? forgetOutbox(state.accountId) : undefined, forgetPush()]);
}

/** @param comesBack the same person signs in again at once: what waits is sent then */
export async function signOut({ comesBack = false } = {}): Promise<void> {
  if (!comesBack) await forgetDevice();
  await endSession();
  leave();
}

/** Run once. */
export function followLeaving(): void {
  online.subscribe(() => online.get() && void endLeft().catch(() => undefined));
}
