import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { tellWatchers } from './watchers.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ tellWatchers }, { sockets: socketsOf });
