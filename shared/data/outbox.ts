import { newId } from '../core/ids.ts';
import { iso, ttl } from '../core/time.ts';
import type { NotificationType } from '../messages/catalog.ts';
import { limits } from '../product/limits.ts';
import { create, type Write } from './writes.ts';

/** Where a notification leads: a screen of the clients and the ids it needs. */
export interface Link {
  readonly screen: 'group' | 'certification' | 'applications' | 'account' | 'reports' | 'plan';
  readonly groupId?: string;
  readonly certificationId?: string;
  readonly planId?: string;
}

/** Who does what only time does, or what nobody is named for: nobody's account. */
export const byItself = 'moim';

/** Something to tell people, once what it tells of is committed. */
export interface Announcement {
  readonly notice: NotificationType;
  /** Accounts to tell; the actor is never told. */
  readonly to: readonly string[];
  /** A group whose present members are to be told, whoever they are when it is delivered. */
  readonly toMembersOf?: string;
  readonly actorId: string;
  readonly values: Readonly<Record<string, string>>;
  readonly link: Link;
  /**
   * What open sockets get besides, as a contract says: for clients, which must follow it whatever people have switched off
   * or whomever they have blocked.
   */
  readonly event?: { readonly event: string; readonly data: Readonly<Record<string, string | number | null>> };
}

/**
 * The write that puts an event into the outbox: commit it together with what the event tells of. The table's stream
 * delivers it at least once; what is committed is told, what is not committed is not.
 *
 * @param now milliseconds since 1970
 */
export function outbox(now: number, event: Announcement): Write {
  const data = { outboxId: newId(now), createdAt: iso(now), ...event };
  return create('Outbox', data, { expiresAt: ttl(now) + limits.outboxSeconds });
}
