import * as oidc from 'openid-client';
import * as z from 'zod';
import type { Platform } from '../../../shared/core/platform.ts';
import type { Endpoints, OAuthProvider, Registration, TextRegistration } from './registrations.ts';
import { clientOf, insecureAt, type Protocol, returned } from './step.ts';

const json = z.record(z.string(), z.unknown());

/** Providers with OAuth endpoints of their own: they are asked who came. */
export function oauthOf(platform: Platform): Protocol<OAuthProvider> {
  const configured = (provider: OAuthProvider, own: Registration) => {
    const at = { ...provider.endpoints, ...('endpoints' in own ? own.endpoints : {}) } as Endpoints;
    const server = {
      issuer: new URL(at.authorization).origin,
      authorization_endpoint: at.authorization,
      token_endpoint: at.token,
    };
    const authentication = oidc.ClientSecretPost((own as TextRegistration).clientSecret);
    const configuration = new oidc.Configuration(server, own.clientId, clientOf(platform), authentication);
    configuration.timeout = own.answerSeconds;
    configuration[oidc.customFetch] = fetchPlainly(at.token);
    for (const extend of Object.values(at).flatMap(insecureAt)) extend(configuration);
    return { configuration, at };
  };

  return {
    configurationOf: async (provider, own) => configured(provider, own).configuration,
    async toldOf(provider, own, step, query) {
      const { configuration, at } = configured(provider, own);
      const checks = { pkceCodeVerifier: step.verifier, expectedState: step.state };
      const more = provider.repeatsState ? { state: step.state } : undefined;
      const tokens = await oidc.authorizationCodeGrant(configuration, returned(step, query), checks, more);
      const ask = (endpoint: string) => answerAt(configuration, tokens.access_token, endpoint);
      const [person, emails] = await Promise.all([ask(at.person), at.emails ? ask(at.emails) : []]);
      return provider.read(json.parse(person), z.array(json).parse(emails));
    },
  };
}

/** The answer of an endpoint to the holder of a token. */
async function answerAt(configuration: oidc.Configuration, token: string, endpoint: string): Promise<unknown> {
  const headers = new Headers({ accept: 'application/json' });
  const url = new URL(endpoint);
  const response = await oidc.fetchProtectedResource(configuration, token, url, 'GET', undefined, headers);
  if (!response.ok) throw new Error(`the provider answered ${response.status}`);
  return response.json();
}

/**
 * Some providers refuse a code with 200 (GitHub, Naver), which the library takes for a broken answer: they get the status
 * that RFC 6749 has for it. Only the access token is taken from their grant.
 */
const fetchPlainly =
  (tokenEndpoint: string): oidc.CustomFetch =>
  async (url, options) => {
    const response = await fetch(url, options as RequestInit);
    if (url !== tokenEndpoint || response.status !== 200) return response;
    const { error, access_token, token_type } = json.parse(await response.json());
    return Response.json(error ? { error } : { access_token, token_type }, { status: error ? 400 : 200 });
  };
