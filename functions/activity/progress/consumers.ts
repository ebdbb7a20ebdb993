import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { followMember, followWeek } from './following.ts';
import { scoreCertification, scoreExcused, scoreGroup, scoreMission, scoreWeek } from './scoring.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({
  ...{ followWeek, followMember, scoreCertification, scoreMission, scoreWeek, scoreExcused, scoreGroup },
});
