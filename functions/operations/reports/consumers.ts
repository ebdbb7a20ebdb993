import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { dropCase, dropMessageCase, tellReporters } from './telling.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ tellReporters, dropCase, dropMessageCase });
