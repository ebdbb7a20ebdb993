/** The one list of features. Stacks, documents, client and sweeps read it; a new feature is one line here. */
import type { Feature } from '../shared/core/contract.ts';
import { contract as system } from './system/contract.ts';

/** Under its name each, so that the client's type can be derived; the order is that of the documents. */
const product = {
  system,
} satisfies Readonly<Record<string, Feature>>;

export type Features = typeof product;
export const features: readonly Feature[] = Object.values(product);
