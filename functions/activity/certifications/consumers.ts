import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import { dropPhotos } from './cleanup.ts';
import type { contract } from './contract.ts';
import { tellWatchers } from './watchers.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()(
  { tellWatchers, dropPhotos },
  { sockets: socketsOf, bucket: bucketOf },
);
