/**
 * The way to an identity provider and back. What the tab must know on its return is in its session storage. What the provider
 * gives back leaves the address at once, and is only in memory.
 */
import type { Api } from '../../../client/api.ts';
import { navigate } from './router.ts';
import { api } from './session.ts';

export type ProviderName = Parameters<Api['identities']['beginSocialSignIn']>[0]['body']['provider'];
/** Those that ask a person again on demand. */
export const proving = ['google', 'apple'] as const satisfies readonly ProviderName[];

const path = '/social-sign-in';
const name = 'social-sign-in';

/** What the tab remembers of a person who is at a provider. */
export interface Away {
  readonly ticket: string;
  readonly provider: ProviderName;
  /** The path on which the person goes on. */
  readonly next: string;
  /** The club that they sign up through. */
  readonly clubId?: string | undefined;
}
type Aim = Omit<Away, 'ticket' | 'provider'> & { readonly to: 'enter' | 'link' | 'prove' };

const beginning = {
  enter: (body: { provider: ProviderName; redirectUri: string }) => api.identities.beginSocialSignIn({ body }),
  link: (body: { provider: ProviderName; redirectUri: string }) => api.identities.beginLinking({ body }),
  prove: ({ provider, redirectUri }: { provider: ProviderName; redirectUri: string }) =>
    api.identities.beginProof({ body: { provider: provider as (typeof proving)[number], redirectUri } }),
};

/**
 * Leads to a provider. It ends only if the person comes back to this very page by the browser's "back".
 *
 * @throws what moim answers, if it does not begin
 */
export async function goToProvider(provider: ProviderName, { to, ...aim }: Aim): Promise<void> {
  const { authorizationUrl, ticket } = await beginning[to]({ provider, redirectUri: location.origin + path });
  sessionStorage.setItem(name, JSON.stringify({ ticket, provider, ...aim } satisfies Away));
  location.assign(authorizationUrl);
  await new Promise((resolve) => addEventListener('pageshow', resolve, { once: true }));
}

/** What a provider gave back, and what this tab remembers of the way there. Nothing, if the way did not begin in this tab. */
export interface Return extends Away {
  readonly query: string;
}
let brought: Return | undefined;

/** The return that is not completed yet. */
export const returned = (): Return | undefined => brought;

/** A return is good once, whatever comes of it. */
export function forgetReturn(): void {
  brought = undefined;
}

/** Takes what a provider gave back out of the address. Run once, before anything is drawn. */
export function takeReturn(): void {
  const query = location.search.slice(1);
  if (location.pathname !== path || !query) return;
  const away = sessionStorage.getItem(name);
  sessionStorage.removeItem(name);
  brought = away ? { ...(JSON.parse(away) as Away), query } : undefined;
  navigate(path, { replace: true, still: true });
}
