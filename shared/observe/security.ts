/**
 * Events of security: who did what to the ways into an account, from where, and how it ended. Each is in the log line of
 * its request, or a line of its own where there is no request. `docs/security-events.md` is the list for people, with the
 * queries.
 *
 * No line holds an address, a name or a login: accounts and sessions are ids, places are hashes with a key.
 */

interface Meaning {
  readonly means: string;
  /** A way in: refusals count for the alarm `entries-refused`. */
  readonly entry?: true;
}

const event = (means: string): Meaning => ({ means });
const entry = (means: string): Meaning => ({ means, entry: true });

/** Every event by name. The routes of accounts, sessions, identities, privacy and admin name theirs in the contract. */
export const securityEvents = {
  SIGN_IN: entry('a sign-in with a password'),
  SOCIAL_SIGN_IN_BEGUN: event('a sign-in at an identity provider begins'),
  SOCIAL_SIGN_IN: entry('somebody comes back from an identity provider: to sign in, to sign up or to link it'),
  REFRESH: entry('a refresh token is exchanged'),
  SIGN_UP: event('a new account'),
  CODE_REQUESTED: event('a code is ordered for an address'),
  CODE_CONFIRMED: entry('a code is exchanged for a ticket'),
  LOGIN_ID_REQUESTED: event('the login id of an address is ordered'),
  PASSWORD_RESET: entry('a new password by a ticket'),
  PASSWORD_CHANGED: event('a new password by the old one'),
  EMAIL_CHANGED: event('an account moves to another address'),
  MAIL_RESUMED: event('an address takes mail again'),
  LINKING_BEGUN: event('a way in at an identity provider is about to be linked'),
  IDENTITY_UNLINKED: event('a way in at an identity provider is taken away'),
  SIGN_OUT: event('a person signs out'),
  SESSION_ENDED: event('a session is ended: by its owner from elsewhere, or by moim'),
  EXPORT_REQUESTED: event('an archive of own data is ordered'),
  EXPORT_SHOWN: event('the addresses of archives are shown'),
  ACCOUNT_COPIED: event('a copy of an account that was not approved is shown'),
  WITHDRAWAL: event('an account is withdrawn'),
  ACCOUNTS_SHOWN: event('an administrator reads accounts with their addresses'),
  ACCOUNT_DECIDED: event('an administrator approves or rejects an account'),
  ROLE_SET: event('an administrator gives or takes the role'),
  GROUPS_DECIDED: event('an administrator approves or rejects groups'),
  PAID_SET: event('an administrator sets whether a team has paid'),
  PROOF: entry('somebody signed in proves anew who they are'),
  FACTOR_ADDED: event('a passkey, an authenticator app or recovery codes are added'),
  FACTOR_REMOVED: event('a passkey, an authenticator app or recovery codes are taken away'),
  FACTOR_USED: entry('a second factor is shown'),
  SIGNED_OUT_EVERYWHERE: event('all sessions of an account are ended at once'),
  SUSPENDED: event('an administrator or an operator suspends an account'),
  REINSTATED: event('a suspension ends'),
} as const satisfies Readonly<Record<string, Meaning>>;
export type SecurityEvent = keyof typeof securityEvents;

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

/** DONE, REFUSED (4xx) or FAILED (5xx). */
export const outcomeOf = (status: number) => (status < 400 ? 'DONE' : status < 500 ? 'REFUSED' : 'FAILED');

/**
 * The fields of an event for a log line.
 *
 * @example log.info(securityEvent('SESSION_ENDED', 'DONE', { account, session }), 'security event')
 */
export const securityEvent = (
  name: SecurityEvent,
  outcome: ReturnType<typeof outcomeOf>,
  facts: SecurityFacts,
): Readonly<Record<string, string | undefined>> => ({ event: name, outcome, ...facts });

/** The count for the alarm on floods of refusals: 1 for a refused entry. */
export const refusedEntries = (name: SecurityEvent, outcome: ReturnType<typeof outcomeOf>): number => {
  const { entry: isEntry }: Meaning = securityEvents[name];
  return isEntry && outcome === 'REFUSED' ? 1 : 0;
};
