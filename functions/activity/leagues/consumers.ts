import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { markAuthor, markJoined, markLayer, markOwner } from './marking.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({
  markLayer,
  markAuthor,
  markOwner,
  markJoined,
});
