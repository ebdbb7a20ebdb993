import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { dropOfCertification, dropOfPoll, dropOfPost } from './dropping.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({
  dropOfPost,
  dropOfCertification,
  dropOfPoll,
});
