/**
 * Identity providers: where a person is sent to sign in, and who came back. OpenID Connect where a provider has it
 * (`openid.ts`), its own OAuth endpoints where not (`oauth.ts`); what makes one provider different from another is a table
 * that the feature hands in (`providers.ts`).
 */
import * as oidc from 'openid-client';
import * as z from 'zod';
import type { Platform } from '../../../shared/core/platform.ts';
import { type Log, logOf } from '../../../shared/observe/log.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { emailAddress } from '../../../shared/product/text-fields.ts';
import { oauthOf } from './oauth.ts';
import { openIdOf } from './openid.ts';
import { type Provider, registrationsOf, type Told } from './registrations.ts';
import type { Protocol, Step } from './step.ts';

/** Somebody who has signed in at a provider. */
export interface SocialPerson {
  /** The provider's name for them, which never changes. */
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
   * The person who came back with this query in the address.
   * @throws Problem SOCIAL_SIGN_IN_INVALID, PROVIDER_FAILED
   */
  personOf(name: Name, step: Step, query: string): Promise<SocialPerson>;
}

/** The providers of a table, as far as the deployment's secret `SocialProviders` has a registration for them. */
export function socialOf<Name extends string>(
  platform: Platform,
  providers: Readonly<Record<Name, Provider>>,
): Social<Name> {
  const log = logOf(platform);
  const registered = registrationsOf(platform, providers);
  const protocols = { OPENID: openIdOf(platform), OAUTH: oauthOf(platform) };
  const protocolOf = (provider: Provider) => protocols[provider.protocol] as Protocol<Provider>;

  return {
    async offered() {
      return [...(await registered()).keys()];
    },
    async addressOf(name, { redirectUri, state, nonce, verifier, asksAgain }) {
      const own = (await registered()).get(name);
      if (!own) return undefined;
      const provider: Provider = providers[name];
      const configuration = await protocolOf(provider)
        .configurationOf(provider, own)
        .catch((error: unknown) => {
          throw asProblem(name, provider, error, log);
        });
      return oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        ...(provider.scope ? { scope: provider.scope } : {}),
        state,
        ...(provider.protocol === 'OPENID' ? { nonce } : {}),
        // OpenID Connect Core, 3.1.2.1: sign in anew, whatever the provider remembers, and say when (`auth_time`).
        ...(asksAgain ? { prompt: 'login', max_age: '0' } : {}),
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).href;
    },
    async personOf(name, step, query) {
      const own = (await registered()).get(name);
      // It was registered when the sign-in began.
      if (!own) throw new Problem('PROVIDER_FAILED');
      const provider: Provider = providers[name];
      try {
        return personFrom(await protocolOf(provider).toldOf(provider, own, step, query));
      } catch (error) {
        throw asProblem(name, provider, error, log);
      }
    },
  };
}

const subject = z.union([z.string().min(1).max(255), z.int()]).transform(String);

/** The person as moim takes them. An address that is none is left out; a person without a subject is refused. */
function personFrom(told: Told): SocialPerson {
  const found = emailAddress.safeParse(told.email).data;
  return {
    subject: subject.parse(told.subject),
    email: found,
    emailVerified: found !== undefined && told.emailVerified,
  };
}

/** The problem for whoever signs in: theirs to begin again, or a fault of the provider. The log tells which and why. */
function asProblem(name: string, provider: Provider, error: unknown, log: Log): Problem {
  if (error instanceof Problem) return error;
  const refusals = ['invalid_grant', ...(provider.protocol === 'OAUTH' ? provider.codeRefused : [])];
  const refused = error instanceof oidc.ResponseBodyError && refusals.includes(error.error);
  const problem = new Problem(refused || isForeignToken(error) ? 'SOCIAL_SIGN_IN_INVALID' : 'PROVIDER_FAILED');
  const told = { provider: name, problem: problem.code, reason: reasonOf(error) };
  log[refused ? 'info' : 'warn'](told, 'sign-in failed');
  return problem;
}

/**
 * Whether an ID token was made for another sign-in: somebody has put a stolen code into this one, or the provider did not ask
 * the person again.
 */
function isForeignToken(error: unknown): boolean {
  const cause = (error as { cause?: { cause?: { claim?: unknown } } }).cause?.cause;
  return error instanceof oidc.ClientError && (cause?.claim === 'nonce' || cause?.claim === 'auth_time');
}

/** As much of an error as may be logged: causes hold codes and tokens. */
function reasonOf(error: unknown): string {
  if (error instanceof oidc.ResponseBodyError) return `${error.status} ${error.error}`;
  const { message, cause } = error as { message?: string; cause?: { message?: string; code?: string } };
  return [message, cause?.message, cause?.code].filter(Boolean).join(': ').slice(0, 300);
}
