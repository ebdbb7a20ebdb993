/**
 * Identity providers: where a person is sent to sign in, and who came back. OpenID Connect where a provider has it, its
 * own OAuth endpoints where not; what makes one provider different from another is a table that the feature hands in.
 */
import { importPKCS8, SignJWT } from 'jose';
import * as oidc from 'openid-client';
import * as z from 'zod';
import type { Platform } from '../core/platform.ts';
import { logOf } from '../observe/log.ts';
import { Problem } from '../product/problems.ts';
import { clockOffset } from './aws.ts';
import {
  type Endpoints,
  isOnThisMachine,
  type OAuthProvider,
  type OpenIdProvider,
  type Provider,
  type Registration,
  registrationsOf,
  type SignedRegistration,
  type TextRegistration,
  type Told,
} from './social-registrations.ts';

/** One sign-in at a provider: what its answer must fit. */
export interface Step {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** PKCE: its hash goes with the person, the text itself with the code. */
  readonly verifier: string;
}

/** Somebody who has signed in at a provider. */
export interface SocialPerson {
  /** What the provider calls them, forever. */
  readonly subject: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
}

export interface Social<Name extends string> {
  /** The providers that this deployment is registered with. */
  offered(): Promise<readonly Name[]>;
  /**
   * The address to send a person to; undefined where the provider is not offered.
   * @throws Problem PROVIDER_FAILED
   */
  addressOf(name: Name, step: Step): Promise<string | undefined>;
  /**
   * Who came back with this query in the address.
   * @throws Problem SOCIAL_SIGN_IN_INVALID, PROVIDER_FAILED
   */
  personOf(name: Name, step: Step, query: string): Promise<SocialPerson>;
}

/** Milliseconds before which a provider that could not be discovered is not asked again. */
const askAgainAfter = 5_000;
/** Seconds that the token lives by which moim shows who it is. */
const assertionSeconds = 300;

const subject = z.union([z.string().min(1).max(255), z.int()]).transform(String);
const email = z.email().max(254).toLowerCase();
const json = z.record(z.string(), z.unknown());

/** What is told, as moim takes it. An address that is none is left out; somebody without a name is nobody. */
function personFrom(told: Told): SocialPerson {
  const found = email.safeParse(told.email).data;
  return {
    subject: subject.parse(told.subject),
    email: found,
    emailVerified: found !== undefined && told.emailVerified,
  };
}

/** An OpenID provider with what was learnt of it. */
interface Known {
  readonly server: Promise<oidc.ServerMetadata>;
  failedAt?: number;
  keys?: oidc.ExportedJWKSCache;
}

/** The providers of a table, as far as the deployment's secret `SocialProviders` has a registration for them. */
export function socialOf<Name extends string>(
  platform: Platform,
  providers: Readonly<Record<Name, Provider>>,
): Social<Name> {
  const log = logOf(platform);
  const registered = registrationsOf(platform, providers);
  const known = new Map<string, Known>();

  const client = () => ({ [oidc.clockSkew]: Math.round(clockOffset(platform) / 1000) });
  const insecure = (at: string) => (isOnThisMachine(at) ? [oidc.allowInsecureRequests] : []);

  /** Asked once; a provider that did not answer is asked again, but not by everybody who comes in the next seconds. */
  const discovered = (issuer: string, { clientId, answerSeconds: timeout }: Registration): Known => {
    const before = known.get(issuer);
    if (before && !(before.failedAt !== undefined && platform.now() - before.failedAt >= askAgainAfter)) return before;
    const options = { timeout, execute: insecure(issuer) };
    const found = oidc.discovery(new URL(issuer), clientId, client(), oidc.None(), options);
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

  /** A token in place of a secret, signed for this one exchange. */
  const signed = async (own: SignedRegistration, audience: string) => {
    const now = Math.floor(platform.now() / 1000);
    return new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: own.keyId })
      .setIssuer(own.teamId)
      .setSubject(own.clientId)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + assertionSeconds)
      .sign(await importPKCS8(own.privateKey, 'ES256'));
  };

  const openIdConfiguration = async (provider: OpenIdProvider, own: Registration) => {
    const issuer = own.issuer ?? provider.issuer;
    const learnt = discovered(issuer, own);
    const server = await learnt.server;
    const clientSecret = 'clientSecret' in own ? own.clientSecret : await signed(own, server.issuer);
    const configuration = new oidc.Configuration(server, own.clientId, client(), oidc.ClientSecretPost(clientSecret));
    configuration.timeout = own.answerSeconds;
    for (const extend of insecure(issuer)) extend(configuration);
    // TLS alone would do for a token that comes from the provider itself (OpenID Connect Core, 3.1.3.7): look anyway.
    oidc.enableNonRepudiationChecks(configuration);
    if (learnt.keys) oidc.setJwksCache(configuration, learnt.keys);
    return { configuration, server, learnt };
  };

  const oauthConfiguration = (provider: OAuthProvider, own: Registration) => {
    const at = { ...provider.endpoints, ...('endpoints' in own ? own.endpoints : {}) } as Endpoints;
    const server = {
      issuer: new URL(at.authorization).origin,
      authorization_endpoint: at.authorization,
      token_endpoint: at.token,
    };
    const { clientSecret } = own as TextRegistration;
    const configuration = new oidc.Configuration(server, own.clientId, client(), oidc.ClientSecretPost(clientSecret));
    configuration.timeout = own.answerSeconds;
    configuration[oidc.customFetch] = fetchPlainly(at.token);
    for (const extend of Object.values(at).flatMap(insecure)) extend(configuration);
    return { configuration, at };
  };

  /** The provider's answer in the address, freed of what moim did not ask for. Throws where it is not one to this step. */
  function returned(step: Step, query: string, server?: oidc.ServerMetadata): URL {
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

  async function openIdPerson(provider: OpenIdProvider, own: Registration, step: Step, query: string) {
    const { configuration, server, learnt } = await openIdConfiguration(provider, own);
    const checks = { pkceCodeVerifier: step.verifier, expectedState: step.state, expectedNonce: step.nonce };
    const tokens = await oidc.authorizationCodeGrant(configuration, returned(step, query, server), checks);
    const keys = oidc.getJwksCache(configuration);
    if (keys) learnt.keys = keys;
    return provider.read({ ...tokens.claims() });
  }

  async function oauthPerson(provider: OAuthProvider, own: Registration, step: Step, query: string) {
    const { configuration, at } = oauthConfiguration(provider, own);
    const checks = { pkceCodeVerifier: step.verifier, expectedState: step.state };
    const more = provider.repeatsState ? { state: step.state } : undefined;
    const tokens = await oidc.authorizationCodeGrant(configuration, returned(step, query), checks, more);
    const ask = async (endpoint: string) => {
      const response = await oidc.fetchProtectedResource(
        configuration,
        tokens.access_token,
        new URL(endpoint),
        'GET',
        undefined,
        new Headers({ accept: 'application/json' }),
      );
      if (!response.ok) throw new Error(`the provider answered ${response.status}`);
      return response.json();
    };
    const [person, emails] = await Promise.all([ask(at.person), at.emails ? ask(at.emails) : []]);
    return provider.read(json.parse(person), z.array(json).parse(emails));
  }

  /** What went wrong, for whoever signs in: theirs to begin again, or the provider's. The log tells which and why. */
  const asProblem = (name: Name, error: unknown): Problem => {
    if (error instanceof Problem) return error;
    const provider = providers[name];
    const refusals = ['invalid_grant', ...(provider.protocol === 'OAUTH' ? provider.codeRefused : [])];
    const refused = error instanceof oidc.ResponseBodyError && refusals.includes(error.error);
    const problem = new Problem(refused || isForeignToken(error) ? 'SOCIAL_SIGN_IN_INVALID' : 'PROVIDER_FAILED');
    log[refused ? 'info' : 'warn'](
      { provider: name, problem: problem.code, reason: reasonOf(error) },
      'sign-in failed',
    );
    return problem;
  };
  const telling = async <T>(name: Name, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw asProblem(name, error);
    }
  };

  return {
    async offered() {
      return [...(await registered()).keys()];
    },
    async addressOf(name, { redirectUri, state, nonce, verifier }) {
      const own = (await registered()).get(name);
      if (!own) return undefined;
      const provider: Provider = providers[name];
      const configure = async () =>
        provider.protocol === 'OPENID' ? openIdConfiguration(provider, own) : oauthConfiguration(provider, own);
      const { configuration } = await telling(name, configure());
      return oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        ...(provider.scope ? { scope: provider.scope } : {}),
        state,
        ...(provider.protocol === 'OPENID' ? { nonce } : {}),
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).href;
    },
    async personOf(name, step, query) {
      const own = (await registered()).get(name);
      // It was registered when the sign-in began.
      if (!own) throw new Problem('PROVIDER_FAILED');
      const provider: Provider = providers[name];
      const ask = async () =>
        personFrom(
          provider.protocol === 'OPENID'
            ? await openIdPerson(provider, own, step, query)
            : await oauthPerson(provider, own, step, query),
        );
      return telling(name, ask());
    },
  };
}

/**
 * Some providers refuse a code with 200 (GitHub, Naver), which the library takes for a broken answer: they get the status
 * that RFC 6749 has for it. Of what they grant only the access token is taken.
 */
const fetchPlainly =
  (tokenEndpoint: string): oidc.CustomFetch =>
  async (url, options) => {
    const response = await fetch(url, options as RequestInit);
    if (url !== tokenEndpoint || response.status !== 200) return response;
    const { error, access_token, token_type } = json.parse(await response.json());
    return Response.json(error ? { error } : { access_token, token_type }, { status: error ? 400 : 200 });
  };

/** Whether an ID token was made for another sign-in: somebody has put a stolen code into this one. */
function isForeignToken(error: unknown): boolean {
  const cause = (error as { cause?: { cause?: { claim?: unknown } } }).cause?.cause;
  return error instanceof oidc.ClientError && cause?.claim === 'nonce';
}

/** As much of an error as may be logged: causes hold codes and tokens. */
function reasonOf(error: unknown): string {
  if (error instanceof oidc.ResponseBodyError) return `${error.status} ${error.error}`;
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return [message, cause?.message, cause?.code].filter(Boolean).join(': ').slice(0, 300);
}
