import { consumersOf } from '../../../shared/events/consumers.ts';
import { relist } from '../core/listing.ts';
import type { contract } from './contract.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ relist });
