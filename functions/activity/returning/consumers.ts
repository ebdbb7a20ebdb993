import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { greetBack } from './greeting.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ greetBack });
