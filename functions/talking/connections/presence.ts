import { ttl } from '../../../shared/core/time.ts';
import { type Reference, ref } from '../../../shared/data/table.ts';
import { patch, upsert, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';

/** By `socket {connectionId}`: until when that socket counts as open, in seconds since 1970, unless it is heard of again. */
export type PresenceItem = Readonly<Record<string, unknown>>;

const prefix = 'socket ';

/** Whether somebody is online, for lists of people. It shows, it decides nothing: it may be minutes late. */
export const presenceRef = (accountId: string): Reference<PresenceItem> => ref('Presence', { accountId });

export const isOnline = (presence: PresenceItem | undefined, now: number) =>
  Object.entries(presence ?? {}).some(([name, until]) => name.startsWith(prefix) && Number(until) > now / 1000);

/** A socket that is heard of counts as open for as long as the sweep lets it live. */
export const heardOf = (accountId: string, connectionId: string, now: number): Write =>
  upsert(
    'Presence',
    { accountId },
    {
      set: {
        [prefix + connectionId]: ttl(now) + limits.socket.staleSeconds,
        expiresAt: ttl(now) + limits.socket.lifeSeconds,
      },
    },
  );

export const gone = (accountId: string, connectionId: string): Write =>
  patch('Presence', { accountId }, { remove: [prefix + connectionId] });
