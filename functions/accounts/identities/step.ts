import * as oidc from 'openid-client';
import { clockOffset } from '../../../shared/adapters/aws.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { isOnThisMachine, type Provider, type Registration, type Told } from './registrations.ts';

/** One sign-in at a provider: what its answer must fit. */
export interface Step {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** PKCE: its hash goes with the person, the text itself with the code. */
  readonly verifier: string;
  /** Whether the provider must ask the person again, and say when it did: as proof of who is there (row 162). */
  readonly asksAgain: boolean;
}

/** How providers of one protocol are asked. */
export interface Protocol<P extends Provider> {
  /** The library's view of one provider: its endpoints, and how moim shows there who it is. */
  configurationOf(provider: P, own: Registration): Promise<oidc.Configuration>;
  /**
   * Asks the provider about the person who came back with this query in the address.
   * @throws Problem SOCIAL_SIGN_IN_INVALID, PROVIDER_FAILED; whatever the library throws
   */
  toldOf(provider: P, own: Registration, step: Step, query: string): Promise<Told>;
}

/** The start of every configuration of the library: the platform's clock. */
export const clientOf = (platform: Platform) => ({ [oidc.clockSkew]: Math.round(clockOffset(platform) / 1000) });

/** The library's leave to do without TLS, for addresses of this machine alone. */
export const insecureAt = (address: string) => (isOnThisMachine(address) ? [oidc.allowInsecureRequests] : []);

/**
 * The provider's answer in the address, freed of what moim did not ask for.
 *
 * @throws Problem SOCIAL_SIGN_IN_INVALID if it is no answer to this step, PROVIDER_FAILED if the provider says so
 */
export function returned(step: Step, query: string, server?: oidc.ServerMetadata): URL {
  const given = new URLSearchParams(query);
  const only = (name: string) => (given.getAll(name).length === 1 ? given.get(name)! : undefined);
  const failed = only('error');
  if (only('state') !== step.state) throw new Problem('SOCIAL_SIGN_IN_INVALID');
  if (failed === 'server_error' || failed === 'temporarily_unavailable') throw new Problem('PROVIDER_FAILED');
  const code = only('code');
  // Where several providers could answer, the answer names the one that does (RFC 9207).
  const iss = server && given.has('iss') ? (only('iss') ?? '') : undefined;
  const wrongIssuer =
    iss === undefined ? server?.authorization_response_iss_parameter_supported : iss !== server?.issuer;
  if (failed !== undefined || !code || wrongIssuer) throw new Problem('SOCIAL_SIGN_IN_INVALID');
  const back = new URL(step.redirectUri);
  back.search = new URLSearchParams({ code, state: step.state, ...(iss ? { iss } : {}) }).toString();
  return back;
}
