import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { dropChatFiles } from './dropping.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ dropChatFiles }, { bucket: bucketOf });
