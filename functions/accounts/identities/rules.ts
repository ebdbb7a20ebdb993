import { fingerprint } from '../../../shared/core/ids.ts';

/**
 * The values that a provider's answer must fit, derived from the ticket that only the client holds: the table keeps
 * nothing that would let its reader complete somebody's sign-in.
 */
export const stepOf = (ticket: string) => ({
  state: fingerprint('social state', ticket),
  nonce: fingerprint('social nonce', ticket),
  verifier: fingerprint('social verifier', ticket),
});

/** The facts that are known when somebody comes back from a provider. */
export interface Found {
  /** The account that began to add a way in, if one did. */
  readonly linking: string | undefined;
  /** Whether it only shows again who is there. */
  readonly proves: boolean;
  /** The account that has this person of this provider. */
  readonly owner: string | undefined;
  /** The account that has the address which the provider told. */
  readonly ofEmail: string | undefined;
  /** Whether the provider vouches for that address. */
  readonly emailVerified: boolean;
}

/** The decision: to sign an account in, to link it, both, to offer a sign-up, or to refuse. */
export type Outcome =
  | { readonly to: 'SIGN_IN' | 'LINK' | 'LINK_AND_SIGN_IN' | 'STAY_LINKED' | 'PROVE'; readonly accountId: string }
  | { readonly to: 'SIGN_UP' }
  | { readonly to: 'REFUSE'; readonly problem: 'IDENTITY_TAKEN' | 'EMAIL_UNVERIFIED' | 'SOCIAL_SIGN_IN_INVALID' };

/** Row 7: who somebody is, is decided by provider and subject; an address links only where the provider vouches for it. */
export function outcomeOf({ linking, proves, owner, ofEmail, emailVerified }: Found): Outcome {
  if (linking !== undefined && proves)
    return owner === linking
      ? { to: 'PROVE', accountId: linking }
      : { to: 'REFUSE', problem: 'SOCIAL_SIGN_IN_INVALID' };
  if (linking !== undefined) {
    if (owner === undefined) return { to: 'LINK', accountId: linking };
    return owner === linking ? { to: 'STAY_LINKED', accountId: linking } : { to: 'REFUSE', problem: 'IDENTITY_TAKEN' };
  }
  if (owner !== undefined) return { to: 'SIGN_IN', accountId: owner };
  if (ofEmail === undefined) return { to: 'SIGN_UP' };
  return emailVerified ? { to: 'LINK_AND_SIGN_IN', accountId: ofEmail } : { to: 'REFUSE', problem: 'EMAIL_UNVERIFIED' };
}
