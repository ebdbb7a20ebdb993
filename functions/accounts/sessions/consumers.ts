import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { authorityChanged, sessionEnded, sessionOpened } from './follow.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()(
  { sessionOpened, sessionEnded, authorityChanged },
  { sockets: socketsOf },
);
