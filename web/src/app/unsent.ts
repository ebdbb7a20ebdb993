/** Chat messages that waited on the device when the page was closed: their rooms are opened until they are sent. */
import { rested } from './cache.ts';
import { keep } from './keep.ts';
import { session } from './session.ts';

interface Waits {
  readonly accountId: string;
  readonly groupId: string;
  readonly roomId: string;
  readonly state: string;
}

async function send(): Promise<void> {
  const state = session.get();
  if (state.status !== 'in') return;
  const all = await keep.all<Waits>('chat').catch(() => []);
  const own = all.filter((each) => each.accountId === state.accountId && each.state !== 'REFUSED');
  if (own.length === 0) return;
  const { hold } = await import('./rooms.ts');
  const rooms = new Map(own.map(({ groupId, roomId }) => [roomId, groupId]));
  // It stays by itself as long as something waits.
  for (const [roomId, groupId] of rooms) hold(groupId, roomId).release();
}

/** Run once. */
export function followUnsent(): void {
  const off = rested.subscribe(() => {
    off();
    void send();
  });
}
