import { ttl } from '../../../shared/core/time.ts';
import { ref } from '../../../shared/data/table.ts';
import { patch, type UpdateOf, upsert } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { PresenceItem } from './items.ts';

const prefix = 'socket ';
const nameOf = (connectionId: string) => `${prefix}${connectionId}` as const;

/** Whether somebody is online, for lists of people. It shows, it decides nothing: it may be minutes late. */
export const presenceRef = (accountId: string) => ref('Presence', { accountId });

export const isOnline = (presence: PresenceItem | undefined, now: number) =>
  Object.entries(presence ?? {}).some(([name, until]) => name.startsWith(prefix) && Number(until) > now / 1000);

/** A socket that is heard of counts as open for a while: two pings and a minute. */
export const heardOf = (accountId: string, connectionId: string, now: number): UpdateOf<'Presence'> =>
  upsert(
    'Presence',
    { accountId },
    {
      set: {
        [nameOf(connectionId)]: ttl(now) + limits.socket.onlineSeconds,
        expiresAt: ttl(now) + limits.socket.lifeSeconds,
      },
    },
  );

export const gone = (accountId: string, connectionId: string): UpdateOf<'Presence'> =>
  patch('Presence', { accountId }, { remove: [nameOf(connectionId)] });
