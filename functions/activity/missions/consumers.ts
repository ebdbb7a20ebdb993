import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { countDone, countMember } from './counting.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ countDone, countMember });
