/** Certifications that wait on the device until moim has them: what the screens show of them, and when they are sent. */
import { changed } from './cache.ts';
import { today } from './days.ts';
import { keep } from './keep.ts';
import { online } from './live.ts';
import { isExpected } from './problem.ts';
import type { Waiting } from './sending.ts';
import { api, session } from './session.ts';
import { locale } from './settings.ts';
import { store } from './store.ts';
import { onTold, tellTabs } from './tabs.ts';

export type { Waiting } from './sending.ts';

/** What waits for the person who is signed in, oldest first; also what was sent in the last minutes. */
export const outbox = store<readonly Waiting[]>([]);
/** The part of an entry that this tab has uploaded, from 0 to 1. */
export const progress = store<{ readonly id: string; readonly part: number } | undefined>(undefined);
/** One that has just been sent, to be told wherever the person is. */
export const justSent = store<Waiting | undefined>(undefined);
/** How many wait on the device for whoever signs in. */
export const left = store(0);

/** Milliseconds for which one that was sent is still shown. */
const shownMs = 10 * 60_000;
/** Seconds before the next try; the last one for all that follow. The network and a look at the page come first. */
const pauses = [3, 10, 30, 120, 300];

/** What the device has no room for, or may not keep: it is sent from memory, while this tab is open. */
const unkept = new Map<string, Waiting>();

async function everything(): Promise<Waiting[]> {
  const kept = await keep.all<Waiting>('outbox').catch(() => []);
  return [...kept, ...unkept.values()].toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt));
}

async function write(entry: Waiting): Promise<void> {
  try {
    await keep.write('outbox', entry.id, entry);
    unkept.delete(entry.id);
  } catch {
    unkept.set(entry.id, entry);
  }
}

async function drop(id: string): Promise<void> {
  unkept.delete(id);
  await keep.drop('outbox', id).catch(() => undefined);
}

const ownerNow = () => {
  const state = session.get();
  return state.status === 'in' ? state.accountId : undefined;
};

/** Shows what is on the device now, and tells what has arrived since. */
async function look(): Promise<void> {
  const all = await everything();
  const owner = ownerNow();
  const isOver = ({ state, sentAt = '' }: Waiting) => state === 'SENT' && Date.now() - Date.parse(sentAt) > shownMs;
  const own = all.filter(({ accountId }) => accountId === owner);
  for (const entry of own.filter((each) => each.state === 'SENT' && !each.isTold)) {
    await write({ ...entry, isTold: true });
    justSent.set(entry);
    void changed('group', entry.groupId);
    void changed('today');
  }
  await Promise.all(own.filter((each) => each.isTold && isOver(each)).map(({ id }) => drop(id)));
  left.set(all.filter(({ state }) => state === 'SENDING').length);
  outbox.set(own.filter((each) => !isOver(each) || !each.isTold));
}

/** Writes a new state, and has all tabs show it. */
async function put(entry: Waiting): Promise<void> {
  await write(entry);
  tellTabs({ outbox: true });
  await look();
}

let sending: Promise<void> | undefined;
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

const waits = async () => {
  const owner = ownerNow();
  return (await everything()).filter(({ accountId, state }) => accountId === owner && state === 'SENDING');
};

/** One tab at a time, or the worker: the others find it sent. */
async function sendAll(): Promise<void> {
  const failed: unknown[] = [];
  // What sends is loaded when there is something to send.
  const [{ send }, { upload }] = await Promise.all([import('./sending.ts'), import('./photo.ts')]);
  for (const { id } of await waits()) {
    // It may have been sent, or deleted, while this tab waited for its turn.
    const entry = (await waits()).find((each) => each.id === id);
    if (!entry) continue;
    const part = (at: number) => (done: number) => progress.set({ id, part: (at + done) / entry.shots.length });
    const ways = {
      api,
      note: write,
      upload: (form: Parameters<typeof upload>[0], blob: Blob, at: number) => upload(form, blob, part(at)),
    };
    await send(entry, ways)
      .then(put, (error: unknown) => failed.push(error))
      .finally(() => progress.set(undefined));
  }
  for (const error of failed) if (!isExpected(error)) reportError(error);
  if (failed.length > 0) throw failed[0];
}

/** Sends what waits. Without a network, or an answer, it is tried again by itself. */
function sendWaiting(): Promise<void> {
  clearTimeout(timer);
  sending ??= navigator.locks
    .request('outbox', sendAll)
    .then(
      () => {
        tries = 0;
      },
      () => void askWorker(),
    )
    .finally(async () => {
      sending = undefined;
      if ((await waits()).length === 0 || !online.get()) return;
      timer = setTimeout(sendWaiting, pauses[Math.min(tries++, pauses.length - 1)]! * 1000);
    });
  return sending;
}

/** Has the browser wake the worker once there is a network, where browsers can: also when all tabs are closed. */
async function askWorker(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const { sync } = (registration ?? {}) as { readonly sync?: { register(tag: string): Promise<void> } };
  await sync?.register('outbox').catch(() => undefined);
}

type Draft = Pick<Waiting, 'groupId' | 'groupTitle' | 'missionId' | 'timeZone' | 'text' | 'shots'> &
  Partial<Pick<Waiting, 'dayStart' | 'link' | 'checked' | 'makeUpFor'>>;

/** Takes a certification in: from now on it is the device's work to send it. Gives back its id. */
export async function enqueue(draft: Draft): Promise<string> {
  const accountId = ownerNow();
  if (accountId === undefined) throw new Error('nobody is signed in');
  const id = crypto.randomUUID();
  const occurredAt = new Date().toISOString();
  await put({ ...draft, id, key: crypto.randomUUID(), accountId, occurredAt, locale: locale.get(), state: 'SENDING' });
  // The browser then deletes other things first when it has no room left.
  void navigator.storage?.persist?.().catch(() => undefined);
  void sendWaiting();
  return id;
}

/** Whether the day that it was for is over: it can be sent for today instead. */
export function isOver({ refusal, timeZone, dayStart, makeUpFor, occurredAt }: Waiting): boolean {
  if (makeUpFor) return false;
  const day = (at: Date) => today(timeZone, at, dayStart);
  return refusal?.code === 'LATE' || day(new Date()) !== day(new Date(occurredAt));
}

/** Tries one again that was refused: where its day is over, for today, which is another certification. */
export async function sendAgain(refused: Waiting): Promise<void> {
  const { refusal, ...entry } = refused;
  const anew = isOver(refused) ? { key: crypto.randomUUID(), occurredAt: new Date().toISOString() } : {};
  await put({ ...entry, ...anew, state: 'SENDING' });
  await sendWaiting();
}

export async function discard(id: string): Promise<void> {
  await drop(id);
  tellTabs({ outbox: true });
  await look();
}

/** Deletes everything of the person who signs out; what others have waiting here stays for them. */
export async function forgetOutbox(accountId: string): Promise<void> {
  const own = (await everything()).filter((each) => each.accountId === accountId);
  const messages = await keep.all<{ accountId: string; clientId: string }>('chat').catch(() => []);
  await Promise.all([
    ...own.map(({ id }) => drop(id)),
    ...messages.map((each) => each.accountId === accountId && keep.drop('chat', each.clientId)),
  ]);
  await look();
}

/** Follows the network, the session and the other tabs. Run once. */
export function followOutbox(): void {
  const go = () => {
    tries = 0;
    void look().then(() => {
      if (ownerNow() && online.get() && outbox.get().some(({ state }) => state === 'SENDING')) void sendWaiting();
    });
  };
  onTold((told) => 'outbox' in told && void look());
  session.subscribe(go);
  online.subscribe(go);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && go());
  go();
}
