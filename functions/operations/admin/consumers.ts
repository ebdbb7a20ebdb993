import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { waits } from './waiting.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ groupWaits: waits, accountWaits: waits });
