import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { markMember, publishSoon } from './following.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ publishSoon, markMember });
