import { kind } from '../../../shared/data/kind.ts';
import type { ProviderName } from '../accounts/values.ts';

/**
 * The claim of a person at a provider: one account has it. The account's `Authority` knows the subject by the provider's
 * name (`identities`), so that one condition sees it together with the number of ways in: one person of each provider at most.
 */
export interface IdentityItem {
  readonly provider: ProviderName;
  readonly subject: string;
  readonly identityId: string;
  readonly accountId: string;
  /** The address there, as it was when it was linked. */
  readonly email?: string;
  readonly linkedAt: string;
}

/** A step at a provider, stored by its ticket's hash; what the answer must fit is derived from the ticket itself. */
export interface SocialSignInItem {
  readonly hash: string;
  readonly provider: ProviderName;
  readonly redirectUri: string;
  /** The account that adds a way in; absent where somebody signs in. */
  readonly accountId?: string;
  /** The session that it adds it from, and the password it was opened under: it must not be over by then. */
  readonly sessionId?: string;
  readonly sessionVersion?: number;
  /** Whether it only shows who is there: the provider asks the person again, and nothing is linked. */
  readonly proves?: true;
  readonly usedAt?: string;
  readonly expiresAt: number;
}

/** A person who signed in at an identity provider and has no account yet. */
export interface SocialTicketItem {
  readonly hash: string;
  readonly provider: ProviderName;
  readonly subject: string;
  /** Only an address that the provider vouches for. */
  readonly email?: string;
  readonly expiresAt: number;
}

export const items = {
  Identity: kind<IdentityItem>()({
    about: "claim of a person at an identity provider: the provider's name and its subject",
    pk: 'IDENTITY#{provider}#{subject}',
    sk: 'IDENTITY',
    of: { account: 'accountId' },
    fate: { account: { goes: 'with the withdrawal itself' } },
    archive: { as: 'identities', by: 'identitiesOf (accounts/identities/own.ts)' },
  }),
  SocialSignIn: kind<SocialSignInItem>()({
    about: 'a sign-in begun at an identity provider: what its answer must fit',
    pk: 'OAUTH#{hash}',
    sk: 'BEGUN',
    life: '10 min',
    of: { account: 'accountId' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within minutes' },
    secret: ['hash', 'sessionVersion'],
  }),
  SocialTicket: kind<SocialTicketItem>()({
    about: 'single-use right to sign up as a person at a provider',
    pk: 'SOCIALTICKET#{hash}',
    sk: 'TICKET',
    life: '1 h',
    of: { account: 'email' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within an hour' },
    secret: ['hash'],
  }),
} as const;
