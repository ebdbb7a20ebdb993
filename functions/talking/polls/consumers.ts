import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import { writeResult } from './closing.ts';
import type { contract } from './contract.ts';
import { dropBallots } from './own.ts';
import { tellOfPoll, tellOfVote } from './telling.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()(
  { writeResult, tellOfVote, tellOfPoll, dropBallots },
  { sockets: socketsOf },
);
