import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { dropListener, dropMember, followEntries, tellHidden } from './following.ts';
import { emptyLater } from './retention.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()(
  { followEntries, tellHidden, dropListener, dropMember, emptyLater },
  { sockets: socketsOf },
);
