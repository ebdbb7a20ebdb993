import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { dropCheers } from './dropping.ts';
import { listCheer } from './listing.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ dropCheers, listCheer });
