import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { followMember, followWeek } from './following.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ followWeek, followMember });
