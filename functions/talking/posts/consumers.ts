import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { forgetReads } from './reading.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ forgetReads });
