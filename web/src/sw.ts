/**
 * The worker: the shell from the device at once, photos by their path, since what signs an address changes, and the API never.
 * Push messages become notifications here.
 */
import type { Notification } from './app/data/notifications.ts';
import { pathOf } from './app/links.ts';

/** The parts of a worker's global that are used: TypeScript knows either pages or workers. */
interface Worker {
  readonly location: Location;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: {
      type: 'window';
    }): Promise<readonly { focus(): Promise<unknown>; navigate(url: string): unknown }[]>;
    openWindow(url: string): Promise<unknown>;
  };
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(name: string, listener: (event: WorkerEvent) => void): void;
}
interface WorkerEvent extends Event {
  readonly request: Request;
  readonly data: unknown;
  readonly notification: { readonly data: string; close(): void };
  waitUntil(work: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}
const worker = self as unknown as Worker;

const shell = `shell-${VERSION}`;
const photos = 'photos';
/** A phone keeps what one looks at in a week: some 30 MB of small pictures. */
const photosKept = 400;

worker.addEventListener('install', (event) => {
  const filled = caches.open(shell).then((cache) => cache.addAll([...SHELL]));
  event.waitUntil(filled.then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  const isOld = (name: string) => name.startsWith('shell-') && name !== shell;
  const dropped = caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))));
  event.waitUntil(dropped.then(() => worker.clients.claim()));
});

/** From the cache, else from the network and then into the cache. */
async function kept(name: string, key: string, event: WorkerEvent): Promise<Response> {
  const cache = await caches.open(name);
  const found = await cache.match(key);
  if (found) return found;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(cache.put(key, answer.clone()).then(() => trimmed(name)));
  return answer;
}

/** Photos that came first go first. */
async function trimmed(name: string): Promise<void> {
  if (name !== photos) return;
  const cache = await caches.open(name);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - photosKept)).map((key) => cache.delete(key)));
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate')
    return event.respondWith(caches.match('/index.html').then((found) => found ?? fetch(request)));
  if (pathname.startsWith('/media/')) return event.respondWith(kept(photos, pathname, event));
  if (pathname.startsWith('/assets/') || SHELL.includes(pathname)) event.respondWith(kept(shell, pathname, event));
});

worker.addEventListener('message', ({ data }) => {
  if (data === 'forget') void caches.delete(photos);
});

worker.addEventListener('push', (event) => {
  const message = (event.data as { json(): unknown } | null)?.json() as Notification | undefined;
  if (!message) return;
  const path = pathOf(message);
  event.waitUntil(
    worker.registration.showNotification('moim', {
      body: message.text,
      data: path,
      icon: '/icon.svg',
      tag: message.id,
    }),
  );
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const path = event.notification.data;
  const opened = worker.clients.matchAll({ type: 'window' }).then(async ([page]) => {
    if (!page) return worker.clients.openWindow(path);
    await page.focus();
    return page.navigate(path);
  });
  event.waitUntil(opened);
});
