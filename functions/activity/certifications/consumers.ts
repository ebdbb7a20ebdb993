import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import { dropPhotos } from './cleanup.ts';
import type { contract } from './contract.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ dropPhotos }, { bucket: bucketOf });
