/** Shared by the tests of social sign-in: the deployment's registrations, and a browser that goes to a provider. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Moim } from '../../support/moim.ts';
import { replaceSecret } from '../../support/secrets.ts';

export const redirectUri = 'http://localhost:3000/social-sign-in';
export const appRedirectUri = 'moim-dev://social-sign-in';
export const clientSecret = 'a secret between moim and the provider';

/** Puts what providers know moim by where the operator puts it. */
export async function register(moim: Moim, registrations: object): Promise<void> {
  await replaceSecret(moim, 'identities-http', 'SocialProviders', JSON.stringify(registrations));
}

export interface RealProvider {
  readonly issuer: string;
  /** Signs somebody in at an authorization URL, as their browser does; gives the query that they come back with. */
  visit(authorizationUrl: string, who: string): Promise<string>;
  stop(): void;
}

/** Starts the OpenID provider of `oidc-provider.mjs`. */
export async function startRealProvider(): Promise<RealProvider> {
  const child = spawn(process.execPath, ['test/accounts/identities/oidc-provider.mjs'], {
    env: { ...process.env, CLIENT_SECRET: clientSecret, REDIRECT_URIS: JSON.stringify([redirectUri, appRedirectUri]) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (text) => {
    complaints += text;
  });
  const issuer = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => line.startsWith('http') && resolve(line));
    child.once('exit', () => reject(new Error(`the provider did not start: ${complaints}`)));
  });
  return { issuer, visit, stop: () => void child.kill() };
}

async function visit(authorizationUrl: string, who: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = new URL(authorizationUrl);
  next.searchParams.set('login_hint', who);
  for (let step = 0; step < 10; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(next, { headers: { cookie }, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      cookies.set(name!, value!);
    }
    const location = response.headers.get('location');
    if (!location) throw new Error(`${response.status} ${await response.text()}`);
    next = new URL(location, next);
    if ([redirectUri, appRedirectUri].some((uri) => location.startsWith(uri))) return next.search.slice(1);
  }
  throw new Error(`never came back from ${next}`);
}

/** Begins a sign-in, goes to the provider, and completes it. */
export async function socialSignIn(moim: Moim, provider: RealProvider, who: string, more: object = {}) {
  const { body: begun } = await moim.guest.post('/v1/social-sign-ins', { provider: 'google', redirectUri });
  const query = await provider.visit(begun.authorizationUrl, who);
  return moim.guest.post('/v1/social-sign-ins/complete', { ticket: begun.ticket, query, ...more });
}
