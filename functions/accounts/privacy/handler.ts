import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { jobFunction } from '../../../shared/events/job.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as jobs from './jobs.ts';
import { partsOf } from './parts.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service, { bucket: bucketOf });
export const job = /* @__PURE__ */ jobFunction(contract, jobs, { bucket: bucketOf, storeInParts: partsOf });
