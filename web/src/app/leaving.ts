/** Signing out: nothing of the person stays on the device, also without a network. */
import { keep } from './keep.ts';
import { online } from './live.ts';
import { forgetOutbox, outbox } from './outbox.ts';
import { countUnread, forgetPush } from './push.ts';
import { endLeft, endSession, leave, session } from './session.ts';

export interface Unsent {
  readonly certifications: number;
  /** In chat rooms. */
  readonly messages: number;
}

/** What a sign-out would delete before moim has it; undefined if there is nothing. Ask first. */
export async function unsent(): Promise<Unsent | undefined> {
  const state = session.get();
  const kept = await keep.all<{ accountId: string; state: string }>('chat').catch(() => []);
  const own = kept.filter((each) => state.status === 'in' && each.accountId === state.accountId);
  const count = (all: readonly { readonly state: string }[]) => all.filter((each) => each.state !== 'SENT').length;
  const waits = { certifications: count(outbox.get()), messages: count(own) };
  return waits.certifications + waits.messages > 0 ? waits : undefined;
}

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
