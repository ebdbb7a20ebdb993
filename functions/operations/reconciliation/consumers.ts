import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { markTouched } from './marks.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({
  markGroup: markTouched,
  markLike: markTouched,
  markMembership: markTouched,
  markAccount: markTouched,
  markBrick: markTouched,
  markReviews: markTouched,
  markReviewScore: markTouched,
  markCheerer: markTouched,
  markCheers: markTouched,
  markComment: markTouched,
  markComments: markTouched,
  markAttendance: markTouched,
  markAttendances: markTouched,
});
