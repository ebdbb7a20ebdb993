import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import { pushOf } from '../devices/push.ts';
import type { contract } from './contract.ts';
import { deliver } from './delivery.ts';
import { deliverJoining } from './joining.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()(
  { deliver, deliverJoining },
  { sockets: socketsOf, push: pushOf },
);
