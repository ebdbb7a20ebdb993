import { consumersOf } from '../../../shared/events/consumers.ts';
import { followAccount, followMember } from '../core/roster.ts';
import type { contract } from './contract.ts';
import { leaderGone } from './silence.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ leaderGone, followMember, followAccount });
