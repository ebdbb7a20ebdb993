import { consumersOf } from '../../../shared/events/consumers.ts';
import {
  countApplications,
  countCertifications,
  countExcuses,
  countReports,
  followGroup,
  followMeetings,
  followMission,
} from './agenda.ts';
import type { contract } from './contract.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({
  followGroup,
  followMission,
  followMeetings,
  followSeasons: followMeetings,
  countCertifications,
  countApplications,
  countExcuses,
  countReports,
});
