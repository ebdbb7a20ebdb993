import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { streamFunction } from '../../../shared/events/stream.ts';
import { accountChanged, sessionEnded, sessionOpened } from '../../accounts/sessions/follow.ts';
import { pushOf } from '../devices/push.ts';
import { dropDevices } from '../devices/service.ts';
import { deliver } from '../notifications/delivery.ts';
import { contract } from './contract.ts';

export const stream = /* @__PURE__ */ streamFunction(
  contract,
  { deliver, sessionOpened, sessionEnded, dropDevices, accountChanged },
  { sockets: socketsOf, push: pushOf },
);
