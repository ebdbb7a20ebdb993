import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { decode } from './decode.ts';
import { decodeMessage } from './messages.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()(
  { decode, decodeMessage },
  { bucket: bucketOf },
);
