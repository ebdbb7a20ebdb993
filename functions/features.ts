/** The one list of features. Stacks, documents, client and sweeps read it; a new feature is one line here. */
import type { Feature } from '../shared/core/contract.ts';
import { contract as accounts } from './accounts/contract.ts';
import { contract as admin } from './admin/contract.ts';
import { contract as applications } from './applications/contract.ts';
import { contract as background } from './background/contract.ts';
import { contract as blocks } from './blocks/contract.ts';
import { contract as certifications } from './certifications/contract.ts';
import { contract as connections } from './connections/contract.ts';
import { contract as deliveries } from './deliveries/contract.ts';
import { contract as devices } from './devices/contract.ts';
import { contract as discovery } from './discovery/contract.ts';
import { contract as files } from './files/contract.ts';
import { contract as groups } from './groups/contract.ts';
import { contract as identities } from './identities/contract.ts';
import { contract as invites } from './invites/contract.ts';
import { contract as lifecycle } from './lifecycle/contract.ts';
import { contract as mail } from './mail/contract.ts';
import { contract as memberships } from './memberships/contract.ts';
import { contract as missions } from './missions/contract.ts';
import { contract as notifications } from './notifications/contract.ts';
import { contract as plans } from './plans/contract.ts';
import { contract as privacy } from './privacy/contract.ts';
import { contract as profiles } from './profiles/contract.ts';
import { contract as reconciliation } from './reconciliation/contract.ts';
import { contract as reports } from './reports/contract.ts';
import { contract as reviews } from './reviews/contract.ts';
import { contract as sessions } from './sessions/contract.ts';
import { contract as system } from './system/contract.ts';

/** Under its name each, so that the client's type can be derived; the order is that of the documents. */
const product = {
  accounts,
  sessions,
  identities,
  profiles,
  groups,
  discovery,
  memberships,
  applications,
  invites,
  lifecycle,
  reconciliation,
  missions,
  files,
  certifications,
  reviews,
  reports,
  plans,
  notifications,
  devices,
  blocks,
  connections,
  privacy,
  admin,
  deliveries,
  background,
  mail,
  system,
} satisfies Readonly<Record<string, Feature>>;

export type Features = typeof product;
export const features: readonly Feature[] = Object.values(product);
