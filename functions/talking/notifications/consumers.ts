import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import { tellOfAttendance } from '../../activity/attendance/watchers.ts';
import { tellWatchers } from '../../activity/certifications/watchers.ts';
import { tellOfCheers } from '../../activity/cheers/telling.ts';
import { tellOfApplication } from '../../groups/applications/watchers.ts';
import { tellOfGroup } from '../../groups/lifecycle/watchers.ts';
import { tellOfComments } from '../comments/telling.ts';
import { pushOf } from '../devices/push.ts';
import { tellOfPost } from '../posts/watchers.ts';
import { deliverCheer } from './cheering.ts';
import { deliverComment } from './commenting.ts';
import type { contract } from './contract.ts';
import { readWithConversation } from './conversing.ts';
import { deliver } from './delivery.ts';
import { deliverJoining } from './joining.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()(
  {
    ...{ deliver, tellWatchers, deliverJoining, tellOfGroup, tellOfApplication, deliverCheer, tellOfCheers },
    ...{ tellOfPost, tellOfAttendance, deliverComment, tellOfComments, readWithConversation },
  },
  { sockets: socketsOf, push: pushOf },
);
