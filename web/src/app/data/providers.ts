/** Questions about signing in at identity providers. */
import type { Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type Providers = Answer<'identities', 'listProviders'>;
type Identities = Answer<'identities', 'listIdentities'>;
export type Provider = ItemOf<Providers>;
export type Identity = ItemOf<Identities>;

/** Those that the deployment has set up. */
export const providers = (): Question<Providers> => ({
  key: ['providers'],
  ask: () => api.identities.listProviders(),
});

export const identities = (): Question<Identities> => ({
  key: ['me', 'identities'],
  ask: () => api.identities.listIdentities(),
});
