/** What the worker does in the person's name while no page is open: it has the cookie of the session, and nothing else. */
import type { Api } from '../../../client/api.ts';
import { createClient } from '../../../client/client.ts';
import { NoAnswerError } from '../../../client/problem-error.ts';
import { keep } from './keep.ts';
import { inOrder, send, type Waiting } from './sending.ts';
import { tellTabs } from './tabs.ts';

interface Owner {
  readonly accountId: string;
  readonly api: Api;
}

/** @throws ProblemError if nobody is signed in; NoAnswerError without a network */
async function owner(locale: 'ko' | 'en'): Promise<Owner> {
  let accessToken: string | undefined;
  const api = createClient({ baseUrl: '', locale: () => locale, getAccessToken: () => accessToken });
  // Pages and worker share the token, which works once: they wait for each other.
  const accountId = await navigator.locks.request('refresh', async () => {
    const deviceToken = await keep.read<string>('kept', 'device').catch(() => undefined);
    const given = await api.sessions.refresh({ body: deviceToken ? { deviceToken } : {} });
    accessToken = given.accessToken;
    return given.accountId;
  });
  return { accountId, api };
}

const upload = async ({ url, fields }: { url: string; fields: Readonly<Record<string, string>> }, blob: Blob) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append('file', blob);
  const { ok, status } = await fetch(url, { method: 'POST', body }).catch((error: unknown) => {
    throw new NoAnswerError('the upload broke off', error);
  });
  if (!ok) throw new NoAnswerError(`the bucket answered ${status}`);
};

const note = async (entry: Waiting) => {
  await keep.write('outbox', entry.id, entry);
  tellTabs({ outbox: true });
};

/**
 * Sends what waits for whoever is signed in, unless a page is at it.
 *
 * @throws if something still waits: the browser then wakes the worker once more
 */
export const sendInWorker = (): Promise<void> =>
  navigator.locks.request('outbox', async () => {
    const waiting = async () => inOrder(await keep.all<Waiting>('outbox')).filter(({ state }) => state === 'SENDING');
    const [first] = await waiting();
    if (!first) return;
    const { accountId, api } = await owner(first.locale);
    for (const entry of await waiting())
      if (entry.accountId === accountId) await note(await send(entry, { api, upload, note }));
  });

/** The browser has given this device another address for push messages: moim is told. */
export async function renewSubscription(manager: PushManager): Promise<void> {
  const { api } = await owner('ko');
  const { publicKey } = await api.devices.getPushKey();
  if (!publicKey) return;
  const subscription = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const name = (await keep.read<string>('kept', 'device name').catch(() => undefined)) ?? '';
  await api.devices.registerDevice({ body: { kind: 'WEB', name, subscription: subscription.toJSON() as never } });
}
