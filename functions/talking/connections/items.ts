import { kind } from '../../../shared/data/kind.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';

export interface ConnectionItem {
  readonly accountId: string;
  readonly connectionId: string;
  readonly sessionId: string;
  readonly locale: Locale;
  readonly expiresAt: number;
  /** The chat rooms that it listens to, each with its group: `room {roomId}`. */
  readonly [room: `room ${string}`]: string;
}

/** Until when each open socket of an account counts as open, in seconds since 1970: `socket {connectionId}`. */
export interface PresenceItem {
  readonly accountId: string;
  readonly expiresAt: number;
  readonly [socket: `socket ${string}`]: number;
}

/** The right to open one socket, for a session. */
export interface SocketTicketItem {
  readonly hash: string;
  readonly accountId: string;
  readonly sessionId: string;
  readonly locale: Locale;
  /** Milliseconds since 1970. */
  readonly usedAt?: number;
  readonly expiresAt: number;
}

export const items = {
  Connection: kind<ConnectionItem>()({
    about: 'an open socket',
    pk: 'SOCKETS#{accountId}',
    sk: 'CONNECTION#{connectionId}',
    life: '2 h 10 min',
    of: { account: 'accountId' },
    fate: { account: { goes: 'when its session ends: sessionEnded (accounts/sessions/follow.ts)' } },
    archive: { not: 'an open socket, gone with it' },
    patterns: {
      connectionsOfAccount: { serves: 'sockets of an account' },
    },
  }),
  Presence: kind<PresenceItem>()({
    about: 'until when each open socket of an account counts as open, so that a list of people is one request',
    pk: 'PRESENCE#{accountId}',
    sk: 'PRESENCE',
    life: '2 h 10 min',
    of: { account: 'accountId' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within hours' },
  }),
  SocketTicket: kind<SocketTicketItem>()({
    about: 'single-use right to open a socket',
    pk: 'SOCKETTICKET#{hash}',
    sk: 'TICKET',
    life: '60 s',
    of: { account: 'accountId' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within a minute' },
    secret: ['hash'],
  }),
} as const;
