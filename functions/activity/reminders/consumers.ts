import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { followDeed, followMembership, followMission, followZone } from './following.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({
  followMembership,
  followMission,
  followDeed,
  followZone,
});
