import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { countResults } from './results.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ countResults });
