/** Push messages to this device: asked for by a tap, renewed at each start, and ended with the sign-out. */
import { keep } from './keep.ts';
import { forgetPush, isPossible, push } from './push.ts';
import { api, deviceName, session } from './session.ts';

/** iPads call themselves Macintosh, and are the only ones with fingers. */
const isApplePhone = () =>
  /iPhone|iPad/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
const isInstalled = () => matchMedia('(display-mode: standalone)').matches;

const ownerNow = () => {
  const state = session.get();
  return state.status === 'in' ? state.accountId : '';
};

const managerNow = async () => (await navigator.serviceWorker.getRegistration())?.pushManager;

/** Whether a subscription was made with this key. */
function isMadeWith({ options }: PushSubscription, publicKey: string): boolean {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  const text = btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
  return text === publicKey;
}

/** Subscribes, and registers the device with moim; the same device if it is there. */
async function subscribe(publicKey: string): Promise<void> {
  const manager = await managerNow();
  if (!manager) return push.set({ state: 'off' });
  const known = await manager.getSubscription();
  // One that was made with another key reaches nobody.
  const isUsable = known && isMadeWith(known, publicKey);
  if (known && !isUsable) await known.unsubscribe();
  const made = isUsable ? known : await manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const subscription = made.toJSON() as Parameters<Api['registerDevice']>[0]['body']['subscription'];
  const device = await api.devices.registerDevice({ body: { kind: 'WEB', name: deviceName(), subscription } });
  localStorage.setItem('push', ownerNow());
  keep.write('kept', 'device name', deviceName()).catch(() => undefined);
  push.set({ state: 'on', device });
}
type Api = typeof api.devices;

/** What this device can do, and, where it gets messages, its subscription renewed. Run when somebody is signed in. */
export async function readPush(): Promise<void> {
  if (isApplePhone() && !isInstalled()) return push.set({ state: 'install' });
  if (!isPossible()) return push.set({ state: 'none' });
  const { publicKey } = await api.devices.getPushKey();
  if (!publicKey) return push.set({ state: 'none' });
  if (Notification.permission === 'denied') return push.set({ state: 'denied' });
  // Who turned it on may have been somebody else on this device.
  const isWanted = localStorage.getItem('push') === ownerNow() && Notification.permission === 'granted';
  if (!isWanted) return push.set({ state: 'off' });
  await subscribe(publicKey);
}

/** Asks the person in the browser's own words. Only from a tap: browsers refuse everything else. */
export async function turnOn(): Promise<void> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return push.set({ state: permission === 'denied' ? 'denied' : 'off' });
  const { publicKey } = await api.devices.getPushKey();
  if (publicKey) await subscribe(publicKey);
}

export async function turnOff(): Promise<void> {
  const { device } = push.get();
  if (device) await api.devices.removeDevice({ params: { deviceId: device.id } });
  await forgetPush();
  push.set({ state: 'off' });
}
