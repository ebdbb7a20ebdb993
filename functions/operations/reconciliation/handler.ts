import { jobFunction } from '../../../shared/events/job.ts';
import { contract } from './contract.ts';
import * as service from './service.ts';

export const job = /* @__PURE__ */ jobFunction(contract, service);
