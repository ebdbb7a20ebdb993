import { consumersOf } from '../../../shared/events/consumers.ts';
import { closeApplications } from './closing.ts';
import type { contract } from './contract.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ closeApplications });
