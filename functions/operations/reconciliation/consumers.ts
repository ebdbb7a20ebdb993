import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { markAccount, markBrick, markGroup, markLike, markMembership, markReviews } from './marks.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({
  markGroup,
  markLike,
  markMembership,
  markAccount,
  markBrick,
  markReviews,
});
