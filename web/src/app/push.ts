/** Push messages to this device, as far as screens show them. How a device subscribes is loaded when it may. */
import { rested } from './cache.ts';
import type { Answer, ItemOf } from './data/answers.ts';
import { keep } from './keep.ts';
import { session } from './session.ts';
import { store } from './store.ts';

export type Device = ItemOf<Answer<'devices', 'listDevices'>>;

/**
 * `none`: neither this browser nor the deployment sends any. `install`: on an iPhone or iPad only from the home screen.
 * `denied`: the person has forbidden them in the browser.
 */
export type PushState = 'none' | 'install' | 'denied' | 'off' | 'on';
interface Push {
  readonly state: PushState;
  /** As moim knows this device. */
  readonly device?: Device;
}
export const push = store<Push>({ state: 'none' });

/** Whether this browser knows push messages. */
export const isPossible = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** Ends the subscription on the device: a browser that changes hands gets nothing any more, whatever moim still sends. */
export async function forgetPush(): Promise<void> {
  localStorage.removeItem('push');
  push.set({ state: 'none' });
  if (!isPossible()) return;
  const registration = await navigator.serviceWorker.getRegistration();
  for (const shown of (await registration?.getNotifications?.()) ?? []) shown.close();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

const subscribing = () => import('./subscription.ts');

/** Renews the subscription after each start and sign-in, when the first screen is there. Run once. */
export function followPush(): void {
  let of: string | undefined;
  const follow = () => {
    const state = session.get();
    const who = state.status === 'in' ? state.accountId : undefined;
    if (who === of || !rested.get()) return;
    of = who;
    if (who)
      void subscribing()
        .then(({ readPush }) => readPush())
        .catch(() => undefined);
  };
  session.subscribe(follow);
  rested.subscribe(follow);
  follow();
}

type Badge = Navigator & { setAppBadge?(count: number): Promise<void>; clearAppBadge?(): Promise<void> };

/** Shows the number on the icon of the app, where systems have one. The worker counts on from it. */
export function countUnread(unread: number): void {
  const { setAppBadge, clearAppBadge } = navigator as Badge;
  const shown = unread > 0 ? setAppBadge?.call(navigator, unread) : clearAppBadge?.call(navigator);
  shown?.catch(() => undefined);
  keep.write('kept', 'unread', unread).catch(() => undefined);
}
