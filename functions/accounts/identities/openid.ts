import { importPKCS8, SignJWT } from 'jose';
import * as oidc from 'openid-client';
import type { Platform } from '../../../shared/core/platform.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { OpenIdProvider, Registration, SignedRegistration } from './registrations.ts';
import { clientOf, insecureAt, type Protocol, returned } from './step.ts';

/** Milliseconds before which a provider that could not be discovered is not asked again. */
const askAgainAfter = 5_000;
/** Seconds that the token lives by which moim shows who it is. */
const assertionSeconds = 300;

/** An OpenID provider with what was learnt of it. */
interface Known {
  readonly server: Promise<oidc.ServerMetadata>;
  failedAt?: number;
  keys?: oidc.ExportedJWKSCache;
}

/** Providers that speak OpenID Connect: their ID token says who came. */
export function openIdOf(platform: Platform): Protocol<OpenIdProvider> {
  const learntOf = discoveryOf(platform);

  async function configured(provider: OpenIdProvider, own: Registration) {
    const issuer = own.issuer ?? provider.issuer;
    const learnt = learntOf(issuer, own);
    const server = await learnt.server;
    const clientSecret = 'clientSecret' in own ? own.clientSecret : await signed(platform, own, server.issuer);
    const authentication = oidc.ClientSecretPost(clientSecret);
    const configuration = new oidc.Configuration(server, own.clientId, clientOf(platform), authentication);
    configuration.timeout = own.answerSeconds;
    for (const extend of insecureAt(issuer)) extend(configuration);
    // TLS alone would do for a token that comes from the provider itself (OpenID Connect Core, 3.1.3.7): look anyway.
    oidc.enableNonRepudiationChecks(configuration);
    if (learnt.keys) oidc.setJwksCache(configuration, learnt.keys);
    return { configuration, server, learnt };
  }

  return {
    configurationOf: async (provider, own) => (await configured(provider, own)).configuration,
    async toldOf(provider, own, step, query) {
      const { configuration, server, learnt } = await configured(provider, own);
      const checks = {
        ...{ pkceCodeVerifier: step.verifier, expectedState: step.state, expectedNonce: step.nonce },
        // Refuses a token without `auth_time`, and one of an earlier sign-in.
        ...(step.asksAgain ? { maxAge: limits.proof.seconds } : {}),
      };
      const tokens = await oidc.authorizationCodeGrant(configuration, returned(step, query, server), checks);
      const keys = oidc.getJwksCache(configuration);
      if (keys) learnt.keys = keys;
      return provider.read({ ...tokens.claims() });
    },
  };
}

/** Asked once; a provider that did not answer is asked again, but not by everybody who comes in the next seconds. */
function discoveryOf(platform: Platform) {
  const known = new Map<string, Known>();
  return (issuer: string, { clientId, answerSeconds: timeout }: Registration): Known => {
    const before = known.get(issuer);
    if (before && !(before.failedAt !== undefined && platform.now() - before.failedAt >= askAgainAfter)) return before;
    const options = { timeout, execute: insecureAt(issuer) };
    const found = oidc.discovery(new URL(issuer), clientId, clientOf(platform), oidc.None(), options);
    const learnt: Known = {
      server: found
        .then((each) => each.serverMetadata())
        .catch((error: unknown) => {
          learnt.failedAt = platform.now();
          throw error;
        }),
    };
    known.set(issuer, learnt);
    return learnt;
  };
}

/** A token in place of a secret, signed for this one exchange. */
async function signed(platform: Platform, own: SignedRegistration, audience: string): Promise<string> {
  const now = Math.floor(platform.now() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: own.keyId })
    .setIssuer(own.teamId)
    .setSubject(own.clientId)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + assertionSeconds)
    .sign(await importPKCS8(own.privateKey, 'ES256'));
}
