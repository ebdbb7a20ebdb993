/**
 * The worker: the shell from the device at once, photos by their path, since what signs an address changes, and the API never.
 * Push messages become notifications here.
 */
import type { Notification } from './app/data/notifications.ts';
import { keep } from './app/keep.ts';
import { pathOf } from './app/links.ts';
import { tellTabs } from './app/tabs.ts';
import { renewSubscription, sendInWorker } from './app/worker.ts';

interface OpenPage {
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
/** The parts of a worker's global that are used: TypeScript knows either pages or workers. */
interface Worker {
  readonly location: Location;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window' }): Promise<readonly OpenPage[]>;
    openWindow(url: string): Promise<unknown>;
  };
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(name: string, listener: (event: WorkerEvent) => void): void;
}
interface WorkerEvent extends Event {
  readonly request: Request;
  readonly data: unknown;
  /** Of `sync`. */
  readonly tag: string;
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
  // As the distribution does: a path without a dot that is none of the API's is a screen.
  const isScreen = !pathname.includes('.') && !/^\/(v1|media)\/|^\/health$/.test(pathname);
  if (request.mode === 'navigate' && isScreen)
    return event.respondWith(caches.match('/index.html').then((found) => found ?? fetch(request)));
  // An administrator looks at photos of groups that are not theirs: those stay nowhere.
  const isLookedAt = /^\/admin(\/|$)/.test(new URL(request.referrer || origin).pathname);
  if (pathname.startsWith('/media/') && !isLookedAt) return event.respondWith(kept(photos, pathname, event));
  if (pathname.startsWith('/assets/') || SHELL.includes(pathname)) event.respondWith(kept(shell, pathname, event));
});

worker.addEventListener('message', (event) => {
  if (event.data === 'forget') event.waitUntil(caches.delete(photos));
});

/** `tag`: a later message of its kind from its group takes its place. `count`: how many things it stands for. */
type Message = Notification & {
  readonly receipt?: string;
  readonly tag?: string;
  readonly count?: number;
};

/** What was sent; undefined where it cannot be read. */
function messageIn(data: unknown): Message | undefined {
  try {
    return (data as { json(): Message } | null)?.json();
  } catch {
    return undefined;
  }
}

/** Of a message that cannot be read: browsers take the subscription away where nothing is shown. */
const unreadable = navigator.language.startsWith('ko') ? '새 소식이 있어요.' : 'There is something new.';

const show = (message: Message | undefined) =>
  worker.registration.showNotification('moim', {
    body: message?.text || unreadable,
    data: message?.link ? pathOf(message) : '/inbox',
    icon: '/icon.svg',
    tag: message?.tag ?? message?.id ?? 'moim',
    // What takes the place of another is heard again: it is new, and moim sends one in ten minutes.
    ...(message?.tag === undefined ? {} : { renotify: true }),
  });

/** Tells moim that messages arrive here. What is lost is made good by the next message. */
const confirmed = ({ receipt }: Message) =>
  fetch('/v1/push-receipts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ receipt }),
    credentials: 'omit',
    keepalive: true,
  });

/** How many entries of the inbox a message stands for: rooms have none there, and certifications of others have one together. */
function entriesOf({ type, count = 1 }: Message): number {
  const hasNone: readonly string[] = ['TEST', 'CHAT_MESSAGES', 'CHAT_REPLIES'];
  if (hasNone.includes(type)) return 0;
  return type === 'CERTIFICATION_CREATED' ? 1 : count;
}

/**
 * So many more than the pages have seen. A page that is on the screen asks moim for the number itself, and others when they are
 * opened.
 */
async function counted(more: number): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window' });
  if (pages.some(({ visibilityState }) => visibilityState === 'visible')) return;
  const unread = ((await keep.read<number>('kept', 'unread')) ?? 0) + more;
  await keep.write('kept', 'unread', unread);
  await (navigator as Navigator & { setAppBadge?(n: number): Promise<void> }).setAppBadge?.(unread);
}

worker.addEventListener('push', (event) => {
  const message = messageIn(event.data);
  if (message?.id) tellTabs({ arrived: message.id });
  event.waitUntil(
    Promise.allSettled([
      show(message),
      message?.receipt ? confirmed(message) : undefined,
      counted(message ? entriesOf(message) : 1),
    ]),
  );
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const path = event.notification.data;
  const opened = worker.clients.matchAll({ type: 'window' }).then(async ([page]) => {
    if (!page) return worker.clients.openWindow(path);
    // The page goes there by itself: nothing that it holds is loaded anew.
    page.postMessage({ open: path });
    return page.focus();
  });
  event.waitUntil(opened);
});

worker.addEventListener('sync', (event) => {
  if (event.tag === 'outbox') event.waitUntil(sendInWorker());
});

worker.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(renewSubscription(worker.registration.pushManager));
});
