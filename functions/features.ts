/** The one list of features. Stacks, documents, client and sweeps read it; a new feature is one line here. */
import type { Feature } from '../shared/core/contract.ts';
import { contract as accounts } from './accounts/contract.ts';
import { contract as certifications } from './certifications/contract.ts';
import { contract as connections } from './connections/contract.ts';
import { contract as files } from './files/contract.ts';
import { contract as groups } from './groups/contract.ts';
import { contract as missions } from './missions/contract.ts';
import { contract as notifications } from './notifications/contract.ts';
import { contract as sessions } from './sessions/contract.ts';
import { contract as system } from './system/contract.ts';

export const features = [
  accounts,
  sessions,
  connections,
  groups,
  missions,
  files,
  certifications,
  notifications,
  system,
] as const satisfies readonly Feature[];
