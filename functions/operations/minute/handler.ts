import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { jobFunction } from '../../../shared/events/job.ts';
import { contract } from './contract.ts';
import { tickOf } from './service.ts';

export const job = /* @__PURE__ */ jobFunction(contract, { tick: tickOf({}) }, { bucket: bucketOf });
