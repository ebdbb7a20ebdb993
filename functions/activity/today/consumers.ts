import { consumersOf } from '../../../shared/events/consumers.ts';
import { countApplications, countCertifications, followMission } from './agenda.ts';
import type { contract } from './contract.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({
  followMission,
  countCertifications,
  countApplications,
});
