import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { dropDevices } from './service.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ dropDevices });
