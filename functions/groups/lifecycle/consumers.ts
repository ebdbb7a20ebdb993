import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { groupChanged, groupEnded, groupFilled } from './follow.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ groupChanged, groupFilled, groupEnded });
