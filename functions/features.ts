/** The one list of features. Stacks, documents, client and sweeps read it; a new feature is one line here. */
import type { Feature } from '../shared/core/contract.ts';
import { contract as system } from './system/contract.ts';

export const features: readonly Feature[] = [system];
