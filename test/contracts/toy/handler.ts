import { jobFunction } from '../../../shared/events/job.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import { beginWeek } from './jobs.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service);
export const job = /* @__PURE__ */ jobFunction(contract, { beginWeek });
