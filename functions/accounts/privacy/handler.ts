import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { partsOf } from '../../../shared/adapters/parts.ts';
import { jobFunction } from '../../../shared/events/job.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as jobs from './jobs.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service, { bucket: bucketOf });
export const job = /* @__PURE__ */ jobFunction(contract, jobs, { bucket: bucketOf, storeInParts: partsOf });
