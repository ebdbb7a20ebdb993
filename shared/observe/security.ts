/**
 * Events of security: who did what to the ways into an account, from where, and how it ended. Each is in the log line of
 * its request, or a line of its own where there is no request. `docs/security-events.md` says what each means, and has the
 * queries.
 *
 * No line holds an address, a name or a login: accounts and sessions are ids, places are hashes with a key.
 */

/** Ways in: refusals count for the alarm `entries-refused`. PROOF is that of somebody who is signed in already. */
const entries = [
  ...(['SIGN_IN', 'SOCIAL_SIGN_IN', 'REFRESH', 'CODE_CONFIRMED', 'PASSWORD_RESET'] as const),
  'PROOF',
] as const;

/** Every event. The routes of accounts, sessions, identities, privacy and admin name theirs in the contract. */
export const securityEvents = [
  ...entries,
  ...(['SIGN_UP', 'CODE_REQUESTED', 'LOGIN_ID_REQUESTED', 'MAIL_RESUMED', 'SOCIAL_SIGN_IN_BEGUN'] as const),
  ...(['PASSWORD_CHANGED', 'EMAIL_CHANGED', 'LINKING_BEGUN', 'IDENTITY_UNLINKED'] as const),
  ...(['FACTOR_ADDED', 'FACTOR_REMOVED'] as const),
  ...(['SIGN_OUT', 'SESSION_ENDED', 'SIGNED_OUT_EVERYWHERE'] as const),
  ...(['EXPORT_REQUESTED', 'EXPORT_SHOWN', 'ACCOUNT_COPIED', 'WITHDRAWAL'] as const),
  ...([
    'ACCOUNTS_SHOWN',
    'ACCOUNT_DECIDED',
    'ROLE_SET',
    'SUSPENDED',
    'REINSTATED',
    'GROUPS_DECIDED',
    'PAID_SET',
    'REPORTED_SHOWN',
  ] as const),
] as const;
export type SecurityEvent = (typeof securityEvents)[number];

/** What is known of an event besides its request. Ids alone; never a name, an address or a login. */
export interface SecurityFacts {
  /** The account that is entered or changed. Of a guarded route it is the caller, unless a service notes another. */
  readonly account?: string | undefined;
  readonly session?: string | undefined;
  /** The id of what is acted on: a session, an identity, an account of somebody else. */
  readonly about?: string | undefined;
  /** One word of the contract: a purpose, a provider, a role, an outcome. */
  readonly detail?: string | undefined;
  /** A place as a keyed hash (`placeInLog`): the same place has the same one. */
  readonly place?: string | undefined;
}

export type EventOutcome = 'DONE' | 'REFUSED' | 'FAILED';

/** How an event ended, by the status of its answer. */
export function outcomeOf(status: number): EventOutcome {
  if (status >= 500) return 'FAILED';
  return status >= 400 ? 'REFUSED' : 'DONE';
}

/**
 * The fields of an event for a log line.
 *
 * @example log.info(securityEvent('SESSION_ENDED', 'DONE', { account, session }), 'security event')
 */
export const securityEvent = (
  event: SecurityEvent,
  outcome: EventOutcome,
  facts: SecurityFacts,
): Readonly<Record<string, string | undefined>> => ({ event, outcome, ...facts });

/** Whether an event is a way in. */
export const isEntry = (event: SecurityEvent): boolean => (entries as readonly SecurityEvent[]).includes(event);
